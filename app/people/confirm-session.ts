import { and, eq } from 'drizzle-orm';
import { system } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { invalid } from '#app/platform/outcome.ts';
import type { Db } from '#db/client.server.ts';
import { session } from '#db/schema/people.ts';
import { loadActor } from './load-actor.ts';
import { passwordMatches } from './password-matches.ts';
import { forgetAccount } from './session.server.ts';

/**
 * Notes on a session that the password was asked for again just now. The caller has passed the limiter.
 *
 * @throws Refusal `invalid` when the password is wrong
 */
export async function confirmSession(
  db: Db,
  who: { accountId: string; sessionId: string },
  password: string,
): Promise<void> {
  if (!(await passwordMatches(db, who.accountId, password))) {
    throw invalid('auth.INVALID_PASSWORD', { fields: { password: ['auth.INVALID_PASSWORD'] } });
  }
  await db.transaction(async (tx) => {
    await tx
      .update(session)
      .set({ confirmedAt: new Date() })
      .where(and(eq(session.id, who.sessionId), eq(session.accountId, who.accountId)));
    const actor = await loadActor(tx, who.accountId);
    await audit(tx, {
      code: 'people.sessionConfirmed',
      actor: actor ?? system('people.door'),
      subject: { type: 'session', id: who.sessionId },
      institutionId: actor?.institutionId ?? null,
      facts: { accountId: who.accountId },
    });
  });
  forgetAccount(who.accountId);
}
