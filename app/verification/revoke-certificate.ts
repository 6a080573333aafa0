import { eq } from 'drizzle-orm';
import { permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { forbidden, invalid, notFound, stale } from '#app/platform/outcome.ts';
import type { Db } from '#db/client.server.ts';
import { certificate } from '#db/schema/training.ts';
import { verificationRules } from './policy.ts';

const REASON_MAX = 2000;

/**
 * Takes a certificate back. It stays findable under its code and says from then on that it is revoked; the reason stays
 * inside the portal.
 *
 * @throws Refusal `not-found`, `forbidden`, `stale` when it is revoked already, `invalid` without a reason
 */
export async function revokeCertificate(
  db: Db,
  actor: PersonActor,
  input: { code: string; reason: string },
  now = new Date(),
): Promise<void> {
  await db.transaction(async (tx) => {
    const [found] = await tx.select().from(certificate).where(eq(certificate.code, input.code)).for('update');
    if (!found) throw notFound();
    if (!permits(verificationRules['certificates.revoke'], actor, found)) throw forbidden();
    if (found.revokedAt) throw stale('staleState');
    const reason = input.reason.trim();
    if (!reason) throw invalid('reasonRequired', { fields: { reason: ['reasonRequired'] } });
    if (reason.length > REASON_MAX) {
      throw invalid('tooLong', { params: { max: REASON_MAX }, fields: { reason: ['tooLong'] } });
    }
    await tx
      .update(certificate)
      .set({ revokedAt: now, revokedBy: actor.personId, revokedReason: reason })
      .where(eq(certificate.id, found.id));
    await audit(tx, {
      code: 'certificate.revoke',
      actor,
      subject: { type: 'certificate', id: found.id },
      institutionId: found.institutionId,
      facts: { number: found.number },
    });
  });
}
