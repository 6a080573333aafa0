import { useTranslation } from 'react-i18next';
import type { FormError } from '#app/ui/error-summary.tsx';

/** The fields of a call's form that have a word of their own. */
const FIELDS = [
  'title',
  'summary',
  'conditions',
  'areas',
  'eligible',
  'direction',
  'opensAt',
  'deadline',
  'nominateBy',
  'answerBy',
  'stayFrom',
  'stayUntil',
  'weeksMin',
  'weeksMax',
  'placesToRu',
  'placesToIn',
  'costsIn',
  'costsRu',
  'documents',
  'signerIn',
  'signerRu',
] as const;

/** The form is long and many of its errors are alike: in the summary each says whose it is. */
export function useNamedErrors(): (errors: FormError[]) => FormError[] {
  const { t } = useTranslation(['exchanges', 'common']);
  return (errors) =>
    errors.map((error) => {
      const [base, language] = error.field?.split('.') ?? [];
      const field = FIELDS.find((one) => one === base);
      if (!field) return error;
      const inLanguage =
        language === 'en' || language === 'ru'
          ? ` (${lowered(t(`common:form.inLanguage.${language}`))})`
          : '';
      return { ...error, label: `${t(`draft.${field}`)}${inLanguage}` };
    });
}

const lowered = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
