import { permits } from '#app/people/access.ts';
import { type Actor, actorPerson } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { brokenConstraint } from '#app/platform/broken-constraint.ts';
import { forbidden, invalid } from '#app/platform/outcome.ts';
import type { Db } from '#db/client.server.ts';
import { event } from '#db/schema/delegations.ts';
import { eventRules } from './policy.ts';

export type PlannedEvent = Omit<typeof event.$inferInsert, 'id' | 'createdBy' | 'createdAt'>;

/**
 * Puts an event on the public calendar. It is the host institution's.
 *
 * @returns its id.
 * @throws Refusal `forbidden`, or `invalid` where another event has this reference
 */
export async function planEvent(db: Db, actor: Actor, planned: PlannedEvent): Promise<string> {
  if (!permits(eventRules['events.plan'], actor, planned)) throw forbidden();
  try {
    return await insertEvent(db, actor, planned);
  } catch (error) {
    if (brokenConstraint(error) !== 'event_reference_unique') throw error;
    throw invalid('delegations.eventTwice', { fields: { reference: ['delegations.eventTwice'] } });
  }
}

function insertEvent(db: Db, actor: Actor, planned: PlannedEvent): Promise<string> {
  return db.transaction(async (tx) => {
    const [row] = await tx
      .insert(event)
      .values({ ...planned, createdBy: actorPerson(actor) })
      .returning({ id: event.id });
    if (!row) throw new Error('the event was not inserted');
    await audit(tx, {
      code: 'event.planned',
      actor,
      subject: { type: 'event', id: row.id },
      institutionId: planned.hostInstitutionId,
      facts: { reference: planned.reference },
    });
    return row.id;
  });
}
