import { and, asc, eq, exists, inArray, isNull, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { permits } from '#app/people/access.ts';
import { personName } from '#app/people/person-name.ts';
import { nameColumns } from '#app/people/queries.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { forbidden, invalid, stale } from '#app/platform/outcome.ts';
import type { Db, DbOrTx } from '#db/client.server.ts';
import { application } from '#db/schema/exchanges.ts';
import { person, roleGrant } from '#db/schema/people.ts';
import { placement } from '#db/schema/placements.ts';
import { CAPACITIES } from './capacities.ts';
import { supervisorNamedMessage } from './placement-messages.ts';
import { tellStay } from './placement-parties.ts';
import { lockPlacement, type Placement } from './placement-scope.ts';
import { placementRules } from './policy.ts';
import { PROGRAMME_OPEN } from './workflow.ts';

/** The people of the host who can receive somebody: its supervisors and experts. */
export async function supervisorChoices(
  db: DbOrTx,
  record: Pick<Placement, 'hostInstitutionId' | 'participantId'>,
  locale: PersonActor['locale'],
): Promise<{ value: string; label: string }[]> {
  const held = db
    .select({ id: roleGrant.id })
    .from(roleGrant)
    .where(
      and(
        eq(roleGrant.personId, person.id),
        eq(roleGrant.institutionId, record.hostInstitutionId),
        inArray(roleGrant.role, ['supervisor', 'expert']),
        eq(roleGrant.effect, 'allow'),
        isNull(roleGrant.revokedAt),
        sql`current_date between ${roleGrant.validFrom} and coalesce(${roleGrant.validUntil}, 'infinity')`,
      ),
    );
  const rows = await db
    .select({ id: person.id, ...nameColumns })
    .from(person)
    .where(exists(held))
    .orderBy(asc(person.familyName), asc(person.id));
  return rows
    .filter(({ id }) => id !== record.participantId)
    .map(({ id, ...name }) => ({ value: id, label: personName(name, locale) }));
}

/**
 * The host's coordinator names who receives the participant. A programme that was laid before the former supervisor has
 * to be laid anew; the exchange is the new one's to read from now on, and no longer the former's.
 *
 * @throws Refusal `not-found`, `forbidden`, `stale`, `invalid` for somebody who does not receive people there
 */
export async function nameSupervisor(
  db: Db,
  actor: PersonActor,
  input: { reference: string; revision: string; supervisorId: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    const record = await lockPlacement(tx, actor, input.reference);
    if (!permits(placementRules['placements.nameSupervisor'], actor, record)) throw forbidden();
    if (!PROGRAMME_OPEN.includes(record.state)) throw stale('staleState');
    if (record.revision !== input.revision) throw stale();
    const choices = await supervisorChoices(tx, record, 'en');
    const chosen = choices.find((one) => one.value === input.supervisorId);
    if (!chosen) throw invalid('invalid', { fields: { supervisorId: ['choice'] } });
    const [named] = await tx
      .update(placement)
      .set({ hostSupervisorId: chosen.value, hostSupervisor: chosen.label, revision: uuidv7() })
      .where(eq(placement.id, record.id))
      .returning();
    if (!named) throw stale();
    await tx
      .update(application)
      .set({ hostSupervisorId: chosen.value, hostSupervisor: chosen.label })
      .where(eq(application.id, record.applicationId));
    await audit(tx, {
      code: 'placement.nameSupervisor',
      actor,
      subject: { type: 'placement', id: record.id },
      institutionId: record.hostInstitutionId,
    });
    await tellStay(tx, named, supervisorNamedMessage, {
      cause: `supervisor:${chosen.value}`,
      to: CAPACITIES,
      by: actor,
    });
  });
}
