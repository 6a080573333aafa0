import { daysBetween } from '#app/platform/calendar.ts';

/** A person who needs a bed. Nights from the day of check-in to that of check-out, as calendar dates. */
export type Guest = {
  delegateId: string;
  personId: string;
  wish: 'single' | 'twin';
  shareWithId: string | null;
  from: string;
  to: string;
};

export type PlannedRoom = {
  kind: 'single' | 'twin';
  stays: { bed: 1 | 2; delegateId: string; personId: string; from: string; to: string }[];
};

/**
 * Gives every guest a bed. Two share a twin only where each has named the other, also for unequal nights; who has named
 * somebody that has not agreed gets a twin alone, with its second bed free, so that nothing has to move when they do.
 *
 * @param guests in the order of the list; rooms come in the same order.
 */
export function planRooms(guests: readonly Guest[]): PlannedRoom[] {
  const byPerson = new Map(guests.map((guest) => [guest.personId, guest]));
  const placed = new Set<string>();
  const rooms: PlannedRoom[] = [];
  for (const guest of guests) {
    if (placed.has(guest.personId) || daysBetween(guest.from, guest.to) < 1) continue;
    const mate = mateOf(guest, byPerson);
    const together = mate && !placed.has(mate.personId) ? [guest, mate] : [guest];
    for (const one of together) placed.add(one.personId);
    rooms.push({
      kind: guest.wish,
      stays: together.map(({ delegateId, personId, from, to }, index) => ({
        bed: index === 0 ? 1 : 2,
        delegateId,
        personId,
        from,
        to,
      })),
    });
  }
  return rooms;
}

/** The other of two who have named each other, null where there is no such person among the guests. */
export function mateOf(guest: Guest, byPerson: ReadonlyMap<string, Guest>): Guest | null {
  const named = guest.shareWithId === null ? undefined : byPerson.get(guest.shareWithId);
  if (!named || named === guest || guest.wish !== 'twin' || named.wish !== 'twin') return null;
  return named.shareWithId === guest.personId && daysBetween(named.from, named.to) >= 1 ? named : null;
}
