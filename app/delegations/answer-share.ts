import { and, eq, sql } from 'drizzle-orm';
import { coordinatorsOf } from '#app/people/coordinator-queries.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { notify } from '#app/platform/notify.server.ts';
import { notFound } from '#app/platform/outcome.ts';
import type { Db, Tx } from '#db/client.server.ts';
import { roomStay, shareConsent } from '#db/schema/delegations.ts';
import { shareRefusedMessage } from './messages.ts';
import { addRoom } from './place-delegate.ts';
import { type DelegateAddress, type Delegation, lockOwnDelegate } from './scope.ts';

/**
 * A traveller's own word on sharing a room with somebody: it outranks what a list said of them, and can be changed. Who
 * refuses while the two share a room gets one of their own for the same nights; those who see to the delegation are told.
 *
 * @throws Refusal `not-found` where nobody asked, `forbidden` where the delegation is closed
 */
export async function answerShare(
  db: Db,
  actor: PersonActor,
  input: DelegateAddress & { mateId: string; answer: 'agreed' | 'refused' },
  now: Date,
): Promise<void> {
  const { mateId, answer } = input;
  await db.transaction(async (tx) => {
    const { record, one } = await lockOwnDelegate(tx, actor, input);
    const mine = and(eq(shareConsent.delegateId, one.id), eq(shareConsent.mateId, mateId));
    const [said] = await tx.select().from(shareConsent).where(mine);
    if (!said) throw notFound();
    // The same word again says nothing new.
    if (said.answer === answer && said.answerSource === 'person') return;
    const parted = answer === 'refused' && (await moveOut(tx, record, one.id, mateId));
    await tx
      .update(shareConsent)
      .set({ answer, answerSource: 'person', answeredBy: actor.personId, answeredAt: now })
      .where(mine);
    await audit(tx, {
      code: answer === 'agreed' ? 'delegate.shareAgreed' : 'delegate.shareRefused',
      actor,
      subject: { type: 'delegate', id: one.id },
      institutionId: record.homeInstitutionId,
      facts: { reference: record.reference, mate: mateId, parted },
    });
    if (answer === 'agreed') return;
    const coordinators = await coordinatorsOf(tx, record.homeInstitutionId, actor.personId);
    const to = [...coordinators, record.createdBy, said.askedBy].filter(
      (id): id is string => id !== null && id !== actor.personId,
    );
    await notify(tx, shareRefusedMessage, {
      to,
      params: { reference: record.reference, delegateId: one.id },
      cause: `delegate:${one.id}:share:${mateId}:refused:${now.toISOString()}`,
      institutionId: record.homeInstitutionId,
    });
  });
}

/** Gives who refuses a room of their own for the nights on which the two would lie in one; answers whether they did. */
async function moveOut(tx: Tx, record: Delegation, delegateId: string, mateId: string): Promise<boolean> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    select mine.id from room_stay mine
    where mine.delegate_id = ${delegateId} and exists (
      select from room_stay other
      where other.delegate_id = ${mateId} and other.room_id = mine.room_id and other.nights && mine.nights
    )`);
  for (const { id } of rows) {
    const own = await addRoom(tx, record.id, 'twin');
    await tx.update(roomStay).set({ roomId: own.id, kind: own.kind, bed: 1 }).where(eq(roomStay.id, id));
  }
  return rows.length > 0;
}
