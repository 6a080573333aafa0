import { instantOf } from '#app/platform/local-instant.ts';

/** Hours a freed seat is kept for the one it is offered to. */
export const OFFER_HOURS = 48;

export type RunStage = 'open' | 'running' | 'over';

type Dates = { startsOn: string; endsOn: string };

/** The first moment of a calendar day in the host's city. */
function dayBegins(on: string, timeZone: string): Date {
  const begins = instantOf(`${on}T00:00`, timeZone);
  if (!begins) throw new RangeError(`not a calendar date: ${on}`);
  return begins;
}

/** When enrolment closes and seats are given no more: the beginning of the first day, in the host's city. */
export const closesAt = (run: Dates, timeZone: string): Date => dayBegins(run.startsOn, timeZone);

/** When the last day is over, in the host's city. */
export function endsAt(run: Dates, timeZone: string): Date {
  const after = new Date(`${run.endsOn}T00:00:00Z`);
  after.setUTCDate(after.getUTCDate() + 1);
  return dayBegins(after.toISOString().slice(0, 10), timeZone);
}

export function stageOf(run: Dates, timeZone: string, now: Date): RunStage {
  if (now < closesAt(run, timeZone)) return 'open';
  return now < endsAt(run, timeZone) ? 'running' : 'over';
}

/** Until when an offer stands: 48 hours, but never past the closing. */
export function offerUntil(run: Dates, timeZone: string, now: Date): Date {
  const full = new Date(now.getTime() + OFFER_HOURS * 3_600_000);
  const closing = closesAt(run, timeZone);
  return full < closing ? full : closing;
}
