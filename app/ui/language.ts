/** The two languages of the portal. */
export type Language = 'en' | 'ru';

/** The reader's language from an i18next instance; anything but Russian reads English. */
export function languageOf(i18n: { language: string }): Language {
  return i18n.language.startsWith('ru') ? 'ru' : 'en';
}

/** The language a text is written in, by its letters: for `lang` where a record keeps a text in one language only. */
export function languageOfText(text: string): Language {
  return /\p{Script=Cyrillic}/u.test(text) ? 'ru' : 'en';
}
