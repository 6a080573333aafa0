import type { Language } from './language.ts';

const units: Record<Language, readonly string[]> = { en: ['kB', 'MB', 'GB'], ru: ['КБ', 'МБ', 'ГБ'] };

/** Size of a file in decimal units, from bytes: “9.5 MB”, «9,5 МБ». Less than a kilobyte counts as one. */
export function formatSize(bytes: number, language: Language): string {
  const step = bytes >= 1e9 ? 2 : bytes >= 1e6 ? 1 : 0;
  const value = Math.max(bytes / 1000 ** (step + 1), step === 0 ? 1 : 0);
  const digits = step === 0 || value >= 100 ? 0 : 1;
  const text = new Intl.NumberFormat(language === 'ru' ? 'ru-RU' : 'en-GB', {
    maximumFractionDigits: digits,
  }).format(value);
  return `${text}\u00a0${units[language][step]}`;
}
