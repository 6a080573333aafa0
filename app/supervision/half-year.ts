import type { Side } from '#db/schema/shared.ts';

/** The first or second half of a calendar year: one report of a thesis stands for each. */
export type HalfYear = { year: number; half: 1 | 2 };

/** Month and day by which the report of a half-year is due, and its last day. */
const DAYS = {
  1: { due: '06-15', last: '06-30' },
  2: { due: '12-15', last: '12-31' },
} as const;

/** A report may still be started this many days after its due date; later ones stay on paper. Our own practice. */
const LATE_DAYS = 60;

/** Days a supervisor has for an opinion, both have for the decision, and a candidate for a correction. Our own practice. */
export const TURN_DAYS = 14;

/** The half-year in which a calendar date lies. */
export function halfYearOf(on: string): HalfYear {
  return { year: Number(on.slice(0, 4)), half: Number(on.slice(5, 7)) <= 6 ? 1 : 2 };
}

/**
 * The day by which the report is due: 15 June and 15 December, as on the progress form of IIT (ISM) Dhanbad to the
 * Doctoral Scrutiny Committee (scribd.com, document 739435488, read in November 2026). Russian half-yearly attestation
 * asks for a report and the supervisor's review and leaves the day to the institution (rsue.ru).
 */
export function dueOnOf({ year, half }: HalfYear): string {
  return `${year}-${DAYS[half].due}`;
}

/**
 * The half-years for which a candidate may start a report on `today`: the present one, and the one before while its
 * report is not long overdue. Half-years that ended before the thesis began are left out.
 */
export function startableOn(today: string, thesisStartsOn: string): HalfYear[] {
  const present = halfYearOf(today);
  const before: HalfYear =
    present.half === 2 ? { year: present.year, half: 1 } : { year: present.year - 1, half: 2 };
  const late = daysLater(dueOnOf(before), LATE_DAYS) >= today;
  return [present, ...(late ? [before] : [])].filter(
    ({ year, half }) => `${year}-${DAYS[half].last}` >= thesisStartsOn,
  );
}

/** The calendar date `days` after `on`. */
export function daysLater(on: string, days: number): string {
  const date = new Date(`${on}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** The later of two calendar dates. */
export const laterOf = (a: string, b: string) => (a > b ? a : b);

/** Neither side moves its clocks, so an offset is enough (Moscow since 2014, India since 1945). */
const OFFSETS: Record<Side, string> = { in: '+05:30', ru: '+03:00' };
const OFFSET_MINUTES: Record<Side, number> = { in: 330, ru: 180 };

/** The calendar date it is now on a side. */
export function todayOn(side: Side, now: Date): string {
  return new Date(now.getTime() + OFFSET_MINUTES[side] * 60_000).toISOString().slice(0, 10);
}

/** The last minute of a calendar date on a side: until then the day still counts. */
export function endOfDay(on: string, side: Side): Date {
  return new Date(`${on}T23:59:00${OFFSETS[side]}`);
}
