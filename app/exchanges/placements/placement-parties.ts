import { inArray } from 'drizzle-orm';
import { institutionsOf } from '#app/people/access.ts';
import { coordinatorsOf } from '#app/people/coordinator-queries.ts';
import type { Actor, PersonActor } from '#app/platform/actor.ts';
import type { MessageDef } from '#app/platform/messages.ts';
import { notify } from '#app/platform/notify.server.ts';
import type { Party } from '#app/platform/versions.server.ts';
import type { DbOrTx, Tx } from '#db/client.server.ts';
import { institution } from '#db/schema/people.ts';
import type { Side } from '#db/schema/shared.ts';
import type { Capacity } from './capacities.ts';
import type { Placement } from './placement-scope.ts';
import type { PlacementParties } from './policy.ts';

/** Whose signature a capacity is: an institution, and what its person signs as. */
export function partyOf(record: PlacementParties, capacity: Capacity): Party {
  switch (capacity) {
    case 'participant':
      return { institutionId: record.homeInstitutionId, capacity: 'participant' };
    case 'home-coordinator':
      return { institutionId: record.homeInstitutionId, capacity: 'coordinator' };
    case 'host-supervisor':
      return { institutionId: record.hostInstitutionId, capacity: 'host-supervisor' };
    case 'host-coordinator':
      return { institutionId: record.hostInstitutionId, capacity: 'coordinator' };
  }
}

/** The capacities in which the actor stands in a stay. A participant stands in no other, whatever else they hold. */
export function capacitiesOf(actor: Actor, record: PlacementParties): Capacity[] {
  if (actor.kind !== 'person') return [];
  if (actor.personId === record.participantId) return ['participant'];
  const coordinated = institutionsOf(actor, 'coordinator');
  const held: Capacity[] = [];
  if (coordinated.includes(record.homeInstitutionId)) held.push('home-coordinator');
  if (actor.personId === record.hostSupervisorId) held.push('host-supervisor');
  if (coordinated.includes(record.hostInstitutionId)) held.push('host-coordinator');
  return held;
}

/** The sides of a stay's two institutions. */
export async function sidesOfStay(
  db: DbOrTx,
  record: Pick<Placement, 'homeInstitutionId' | 'hostInstitutionId'>,
): Promise<{ home: Side; host: Side }> {
  const rows = await db
    .select({ id: institution.id, side: institution.side })
    .from(institution)
    .where(inArray(institution.id, [record.homeInstitutionId, record.hostInstitutionId]));
  const sideOf = (id: string) => rows.find((row) => row.id === id)?.side;
  const [home, host] = [sideOf(record.homeInstitutionId), sideOf(record.hostInstitutionId)];
  if (!home || !host) throw new Error('A stay lies between two institutions of the two sides');
  return { home, host };
}

/**
 * Tells those who stand in a stay what happened, as part of the caller's transaction; whoever did it knows.
 *
 * @param told.cause what happened, once; the placement's id is put before it.
 */
export async function tellStay(
  tx: Tx,
  record: Placement,
  message: MessageDef<{ reference: string }>,
  told: { cause: string; to: readonly Capacity[]; by: PersonActor | null },
): Promise<void> {
  const desks = told.to.filter((one) => one === 'home-coordinator' || one === 'host-coordinator');
  const institutions = desks.map((one) => partyOf(record, one).institutionId);
  const people = await coordinatorsOf(tx, institutions, record.participantId);
  if (told.to.includes('participant')) people.push(record.participantId);
  if (told.to.includes('host-supervisor') && record.hostSupervisorId) people.push(record.hostSupervisorId);
  await notify(tx, message, {
    to: people.filter((personId) => personId !== told.by?.personId),
    params: { reference: record.reference },
    cause: `placement:${record.id}:${told.cause}`,
    institutionId: record.homeInstitutionId,
  });
}
