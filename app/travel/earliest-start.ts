import { daysAfter, daysBetween } from '#app/platform/calendar.ts';
import { assessReadiness, type Cell, type Facts } from './assess-readiness.ts';
import { mondayToFriday, type Workdays } from './lead-time.ts';
import type { Requirement, Trip } from './trip-requirement.ts';

/**
 * The first day from the planned start on with which nothing would be red, the journey keeping its length: the planned
 * start itself where nothing is. Null where no later start helps: something was refused, a paper ends too early, or
 * the journey is over.
 */
export function earliestStart(
  trip: Trip,
  facts: Facts,
  requirements: readonly Requirement[],
  today: string,
  workdays: Workdays = mondayToFriday,
): string | null {
  return startBy(assessReadiness(trip, facts, requirements, today, workdays), trip, today, (moved) =>
    assessReadiness(moved, facts, requirements, today, workdays),
  );
}

/** As `earliestStart`, for whoever has the cells of the planned dates already. */
export function startBy(
  cells: readonly Cell[],
  trip: Trip,
  today: string,
  assess: (moved: Trip) => readonly Cell[],
): string | null {
  if (trip.endsOn < today) return null;
  let start = trip.startsOn;
  for (const { tone, startFrom } of cells) {
    if (tone !== 'stop') continue;
    if (startFrom === null) return null;
    if (startFrom > start) start = startFrom;
  }
  if (start === trip.startsOn) return start;
  // A later end may outlive a passport that sufficed.
  return assess(movedTo(trip, start)).some((cell) => cell.tone === 'stop') ? null : start;
}

/** The journey of the same length that begins on another day. */
export function movedTo(trip: Trip, startsOn: string): Trip {
  const days = daysBetween(trip.startsOn, trip.endsOn);
  return { ...trip, startsOn, endsOn: daysAfter(startsOn, days) };
}
