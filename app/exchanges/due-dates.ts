import { eq } from 'drizzle-orm';
import { workingDaysAfter } from '#app/platform/calendar-days.server.ts';
import { instantOf, localTimeOf } from '#app/platform/local-instant.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { institution } from '#db/schema/people.ts';
import type { Side } from '#db/schema/shared.ts';

/** How long a party has, and how long an applicant has to appeal, where the call names no later date. */
export const WORKING_DAYS = 5;

export const ZONES: Record<Side, string> = { in: 'Asia/Kolkata', ru: 'Europe/Moscow' };

/** The day it is in that side's city. */
export const dayAt = (side: Side, at: Date) => localTimeOf(at, ZONES[side]).slice(0, 10);

/** The last minute of a day in that side's city. */
export function endOfDay(side: Side, day: string): Date {
  const end = instantOf(`${day}T23:59`, ZONES[side]);
  if (!end) throw new Error(`${day} does not end in ${ZONES[side]}`);
  return end;
}

/** The last day of so many working days of a side after the day `from` falls on there. */
export const lastWorkingDay = (db: DbOrTx, side: Side, from: Date, n = WORKING_DAYS) =>
  workingDaysAfter(db, side, dayAt(side, from), n);

/** The side of an institution of either party. */
export async function sideOf(db: DbOrTx, institutionId: string | null): Promise<Side> {
  const [row] = institutionId
    ? await db.select({ side: institution.side }).from(institution).where(eq(institution.id, institutionId))
    : [];
  if (!row?.side) throw new Error(`The institution ${institutionId} is on neither side`);
  return row.side;
}

/** Until when an institution that gets the pen now has it, by its working days. */
export async function workingDaysFor(db: DbOrTx, institutionId: string | null, now: Date): Promise<Date> {
  const side = await sideOf(db, institutionId);
  return endOfDay(side, await lastWorkingDay(db, side, now));
}

/** The date of the call; where it has passed already, working days from now: nobody gets a pen that is overdue. */
export async function dueFor(
  db: DbOrTx,
  institutionId: string | null,
  planned: Date,
  now: Date,
): Promise<Date> {
  return planned > now ? planned : workingDaysFor(db, institutionId, now);
}
