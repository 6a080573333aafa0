import { and, asc, eq, isNull } from 'drizzle-orm';
import { invalid } from '#app/platform/outcome.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { placementRequest } from '#db/schema/placements.ts';

export type PlacementRequest = typeof placementRequest.$inferSelect;

/** The requests of a stay, the oldest first. */
export async function requestsOf(db: DbOrTx, placementId: string): Promise<PlacementRequest[]> {
  return db
    .select()
    .from(placementRequest)
    .where(eq(placementRequest.placementId, placementId))
    .orderBy(asc(placementRequest.number));
}

/**
 * Nothing is confirmed over a request that is still open.
 *
 * @throws Refusal `invalid` (`placements.requestOpen`)
 */
export async function demandNoRequest(db: DbOrTx, placementId: string): Promise<void> {
  const [open] = await db
    .select({ id: placementRequest.id })
    .from(placementRequest)
    .where(and(eq(placementRequest.placementId, placementId), isNull(placementRequest.decidedAt)));
  if (open) throw invalid('placements.requestOpen');
}
