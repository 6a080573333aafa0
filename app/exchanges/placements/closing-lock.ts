import { eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { forbidden, stale } from '#app/platform/outcome.ts';
import type { Tx } from '#db/client.server.ts';
import { placement } from '#db/schema/placements.ts';
import { lockPlacement, type Placement } from './placement-scope.ts';
import { placementRules } from './policy.ts';
import { currentClosing } from './programme-versions.ts';

/**
 * The stay whose closing is being prepared, held until the transaction ends. While a closing lies before both
 * coordinators, what it says of report, evaluation, outputs and costs is not changed under their signatures.
 *
 * @throws Refusal `not-found`, `forbidden`, `stale`
 */
export async function lockForClosing(
  tx: Tx,
  actor: PersonActor,
  form: { reference: string; revision: string },
  right: 'placements.report' | 'placements.evaluate' | 'placements.signClosing',
): Promise<Placement> {
  const record = await lockPlacement(tx, actor, form.reference);
  if (!permits(placementRules[right], actor, record)) throw forbidden();
  if (record.state !== 'returned') throw stale('staleState');
  if (await currentClosing(tx, record)) throw stale('placements.closingLaid');
  if (record.revision !== form.revision) throw stale();
  return record;
}

/** Writes what belongs to the closing; forms that were open are stale. */
export async function keepForClosing(
  tx: Tx,
  record: Placement,
  set: Partial<typeof placement.$inferInsert>,
): Promise<void> {
  await tx
    .update(placement)
    .set({ ...set, revision: uuidv7() })
    .where(eq(placement.id, record.id));
}
