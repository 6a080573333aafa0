import { and, eq, inArray, isNull } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Tx } from '#db/client.server.ts';
import { vaultFact } from '#db/schema/platform.ts';
import { trip } from '#db/schema/travel.ts';
import { papersField, residenceField } from './trip-papers.ts';

type Revised = Partial<
  Pick<typeof trip.$inferInsert, 'purpose' | 'visaRoute' | 'startsOn' | 'endsOn' | 'eraseOn'>
>;

/** Changes what a journey is; what lies in the vault for it is erased on the new day. The room asked its policy. */
export async function reviseTrip(tx: Tx, tripId: string, set: Revised): Promise<void> {
  await tx
    .update(trip)
    .set({ ...set, revision: uuidv7() })
    .where(eq(trip.id, tripId));
  if (set.eraseOn) await eraseOn(tx, tripId, set.eraseOn);
}

/** Nobody makes this journey any more: the values in the vault are due today, and the hourly sweep erases them. */
export async function endTrip(tx: Tx, tripId: string, now: Date): Promise<void> {
  await tx.update(trip).set({ endedAt: now }).where(eq(trip.id, tripId));
  await eraseOn(tx, tripId, now.toISOString().slice(0, 10));
}

async function eraseOn(tx: Tx, tripId: string, day: string): Promise<void> {
  await tx
    .update(vaultFact)
    .set({ eraseOn: day })
    .where(
      and(
        inArray(vaultFact.field, [papersField(tripId), residenceField(tripId)]),
        isNull(vaultFact.erasedAt),
      ),
    );
}
