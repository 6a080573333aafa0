import type { Locale } from '#db/schema/shared.ts';

const LOCALES: Record<Locale, string> = { en: 'en-GB', ru: 'ru-RU' };

/** A score as the reader writes it, with two decimals: 4.07, 4,07; a dash where there is none. */
export function formatScore(value: number | null, locale: Locale): string {
  if (value === null) return '—';
  return value.toLocaleString(LOCALES[locale], { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}
