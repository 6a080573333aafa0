import { and, asc, between, eq } from 'drizzle-orm';
import type { DbOrTx } from '#db/client.server.ts';
import { calendarDay } from '#db/schema/calendar.ts';
import type { Side } from '#db/schema/shared.ts';

/** What differs from the week of Monday to Friday in a year of one side, in the order of days. */
export async function calendarDaysOf(db: DbOrTx, side: Side, year: number) {
  return db
    .select()
    .from(calendarDay)
    .where(and(eq(calendarDay.side, side), between(calendarDay.day, `${year}-01-01`, `${year}-12-31`)))
    .orderBy(asc(calendarDay.day));
}
