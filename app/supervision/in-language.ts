import type { Locale, LocalizedText } from '#db/schema/shared.ts';

/** A text as one reader gets it; `other` when their own language is missing and it stands in the other one. */
export type Shown = { text: string; lang: Locale; other: boolean };

/** The text in the reader's language, else in the other one, which the page then marks. */
export function inLanguage(text: LocalizedText, locale: Locale): Shown {
  if (text[locale] !== '') return { text: text[locale], lang: locale, other: false };
  const lang = locale === 'en' ? 'ru' : 'en';
  return { text: text[lang], lang, other: true };
}
