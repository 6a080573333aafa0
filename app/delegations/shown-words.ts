import { isCalendarDate } from '#app/platform/calendar.ts';
import type { Cell } from '#app/travel/assess-readiness.ts';
import { formatDate } from '#app/ui/format-when.ts';
import type { Language } from '#app/ui/language.ts';
import type { ListProblem } from './delegation-problems.ts';
import type { Say } from './say.ts';

/** Parameters as a reader sees them: dates and times written out, requirements by name. */
function shownParams(params: Record<string, string | number>, language: Language, t: Say) {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, shownValue(name, value, language, t)]),
  );
}

function shownValue(name: string, value: string | number, language: Language, t: Say): string | number {
  if (typeof value === 'number') return value;
  if (name === 'requirement') return t(`travel:requirement.${value}`);
  if (isCalendarDate(value)) return formatDate(value, language);
  const [, day = '', time] = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2})$/.exec(value) ?? [];
  return time && isCalendarDate(day) ? `${formatDate(day, language, { year: false })}, ${time}` : value;
}

/** Why a cell has its colour, in the reader's language. */
export function reasonOf(cell: Cell, language: Language, t: Say): string {
  return t(`travel:reason.${cell.reason}`, shownParams(cell.params, language, t));
}

/** What is wrong with a cell of a list, in the reader's language. */
export function problemOf(problem: ListProblem, language: Language, t: Say): string {
  return t(`delegations:problem.${problem.code}`, shownParams(problem.params, language, t));
}
