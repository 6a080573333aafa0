import { daysAfter } from './calendar.ts';

/** What a decree makes of a day that the week of Monday to Friday would judge otherwise. */
export type CalendarDayKind = 'holiday' | 'working';

/** A day that differs from the week of Monday to Friday, as `2026-11-04`. */
export type CalendarDay = { day: string; kind: CalendarDayKind };

/**
 * The working calendar of one side over a stretch of days, both ends included. Beyond it nothing is known: asking
 * there is a bug of whoever loaded too little, not a working day.
 */
export type WorkingCalendar = {
  from: string;
  until: string;
  decreed: ReadonlyMap<string, CalendarDayKind>;
};

/** The calendar of days that are known to differ; the others follow the week of Monday to Friday. */
export function calendarOf(days: readonly CalendarDay[], from: string, until: string): WorkingCalendar {
  return { from, until, decreed: new Map(days.map(({ day, kind }) => [day, kind])) };
}

/**
 * Whether people work on `day`: what was decreed for it, else Monday to Friday.
 *
 * @throws RangeError when the calendar does not reach that day.
 */
export function isWorkingDay(day: string, calendar: WorkingCalendar): boolean {
  if (day < calendar.from || day > calendar.until) {
    throw new RangeError(`The calendar of ${calendar.from} to ${calendar.until} does not reach ${day}`);
  }
  const kind = calendar.decreed.get(day);
  if (kind !== undefined) return kind === 'working';
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

/**
 * The `n`-th working day after `from`. The day itself does not count (Civil Code of the Russian Federation, article
 * 191; General Clauses Act of India, section 9); with `n` = 0 it is `from`, or the next working day where `from` is none.
 *
 * @param from date as `2026-11-20`.
 * @param n whole number of working days, from 0.
 * @throws RangeError for another `n`, or when the calendar ends before.
 */
export function addWorkingDays(from: string, n: number, calendar: WorkingCalendar): string {
  if (!Number.isInteger(n) || n < 0) throw new RangeError(`${n} is no number of working days`);
  let day = from;
  let left = n;
  if (left === 0) {
    while (!isWorkingDay(day, calendar)) day = daysAfter(day, 1);
    return day;
  }
  while (left > 0) {
    day = daysAfter(day, 1);
    if (isWorkingDay(day, calendar)) left -= 1;
  }
  return day;
}
