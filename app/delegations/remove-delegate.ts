import { eq } from 'drizzle-orm';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { notify } from '#app/platform/notify.server.ts';
import { endTrip } from '#app/travel/revise-trip.ts';
import { tripFilesOf } from '#app/travel/trip-queries.ts';
import type { Db } from '#db/client.server.ts';
import { roomStay } from '#db/schema/delegations.ts';
import { removedMessage } from './messages.ts';
import { type DelegateAddress, lockDelegate, reviseDelegate } from './scope.ts';
import { DELEGATE } from './subjects.ts';

/**
 * Takes a person out of a delegation, with a reason. The row stays with who did it and when; the bed is free, the journey
 * has ended, what the vault holds for it is erased within the hour, and the person is told.
 *
 * @param input.revision what the form showed.
 * @throws Refusal `not-found`, `forbidden`, `stale`
 */
export async function removeDelegate(
  db: Db,
  actor: PersonActor,
  input: DelegateAddress & { revision: string; reason: string },
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const { record, one } = await lockDelegate(tx, actor, input);
    const beds = await tx.delete(roomStay).where(eq(roomStay.delegateId, one.id)).returning();
    await reviseDelegate(tx, one, input.revision, {
      endedAt: now,
      endedBy: actor.personId,
      endedReason: input.reason,
    });
    const file = (await tripFilesOf(tx, DELEGATE, [one.id])).get(one.id);
    if (file) await endTrip(tx, file.trip.id, now);
    await audit(tx, {
      code: 'delegate.removed',
      actor,
      subject: { type: 'delegate', id: one.id },
      institutionId: record.homeInstitutionId,
      facts: { reference: record.reference, beds: beds.length },
    });
    await notify(tx, removedMessage, {
      to: [one.personId],
      params: { reference: record.reference, delegateId: one.id },
      cause: `delegate:${one.id}:removed`,
      institutionId: record.homeInstitutionId,
    });
  });
}
