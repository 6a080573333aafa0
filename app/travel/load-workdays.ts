import type { DbOrTx } from '#db/client.server.ts';
import { calendarDay } from '#db/schema/calendar.ts';
import { mondayToFriday, type Workdays } from './lead-time.ts';
import type { Requirement } from './trip-requirement.ts';

/** The working calendars of both sides; Monday to Friday where none of these requirements counts in working days. */
export async function loadWorkdays(db: DbOrTx, lists: Iterable<readonly Requirement[]>): Promise<Workdays> {
  const counted = [...new Set(lists)].some((list) => list.some((one) => one.leadUnit === 'working'));
  if (!counted) return mondayToFriday;
  const days = await db.select().from(calendarDay);
  const decreed = new Map(days.map(({ side, day, kind }) => [`${side} ${day}`, kind === 'working']));
  return (side, day) => decreed.get(`${side} ${day}`) ?? mondayToFriday(side, day);
}
