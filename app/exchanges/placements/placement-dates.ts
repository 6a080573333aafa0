import { daysAfter } from '#app/platform/calendar.ts';
import { instantOf } from '#app/platform/local-instant.ts';
import { calendarDateOf } from '#app/ui/format-when.ts';
import type { Side } from '#db/schema/shared.ts';

/** Whose clock counts a day of either side. */
const ZONES: Record<Side, string> = { in: 'Asia/Kolkata', ru: 'Europe/Moscow' };

/** How long before the start the programme should be signed: a state invitation takes one to two months (FACTS). */
const PROGRAMME_LEAD_DAYS = 45;
/** At least so long there is to write it, where the stay begins soon. */
const PROGRAMME_LEAST_DAYS = 10;
/** Report, evaluation and costs follow within so many days after the departure. */
const CLOSING_DAYS = 30;

/** The last minute of a day on a side's clock. */
export function endOfDay(day: string, side: Side): Date {
  const end = instantOf(`${day}T23:59`, ZONES[side]);
  if (!end) throw new Error(`${day} is not a day`);
  return end;
}

/** Until when the programme should be signed by all four: 45 days before the start, but ten days from now at least. */
export function programmeDue(startsOn: string, now: Date, host: Side): Date {
  const wanted = daysAfter(startsOn, -PROGRAMME_LEAD_DAYS);
  const least = daysAfter(calendarDateOf(now, host), PROGRAMME_LEAST_DAYS);
  return endOfDay(wanted > least ? wanted : least, host);
}

/** Until when report, evaluation and costs are due. */
export const closingDue = (leftOn: string, home: Side): Date =>
  endOfDay(daysAfter(leftOn, CLOSING_DAYS), home);
