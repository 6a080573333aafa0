import { system } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import type { Db } from '#db/client.server.ts';
import { loadActor } from './load-actor.ts';

/** What the sign-in library did and the audit log must know. */
export type AccountEvent =
  | 'people.signedUp'
  | 'people.addressVerified'
  | 'people.signedIn'
  | 'people.sessionRenewed'
  | 'people.signedOut'
  | 'people.passwordReset'
  | 'people.twoFactorOn'
  | 'people.twoFactorOff'
  | 'people.backupCodesRenewed';

/**
 * Writes an account event into the audit log after the library has committed it. A crash in between leaves a
 * gap that the job `people.repairAccounts` closes.
 *
 * @param event.sessionId the session the event is about; without one it is about the account
 * @param event.repaired written late, by the job
 */
export async function recordAccountEvent(
  db: Db,
  event: { code: AccountEvent; accountId: string; sessionId?: string; repaired?: boolean },
): Promise<void> {
  await db.transaction(async (tx) => {
    const actor = await loadActor(tx, event.accountId);
    await audit(tx, {
      code: event.code,
      actor: actor ?? system('people.door'),
      subject: event.sessionId
        ? { type: 'session', id: event.sessionId }
        : { type: 'account', id: event.accountId },
      institutionId: actor?.institutionId ?? null,
      facts: { accountId: event.accountId, ...(event.repaired ? { repaired: true } : {}) },
    });
  });
}
