import { and, eq, notInArray, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.server.ts';
import { tripLeg } from '#db/schema/travel.ts';
import { type Leg, timeLeg } from './check-legs.ts';
import { legColumns } from './plan-trip.ts';

/** A leg that keeps its id when the others change. */
export type KnownLeg = Leg & { id: string };

/** More legs than any journey has: while they are renumbered, the numbers stand this much apart. */
const APART = 1000;

/** The way out first, then the way back, each as the clock runs. Legs without instants are a bug of the caller. */
export function inOrder<T extends Leg>(legs: readonly T[]): T[] {
  const departs = (leg: Leg) => {
    const made = timeLeg(leg);
    if (!('timed' in made)) throw new Error(`the leg ${leg.from}–${leg.to} has no instants`);
    return made.timed.departsAt.getTime();
  };
  return [...legs].sort((a, b) =>
    a.direction === b.direction ? departs(a) - departs(b) : a.direction === 'out' ? -1 : 1,
  );
}

/** Writes the legs of a journey in their order; those that are not among them are taken out. The room asked its policy. */
export async function replaceLegs(tx: Tx, tripId: string, legs: readonly KnownLeg[]): Promise<void> {
  const kept = legs.map((leg) => leg.id);
  await tx
    .delete(tripLeg)
    .where(and(eq(tripLeg.tripId, tripId), kept.length > 0 ? notInArray(tripLeg.id, kept) : undefined));
  await tx
    .update(tripLeg)
    .set({ number: sql`${tripLeg.number} + ${APART}` })
    .where(eq(tripLeg.tripId, tripId));
  for (const [index, leg] of legs.entries()) {
    const columns = legColumns(tripId, leg, index);
    await tx
      .insert(tripLeg)
      .values({ ...columns, id: leg.id })
      .onConflictDoUpdate({ target: tripLeg.id, set: columns });
  }
}
