import { and, eq, ne } from 'drizzle-orm';
import { validate as isUuid } from 'uuid';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { notFound } from '#app/platform/outcome.ts';
import type { Db } from '#db/client.server.ts';
import { session } from '#db/schema/people.ts';
import { forgetAccount } from './session.server.ts';

/**
 * Ends a session of one's own account, or all but the one spoken from.
 *
 * @throws Refusal `not-found` when the session is not the actor's or has ended
 */
export async function revokeSession(
  db: Db,
  actor: PersonActor,
  which: { sessionId: string } | { allBut: string },
): Promise<void> {
  if ('sessionId' in which && !isUuid(which.sessionId)) throw notFound();
  const one = 'sessionId' in which ? eq(session.id, which.sessionId) : ne(session.id, which.allBut);
  await db.transaction(async (tx) => {
    const ended = await tx
      .delete(session)
      .where(and(eq(session.accountId, actor.accountId), one))
      .returning({ id: session.id });
    if (ended.length === 0 && 'sessionId' in which) throw notFound();
    for (const { id } of ended) {
      await audit(tx, {
        code: 'people.sessionRevoked',
        actor,
        subject: { type: 'session', id },
        institutionId: actor.institutionId,
        facts: { accountId: actor.accountId },
      });
    }
  });
  forgetAccount(actor.accountId);
}
