import { tFor } from '#app/platform/i18n.server.ts';
import { formatDateRange } from '#app/ui/format-when.ts';
import type { Say } from '#app/ui/say.ts';
import { LOCALES, type LocalizedText } from '#db/schema/shared.ts';

/** A word of the papers in both languages: who fills them in and who reads them sit on different sides. */
export function both(key: string, params?: object, between = ' / '): string {
  const said = LOCALES.map((locale) => (tFor(locale) as unknown as Say)(`delegations:${key}`, params));
  return [...new Set(said)].join(between);
}

/** A localised text in both languages, once where they are alike. */
export function bothTexts(text: LocalizedText): string {
  return [...new Set(LOCALES.map((locale) => text[locale]).filter(Boolean))].join(' / ');
}

/** The head of a column: a line for each language. */
export function head(key: string, width: number): { head: string; width: number } {
  return { head: both(`papers.column.${key}`, undefined, '\n'), width };
}

/** Name of a sheet; a stroke is not allowed there. */
export function sheetName(key: string): string {
  return both(`papers.sheet.${key}`, undefined, ' · ');
}

/** What a paper is about: event, days, place, a line for each language. */
export function aboutLines(of: {
  title: LocalizedText;
  city: LocalizedText;
  startsOn: string;
  endsOn: string;
  hotel: LocalizedText;
}): string[] {
  return LOCALES.map((locale) =>
    [of.title[locale], formatDateRange(of.startsOn, of.endsOn, locale), of.city[locale], of.hotel[locale]]
      .filter(Boolean)
      .join(' · '),
  );
}
