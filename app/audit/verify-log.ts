import { permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { type Verification, verifyAudit } from '#app/platform/audit-verify.server.ts';
import { forbidden } from '#app/platform/outcome.ts';
import type { Db } from '#db/client.server.ts';
import { auditRules } from './policy.ts';
import { auditCodeOf } from './queries.ts';

export type VerifiedLog = Verification & { brokenCode: string | null };

/**
 * Verifies the whole log, and writes down that it was verified and what was found.
 *
 * @param authSecret `AUTH_SECRET`, from which the key of the days' heads is derived.
 * @throws Refusal `forbidden` for anybody but a platform administrator.
 */
export async function verifyLog(db: Db, actor: PersonActor, authSecret: string): Promise<VerifiedLog> {
  if (!permits(auditRules['audit.verify'], actor, {})) throw forbidden();
  const found = await verifyAudit(db, authSecret);
  const { ok, rows, sealed, unsealed, firstBroken } = found;
  await db.transaction((tx) =>
    audit(tx, {
      code: 'audit.verified',
      actor,
      subject: { type: 'audit-log', id: 'audit-log' },
      facts: {
        ok,
        rows,
        sealed,
        unsealed,
        ...(firstBroken && { broken: firstBroken.sequence, what: firstBroken.what }),
      },
    }),
  );
  const brokenCode = firstBroken?.auditId ? await auditCodeOf(db, firstBroken.auditId) : null;
  return { ...found, brokenCode };
}
