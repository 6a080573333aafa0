import { permits } from '#app/people/access.ts';
import type { Actor } from '#app/platform/actor.ts';
import { type OfTrip, RECORD_RIGHT, travelRules } from './policy.ts';
import type { Owner } from './trip-requirement.ts';

/** Whether the actor has a right on a journey, for the rooms that plan one. */
export function travelPermits(
  right: 'travel.readTrip' | 'travel.revealTrip' | 'travel.keepTrip',
  actor: Actor,
  trip: OfTrip,
): boolean {
  return permits(travelRules[right], actor, trip);
}

/** Whether the actor writes down what this owner sees to. */
export function mayRecord(owner: Owner, actor: Actor, trip: OfTrip): boolean {
  return permits(travelRules[RECORD_RIGHT[owner]], actor, trip);
}
