import { eq } from 'drizzle-orm';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { brokenConstraint } from '#app/platform/broken-constraint.ts';
import { invalid, notFound } from '#app/platform/outcome.ts';
import { reviseTrip } from '#app/travel/revise-trip.ts';
import { asLeg, tripFilesOf } from '#app/travel/trip-queries.ts';
import type { Db } from '#db/client.server.ts';
import { event } from '#db/schema/delegations.ts';
import { institution } from '#db/schema/people.ts';
import type { DelegateFacts } from './schemas.ts';
import { type DelegateAddress, lockDelegate, reviseDelegate } from './scope.ts';
import { DELEGATE } from './subjects.ts';
import { purposeOf, tripDates } from './trip-dates.ts';

/**
 * Changes what a delegation holds of one of its people: role, employer, position, diet, nights asked for, the way to the
 * visa. A bed that was given stays: it is moved on its own page.
 *
 * @param input.revision what the form showed.
 * @throws Refusal `not-found`, `forbidden`, `stale`, `invalid` for a second head
 */
export async function changeDelegate(
  db: Db,
  actor: PersonActor,
  input: DelegateAddress & { revision: string; facts: DelegateFacts },
): Promise<void> {
  const { visaRoute, ...set } = input.facts;
  try {
    await db.transaction(async (tx) => {
      const { record, one } = await lockDelegate(tx, actor, input);
      const [employer] = await tx.select().from(institution).where(eq(institution.code, set.employer));
      // Who came from elsewhere in a list stays so; a new employer is one of the own side.
      if (set.employer !== one.employer && employer?.side !== record.homeSide)
        throw wrong('employer', 'choice');
      await reviseDelegate(tx, one, input.revision, set);
      const [to] = await tx.select().from(event).where(eq(event.id, record.eventId));
      const file = (await tripFilesOf(tx, DELEGATE, [one.id])).get(one.id);
      if (!to || !file) throw notFound();
      await reviseTrip(tx, file.trip.id, {
        visaRoute,
        purpose: purposeOf(set.role),
        ...tripDates(file.legs.map(asLeg), set, to),
      });
      await audit(tx, {
        code: 'delegate.changed',
        actor,
        subject: { type: 'delegate', id: one.id },
        institutionId: record.homeInstitutionId,
        facts: { reference: record.reference, from: one.role, to: set.role, visaRoute },
      });
    });
  } catch (error) {
    if (brokenConstraint(error) === 'delegate_head') throw wrong('role', 'delegations.headTwice');
    throw error;
  }
}

const wrong = (field: string, reason: string) => invalid('invalid', { fields: { [field]: [reason] } });
