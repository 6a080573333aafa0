import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Tx } from '#db/client.server.ts';
import { trip, tripLeg } from '#db/schema/travel.ts';
import { type Leg, timeLeg } from './check-legs.ts';

/** A journey as the room that plans it gives it. */
export type PlannedTrip = typeof trip.$inferInsert & { id: string; legs: readonly Leg[] };

/** One statement takes so many journeys; their parameters stay under the protocol's limit. */
const CHUNK = 400;

/** Adds journeys with their legs. Legs whose airports or times are not sound are a bug of the caller's reading. */
export async function planTrips(tx: Tx, trips: readonly PlannedTrip[]): Promise<void> {
  for (let start = 0; start < trips.length; start += CHUNK) {
    const some = trips.slice(start, start + CHUNK);
    await tx.insert(trip).values(some.map(({ legs: _, ...columns }) => columns));
    const legs = some.flatMap((one) => one.legs.map((leg, index) => legColumns(one.id, leg, index)));
    if (legs.length > 0) await tx.insert(tripLeg).values(legs);
  }
}

function legColumns(tripId: string, leg: Leg, index: number): typeof tripLeg.$inferInsert {
  const made = timeLeg(leg, index);
  if (!('timed' in made)) throw new Error(`leg ${index + 1} of journey ${tripId} has no instants`);
  const { timed } = made;
  return {
    tripId,
    number: index + 1,
    direction: timed.direction,
    fromCode: timed.from,
    toCode: timed.to,
    carrier: timed.carrier,
    departsLocal: timed.departs,
    departsZone: timed.departsZone,
    departsAt: timed.departsAt,
    arrivesLocal: timed.arrives,
    arrivesZone: timed.arrivesZone,
    arrivesAt: timed.arrivesAt,
  };
}

/** Lets the host's officers see journeys that were not shared yet. */
export async function shareTrips(
  tx: Tx,
  subject: { type: string; ids: readonly string[] },
  now: Date,
): Promise<void> {
  if (subject.ids.length === 0) return;
  await tx
    .update(trip)
    .set({ sharedAt: now })
    .where(
      and(
        eq(trip.subjectType, subject.type),
        inArray(trip.subjectId, [...subject.ids]),
        isNull(trip.sharedAt),
      ),
    );
}
