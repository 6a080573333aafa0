import { eq } from 'drizzle-orm';
import { permits } from '#app/people/access.ts';
import { type Actor, actorPerson } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { forbidden, invalid, notFound } from '#app/platform/outcome.ts';
import { nextReference } from '#app/platform/references.server.ts';
import type { Db } from '#db/client.server.ts';
import { delegation, event } from '#db/schema/delegations.ts';
import { institution } from '#db/schema/people.ts';
import type { LocalizedText } from '#db/schema/shared.ts';
import { delegationRules } from './policy.ts';

/**
 * Begins a delegation of an institution to an event of the other side.
 *
 * @returns its reference.
 * @throws Refusal `not-found` for an event that is not there, `forbidden`, `invalid` (`delegations.sameSide`, `delegations.eventOver`)
 */
export async function planDelegation(
  db: Db,
  actor: Actor,
  input: { event: string; homeInstitutionId: string; hotel: LocalizedText },
  now: Date,
): Promise<string> {
  return db.transaction(async (tx) => {
    const [found] = await tx
      .select({ event, hostSide: institution.side })
      .from(event)
      .innerJoin(institution, eq(institution.id, event.hostInstitutionId))
      .where(eq(event.reference, input.event));
    const [home] = await tx.select().from(institution).where(eq(institution.id, input.homeInstitutionId));
    if (!found || !home) throw notFound();
    const { hostSide } = found;
    if (!home.side || !hostSide || home.side === hostSide) {
      throw invalid('delegations.sameSide', { fields: { institution: ['delegations.sameSide'] } });
    }
    if (found.event.endsOn < now.toISOString().slice(0, 10)) {
      throw invalid('delegations.eventOver', { fields: { event: ['delegations.eventOver'] } });
    }
    const planned = {
      eventId: found.event.id,
      homeInstitutionId: home.id,
      homeSide: home.side,
      hostInstitutionId: found.event.hostInstitutionId,
      hostSide,
      hotel: input.hotel,
    };
    if (!permits(delegationRules['delegations.plan'], actor, { ...planned, state: 'planned' }))
      throw forbidden();
    const reference = await nextReference(tx, 'DL', now.getUTCFullYear());
    const [row] = await tx
      .insert(delegation)
      .values({ ...planned, reference, createdBy: actorPerson(actor) })
      .returning({ id: delegation.id });
    if (!row) throw new Error('the delegation was not inserted');
    await audit(tx, {
      code: 'delegation.planned',
      actor,
      subject: { type: 'delegation', id: row.id },
      institutionId: home.id,
      facts: { reference, event: found.event.reference },
    });
    return reference;
  });
}
