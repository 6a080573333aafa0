import { isCalendarDate } from '#app/platform/calendar.ts';
import { formatDate } from '#app/ui/format-when.ts';
import type { Language } from '#app/ui/language.ts';
import type { Say } from '#app/ui/say.ts';
import type { LocalizedText } from '#db/schema/shared.ts';
import type { Cell } from './assess-readiness.ts';

/** Words by key, where keys are put together from codes; the namespace `travel` is loaded. */

/** The titles of requirements by code, for `reasonOf`. */
export function titlesOf(
  items: readonly { code: string; title: LocalizedText }[],
): Record<string, LocalizedText> {
  return Object.fromEntries(items.map(({ code, title }) => [code, title]));
}

/** Why a cell has its colour, in the reader's language. */
export function reasonOf(
  cell: Pick<Cell, 'reason' | 'params'>,
  titles: Readonly<Record<string, LocalizedText>>,
  language: Language,
  t: Say,
): string {
  const { unit, ...params } = cell.params;
  const shown = Object.entries(params).map(([name, value]) => {
    if (name === 'requirement') return [name, titles[value]?.[language] ?? String(value)];
    if (name === 'lead')
      return [name, t(unit === 'working' ? 'travel:lead.working' : 'travel:lead.calendar', { days: value })];
    return [name, shownValue(value, language)];
  });
  return t(`travel:reason.${cell.reason}`, Object.fromEntries(shown));
}

/** Dates and local times written out; the rest as it is. */
export function shownValue(value: string | number, language: Language): string | number {
  if (typeof value === 'number') return value;
  if (isCalendarDate(value)) return formatDate(value, language);
  const [, day = '', time] = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2})$/.exec(value) ?? [];
  return time && isCalendarDate(day) ? `${formatDate(day, language, { year: false })}, ${time}` : value;
}
