import { and, eq, inArray, or, type SQL } from 'drizzle-orm';
import { institutionsOf } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { notFound } from '#app/platform/outcome.ts';
import type { Tx } from '#db/client.server.ts';
import { placement } from '#db/schema/placements.ts';

export type Placement = typeof placement.$inferSelect;

/** Stays the actor may see: their own, those they receive as host supervisor, those of institutions they coordinate. */
export function placementsVisibleTo(actor: PersonActor): SQL | undefined {
  const coordinated = institutionsOf(actor, 'coordinator');
  return or(
    eq(placement.participantId, actor.personId),
    eq(placement.hostSupervisorId, actor.personId),
    ...(coordinated.length > 0
      ? [inArray(placement.homeInstitutionId, coordinated), inArray(placement.hostInstitutionId, coordinated)]
      : []),
  );
}

/**
 * The stay held until the transaction ends, so that two pens take turns.
 *
 * @throws Refusal `not-found` when it is out of the actor's scope.
 */
export async function lockPlacement(tx: Tx, actor: PersonActor, reference: string): Promise<Placement> {
  const [found] = await tx
    .select()
    .from(placement)
    .where(and(eq(placement.reference, reference), placementsVisibleTo(actor)))
    .for('update');
  if (!found) throw notFound();
  return found;
}
