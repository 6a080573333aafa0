/** The two languages of the portal. */
export type Language = 'en' | 'ru';

/** The reader's language from an i18next instance; anything but Russian reads English. */
export function languageOf(i18n: { language: string }): Language {
  return i18n.language.startsWith('ru') ? 'ru' : 'en';
}
