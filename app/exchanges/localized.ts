import type { Locale, LocalizedText } from '#db/schema/shared.ts';

/** The text in the reader's language; where that is missing, in the other. */
export function inLanguage(text: LocalizedText, locale: Locale): string {
  return text[locale] || text[locale === 'en' ? 'ru' : 'en'];
}

/** The language a text is in after all, when it is not the reader's: to be marked. */
export function fallbackOf(text: LocalizedText, locale: Locale): Locale | null {
  if (text[locale]) return null;
  return locale === 'en' ? 'ru' : 'en';
}

/** The text as a sentence begins: with a capital. */
export const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
