import { daysAfter } from '#app/platform/calendar.ts';

type DatedLeg = { direction: 'out' | 'back'; departs: string };

/**
 * From when until when a person of a delegation is on the way: by their legs, else by the nights asked for, else by the
 * event. What is in the vault goes the day after the event or the journey, whichever ends later.
 *
 * @param legs in the order of travel
 */
export function tripDates(
  legs: readonly DatedLeg[],
  hotel: { hotelIn: string | null; hotelOut: string | null },
  event: { startsOn: string; endsOn: string },
): { startsOn: string; endsOn: string; eraseOn: string } {
  const startsOn = legs[0]?.departs.slice(0, 10) ?? hotel.hotelIn ?? event.startsOn;
  const leaves = legs.find((leg) => leg.direction === 'back')?.departs.slice(0, 10) ?? hotel.hotelOut;
  const last = event.endsOn >= startsOn ? event.endsOn : startsOn;
  const endsOn = leaves && leaves >= startsOn ? leaves : last;
  return { startsOn, endsOn, eraseOn: daysAfter(endsOn > event.endsOn ? endsOn : event.endsOn, 1) };
}

/** Whoever speaks or shows a poster has it looked through first. */
export function purposeOf(role: string): 'speak' | 'attend' {
  return role === 'speaker' || role === 'poster' ? 'speak' : 'attend';
}
