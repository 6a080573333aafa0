import { and, between, eq } from 'drizzle-orm';
import type { DbOrTx } from '#db/client.server.ts';
import { calendarDay } from '#db/schema/calendar.ts';
import type { Side } from '#db/schema/shared.ts';
import { daysAfter } from './calendar.ts';
import { addWorkingDays, calendarOf, type WorkingCalendar } from './working-days.ts';

/** Loads what a side's calendar says of the days from `from` until `until`, both included. */
export async function loadCalendar(
  db: DbOrTx,
  side: Side,
  from: string,
  until: string,
): Promise<WorkingCalendar> {
  const days = await db
    .select({ day: calendarDay.day, kind: calendarDay.kind })
    .from(calendarDay)
    .where(and(eq(calendarDay.side, side), between(calendarDay.day, from, until)));
  return calendarOf(days, from, until);
}

/**
 * The `n`-th working day of a side after `from`, which itself does not count.
 *
 * @param from date as `2026-11-20`.
 */
export async function workingDaysAfter(db: DbOrTx, side: Side, from: string, n: number): Promise<string> {
  // Two days out of seven are free, and no country rests for two months on end.
  const calendar = await loadCalendar(db, side, from, daysAfter(from, n * 2 + 60));
  return addWorkingDays(from, n, calendar);
}
