import { eq } from 'drizzle-orm';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { notFound, stale } from '#app/platform/outcome.ts';
import { replaceLegs } from '#app/travel/replace-legs.ts';
import { reviseTrip } from '#app/travel/revise-trip.ts';
import { asLeg, tripFilesOf } from '#app/travel/trip-queries.ts';
import type { Db } from '#db/client.server.ts';
import { event } from '#db/schema/delegations.ts';
import { type DelegateAddress, lockDelegate, reviseDelegate } from './scope.ts';
import { DELEGATE } from './subjects.ts';
import { tripDates } from './trip-dates.ts';

/**
 * Takes a leg out of a person's journey. The gap it leaves is shown on the travel file.
 *
 * @param input.revision what the form showed.
 * @throws Refusal `not-found`, `forbidden`, `stale`, also where the leg is gone already
 */
export async function removeLeg(
  db: Db,
  actor: PersonActor,
  input: DelegateAddress & { legId: string; revision: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    const { record, one } = await lockDelegate(tx, actor, input);
    await reviseDelegate(tx, one, input.revision);
    const [to] = await tx.select().from(event).where(eq(event.id, record.eventId));
    const file = (await tripFilesOf(tx, DELEGATE, [one.id])).get(one.id);
    if (!to || !file) throw notFound();
    const gone = file.legs.find((leg) => leg.id === input.legId);
    if (!gone) throw stale();
    const legs = file.legs.filter((leg) => leg !== gone).map((leg) => ({ ...asLeg(leg), id: leg.id }));
    await replaceLegs(tx, file.trip.id, legs);
    await reviseTrip(tx, file.trip.id, tripDates(legs, one, to));
    await audit(tx, {
      code: 'delegate.legRemoved',
      actor,
      subject: { type: 'delegate', id: one.id },
      institutionId: record.homeInstitutionId,
      facts: { reference: record.reference, leg: gone.id, from: gone.fromCode, to: gone.toCode },
    });
  });
}
