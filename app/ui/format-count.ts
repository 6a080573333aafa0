import type { Language } from './language.ts';

const formats = {
  en: new Intl.NumberFormat('en-GB'),
  ru: new Intl.NumberFormat('ru-RU'),
};

/**
 * A whole number as its reader writes it: “1,000” in English, «1 000» (no-break space) in Russian.
 * `capped` says that counting stopped there: “1,000+”.
 */
export function formatCount(count: number, language: Language, capped = false): string {
  return formats[language].format(count).replaceAll('\u202f', '\u00a0') + (capped ? '+' : '');
}
