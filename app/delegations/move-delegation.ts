import { and, eq, isNull } from 'drizzle-orm';
import { permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { transition } from '#app/platform/transition.server.ts';
import { shareTrips } from '#app/travel/plan-trip.ts';
import type { Db } from '#db/client.server.ts';
import { delegate, delegation } from '#db/schema/delegations.ts';
import { delegationRules } from './policy.ts';
import { lockDelegation } from './scope.ts';
import { DELEGATE } from './subjects.ts';
import { delegationWorkflow } from './workflow.ts';

/**
 * Shows a delegation to its host, or closes it after the event.
 *
 * @param input.revision what the form showed.
 * @throws Refusal `not-found`, `forbidden`, `stale`
 */
export async function moveDelegation(
  db: Db,
  actor: PersonActor,
  input: { reference: string; name: 'share' | 'close'; revision: string },
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const record = await lockDelegation(tx, actor, input.reference);
    await transition(tx, {
      workflow: delegationWorkflow,
      table: delegation,
      record,
      name: input.name,
      actor,
      permitted: permits(delegationRules[`delegations.${input.name}`], actor, record),
      revision: input.revision,
      institutionId: record.homeInstitutionId,
      facts: { reference: record.reference },
      now,
    });
    if (input.name !== 'share') return;
    const people = await tx
      .select({ id: delegate.id })
      .from(delegate)
      .where(and(eq(delegate.delegationId, record.id), isNull(delegate.endedAt)));
    await shareTrips(tx, { type: DELEGATE, ids: people.map((one) => one.id) }, now);
  });
}
