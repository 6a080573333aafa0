import { and, eq } from 'drizzle-orm';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { stale } from '#app/platform/outcome.ts';
import type { Db } from '#db/client.server.ts';
import { roomStay } from '#db/schema/delegations.ts';
import { type DelegateAddress, lockDelegate, reviseDelegate } from './scope.ts';

/**
 * Gives a person's bed back for all of its nights.
 *
 * @param input.revision what the form showed.
 * @throws Refusal `not-found`, `forbidden`, `stale`, also where the bed is free already
 */
export async function freeBed(
  db: Db,
  actor: PersonActor,
  input: DelegateAddress & { stayId: string; revision: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    const { record, one } = await lockDelegate(tx, actor, input);
    await reviseDelegate(tx, one, input.revision);
    const [freed] = await tx
      .delete(roomStay)
      .where(and(eq(roomStay.id, input.stayId), eq(roomStay.delegateId, one.id)))
      .returning();
    if (!freed) throw stale();
    await audit(tx, {
      code: 'delegate.bedFreed',
      actor,
      subject: { type: 'delegate', id: one.id },
      institutionId: record.homeInstitutionId,
      facts: { reference: record.reference, room: freed.roomId },
    });
  });
}
