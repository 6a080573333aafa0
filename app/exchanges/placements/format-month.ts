import type { Language } from '#app/ui/language.ts';

/** A month by its first day: “November 2026”, «ноябрь 2026 г.». */
export function formatMonth(month: string, language: Language): string {
  const options = { month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(language === 'ru' ? 'ru-RU' : 'en-GB', options).format(
    new Date(`${month}T00:00:00Z`),
  );
}
