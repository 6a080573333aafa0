import { and, eq } from 'drizzle-orm';
import type { PersonActor } from '#app/platform/actor.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { placement } from '#db/schema/placements.ts';
import { placementsVisibleTo } from './placement-scope.ts';

/**
 * The stay of an application as the exchange's one page shows it, with what the actor may do on it now.
 *
 * @returns null where the application has no stay, or it is out of the actor's scope.
 */
export async function placementOf(db: DbOrTx, actor: PersonActor, applicationId: string, now: Date) {
  const [record] = await db
    .select()
    .from(placement)
    .where(and(eq(placement.applicationId, applicationId), placementsVisibleTo(actor)));
  if (!record) return null;
  return { record, now };
}

/** What the page of an exchange shows of its stay. */
export type PlacementPage = NonNullable<Awaited<ReturnType<typeof placementOf>>>;
