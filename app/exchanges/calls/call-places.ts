import { useTranslation } from 'react-i18next';
import type { FormError } from '#app/ui/error-summary.tsx';

/** The places of a call that have a word of their own: fields of its form and parts of its text alike. */
const PLACES = [
  'title',
  'summary',
  'conditions',
  'areas',
  'eligible',
  'direction',
  'opensAt',
  'deadline',
  'deadlineZone',
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
  'ownDocument',
  'criterion',
  'weight',
  'scaleMin',
  'scaleMax',
  'grade',
  'reviewersPerApplication',
  'blindReview',
  'signerIn',
  'signerRu',
  'extension',
  'cancellation',
] as const;
export type Place = (typeof PLACES)[number];

/** Of these there are several, so that a name says which. */
const NUMBERED = ['documents', 'ownDocument', 'criterion', 'weight', 'grade'] as const satisfies Place[];

/** A place, which of several it is, and the language of its text. */
export type Spot = { place: Place; which?: string | undefined; language?: 'en' | 'ru' | undefined };

/** The place of a field of the form, as `criterion.2.weight`; null for one that says what it is itself. */
export function spotOfField(name: string): Spot | null {
  const [head = '', second, third] = name.split('.');
  const last = name.split('.').at(-1);
  const language = languageIn(last);
  if (head === 'ask') return { place: 'documents' };
  if (head === 'document') return { place: 'ownDocument', which: second, language };
  if (head === 'criterion')
    return { place: third === 'weight' ? 'weight' : 'criterion', which: second, language };
  if (head === 'grade') return { place: 'grade', which: second, language };
  if (head === 'scale') return { place: second === 'min' ? 'scaleMin' : 'scaleMax' };
  const place = PLACES.find((one) => one === head);
  return place ? { place, language } : null;
}

/**
 * The place of a part of a call's text, as the JSON pointer of a difference between two `byCode` contents; null for
 * what has no words of its own (the code of a criterion).
 */
export function spotOfPath(path: string): Spot | null {
  const [, head = '', second, third, fourth] = path.split('/');
  const language = languageIn(path.split('/').at(-1));
  if (head === 'costs') return { place: second === 'ru' ? 'costsRu' : 'costsIn', language };
  if (head === 'documents') return { place: 'documents', which: second, language };
  if (head === 'rubric') {
    if (second === 'scale') return { place: third === 'min' ? 'scaleMin' : 'scaleMax' };
    if (second === 'grades') return { place: 'grade', which: third, language };
    return { place: fourth === 'weight' ? 'weight' : 'criterion', which: third, language };
  }
  const place = PLACES.find((one) => one === head);
  return place ? { place, language } : null;
}

const languageIn = (part: string | undefined) => (part === 'en' || part === 'ru' ? part : undefined);

/** Says a spot in the reader's words: “Weight of criterion 2”, “Title (in English)”. */
export function useSpotNames(): (spot: Spot) => string {
  const { t } = useTranslation(['exchanges', 'common']);
  return ({ place, which, language }) => {
    const numbered = NUMBERED.find((one) => one === place);
    const name = which && numbered ? t(`place.${numbered}`, { which }) : t(`draft.${place}`);
    return language ? `${name} (${lowered(t(`common:form.inLanguage.${language}`))})` : name;
  };
}

/** The form is long and many of its errors are alike: in the summary each says whose it is. */
export function useNamedErrors(): (errors: FormError[]) => FormError[] {
  const nameOf = useSpotNames();
  return (errors) =>
    errors.map((error) => {
      const spot = spotOfField(error.field ?? '');
      return spot ? { ...error, label: nameOf(spot) } : error;
    });
}

const lowered = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
