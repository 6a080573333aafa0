import type { TFunction } from 'i18next';
import { bothLabels } from '#app/platform/form-errors.ts';

/** The fields of a campaign's form by name, as its error summary calls them. */
export function campaignLabels(t: TFunction<['notifications', 'common']>): Record<string, string> {
  const languages = { en: t('common:form.inLanguage.en'), ru: t('common:form.inLanguage.ru') };
  return {
    ...bothLabels('subject', t('form.subject'), languages),
    ...bothLabels('body', t('form.body'), languages),
    sides: t('form.sides'),
    roles: t('form.roles'),
    locales: t('form.locales'),
  };
}
