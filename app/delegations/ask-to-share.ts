import { and, eq, isNull, or } from 'drizzle-orm';
import { permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { notify } from '#app/platform/notify.server.ts';
import { invalid } from '#app/platform/outcome.ts';
import type { Db, Tx } from '#db/client.server.ts';
import { delegate, shareConsent } from '#db/schema/delegations.ts';
import { shareAskedMessage } from './messages.ts';
import { delegationRules } from './policy.ts';
import {
  type Delegate,
  type DelegateAddress,
  findDelegation,
  lockDelegate,
  lockOwnDelegate,
} from './scope.ts';

/**
 * Asks two people of a delegation to share a room: an officer proposes it to both; a traveller asks the other and so
 * agrees themself. Who has answered is not asked again, and a refusal stands until the one who gave it changes it.
 *
 * @throws Refusal `not-found`, `forbidden`, `invalid` where the other is not in the delegation or one of them refused
 */
export async function askToShare(
  db: Db,
  actor: PersonActor,
  input: DelegateAddress & { mateId: string },
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const officer = await arranges(tx, actor, input.reference);
    const { record, one } = await (officer ? lockDelegate : lockOwnDelegate)(tx, actor, input);
    const [mate] = await tx
      .select()
      .from(delegate)
      .where(
        and(eq(delegate.id, input.mateId), eq(delegate.delegationId, record.id), isNull(delegate.endedAt)),
      );
    if (!mate || mate.id === one.id) throw wrong('choice');
    const said = await wordsOf(tx, one, mate);
    if (said.some((row) => row.answer === 'refused')) throw wrong('delegations.shareRefused');
    const asked = { askedBy: actor.personId, askedAt: now };
    await tx
      .insert(shareConsent)
      .values([
        { delegateId: one.id, mateId: mate.id, ...asked },
        { delegateId: mate.id, mateId: one.id, ...asked },
      ])
      .onConflictDoNothing({ target: [shareConsent.delegateId, shareConsent.mateId] });
    if (one.personId === actor.personId) await agreeSelf(tx, actor, one, mate, now);
    await audit(tx, {
      code: 'delegate.shareAsked',
      actor,
      subject: { type: 'delegate', id: one.id },
      institutionId: record.homeInstitutionId,
      facts: { reference: record.reference, mate: mate.id },
    });
    const answered = new Set(said.flatMap((row) => (row.answer ? row.delegateId : [])));
    for (const [who, other] of [
      [one, mate],
      [mate, one],
    ] as const) {
      if (who.personId === actor.personId || answered.has(who.id)) continue;
      await notify(tx, shareAskedMessage, {
        to: [who.personId],
        params: { reference: record.reference, delegateId: other.id, openId: who.id },
        cause: `delegate:${who.id}:share:${other.id}`,
        institutionId: record.homeInstitutionId,
      });
    }
  });
}

/** Whether the actor arranges the delegation; a traveller, who does not see its board, asks for themself. */
async function arranges(tx: Tx, actor: PersonActor, reference: string): Promise<boolean> {
  const record = await findDelegation(tx, actor, reference).catch(() => null);
  return record !== null && permits(delegationRules['delegations.arrange'], actor, record);
}

async function wordsOf(tx: Tx, one: Delegate, mate: Delegate) {
  return tx
    .select()
    .from(shareConsent)
    .where(
      or(
        and(eq(shareConsent.delegateId, one.id), eq(shareConsent.mateId, mate.id)),
        and(eq(shareConsent.delegateId, mate.id), eq(shareConsent.mateId, one.id)),
      ),
    );
}

async function agreeSelf(
  tx: Tx,
  actor: PersonActor,
  one: Delegate,
  mate: Delegate,
  now: Date,
): Promise<void> {
  await tx
    .update(shareConsent)
    .set({ answer: 'agreed', answerSource: 'person', answeredBy: actor.personId, answeredAt: now })
    .where(and(eq(shareConsent.delegateId, one.id), eq(shareConsent.mateId, mate.id)));
}

const wrong = (reason: string) => invalid('invalid', { fields: { mate: [reason] } });
