import { and, eq, isNull } from 'drizzle-orm';
import type { Tx } from '#db/client.server.ts';
import { delegate, shareConsent } from '#db/schema/delegations.ts';

const CHUNK = 1000;

/**
 * Writes down whom the lists of a delegation named to share a room with: it counts as the word of who named, until they
 * answer in the portal themselves, and asks the other one. What was answered or asked already stays. The delegation is
 * held by the caller.
 */
export async function takeListWishes(tx: Tx, delegationId: string, now: Date): Promise<void> {
  const people = await tx
    .select({ id: delegate.id, personId: delegate.personId, wish: delegate.shareWithId })
    .from(delegate)
    .where(and(eq(delegate.delegationId, delegationId), isNull(delegate.endedAt)));
  const byPerson = new Map(people.map((one) => [one.personId, one.id]));
  const wishes = people.flatMap((one) => {
    const mateId = one.wish === null ? undefined : byPerson.get(one.wish);
    return mateId ? [{ delegateId: one.id, mateId }] : [];
  });
  const named = wishes.map((pair) => ({
    ...pair,
    askedAt: now,
    answer: 'agreed' as const,
    answerSource: 'list' as const,
    answeredAt: now,
  }));
  const asked = wishes.map(({ delegateId, mateId }) => ({
    delegateId: mateId,
    mateId: delegateId,
    askedAt: now,
  }));
  // Who named each other agree both; the rest are asked.
  for (const rows of [named, asked]) {
    for (let start = 0; start < rows.length; start += CHUNK) {
      await tx
        .insert(shareConsent)
        .values(rows.slice(start, start + CHUNK))
        .onConflictDoNothing({ target: [shareConsent.delegateId, shareConsent.mateId] });
    }
  }
}
