import { eq } from 'drizzle-orm';
import { coordinatorsOf } from '#app/people/coordinator-queries.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { brokenConstraint } from '#app/platform/broken-constraint.ts';
import { notify } from '#app/platform/notify.server.ts';
import { invalid } from '#app/platform/outcome.ts';
import type { Tx } from '#db/client.server.ts';
import { institution } from '#db/schema/people.ts';
import { placement } from '#db/schema/placements.ts';
import type { Application } from '../scope.ts';
import { programmeDue } from './placement-dates.ts';
import { placementOpenedMessage } from './placement-messages.ts';

/**
 * Opens the stay of an application that its host has just accepted, in the transaction of the acceptance: the work
 * programme is to be written, and all four who will sign it are told.
 *
 * @param record the application as the acceptance has left it.
 * @throws Refusal `invalid` (`exchanges.overlapsStay`) where the participant has another stay on one of these days.
 */
export async function openPlacement(
  tx: Tx,
  actor: PersonActor,
  record: Application,
  now: Date,
): Promise<void> {
  const { homeInstitutionId, hostInstitutionId, stayFrom, stayUntil, hostSupervisor, laboratory } = record;
  if (!homeInstitutionId || !hostInstitutionId || !stayFrom || !stayUntil || !hostSupervisor || !laboratory)
    throw new Error(`${record.reference} was accepted without the facts of a stay`);
  const [host] = await tx
    .select({ side: institution.side })
    .from(institution)
    .where(eq(institution.id, hostInstitutionId));
  const [added] = await tx
    .insert(placement)
    .values({
      applicationId: record.id,
      reference: record.reference,
      participantId: record.applicantId,
      homeInstitutionId,
      hostInstitutionId,
      hostSupervisorId: record.hostSupervisorId,
      hostSupervisor,
      laboratory,
      startsOn: stayFrom,
      endsOn: stayUntil,
      dueAt: programmeDue(stayFrom, now, host?.side ?? 'in'),
      stateAt: now,
      stateBy: actor.personId,
      createdAt: now,
    })
    .returning({ id: placement.id })
    .catch(refuseOverlap('stayFrom'));
  if (!added) throw new Error('The placement was not inserted');
  await audit(tx, {
    code: 'placement.open',
    actor,
    subject: { type: 'placement', id: added.id },
    institutionId: hostInstitutionId,
    facts: { to: 'programme' },
  });
  const desks = [homeInstitutionId, hostInstitutionId];
  const coordinators = await coordinatorsOf(tx, desks, record.applicantId);
  await notify(tx, placementOpenedMessage, {
    to: [record.applicantId, ...(record.hostSupervisorId ? [record.hostSupervisorId] : []), ...coordinators],
    params: { reference: record.reference },
    cause: `placement:${added.id}:opened`,
    institutionId: hostInstitutionId,
  });
}

/** One person is in one place: says so at the field that gave the dates. The transaction is lost with it. */
export function refuseOverlap(field: string): (error: unknown) => never {
  return (error) => {
    if (brokenConstraint(error) !== 'placement_one_at_a_time') throw error;
    throw invalid('exchanges.overlapsStay', { fields: { [field]: ['exchanges.overlapsStay'] } });
  };
}
