import { v7 as uuidv7 } from 'uuid';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { contentHash } from '#app/platform/canonical.ts';
import { nextReference } from '#app/platform/references.server.ts';
import { calendarDateOf } from '#app/ui/format-when.ts';
import type { Tx } from '#db/client.server.ts';
import { type CertificateContent, certificate } from '#db/schema/training.ts';
import { newCode } from './new-code.server.ts';

export type NewCertificate = {
  enrolmentId: string;
  personId: string;
  courseId: string;
  institutionId: string;
  content: CertificateContent;
};

/**
 * Writes certificates down as part of the caller's transaction, which has asked for the right and the results; the
 * database refuses one on a result that is not a pass.
 */
export async function addCertificates(
  tx: Tx,
  actor: PersonActor,
  certificates: readonly NewCertificate[],
  now: Date,
): Promise<void> {
  for (const one of certificates) {
    const id = uuidv7();
    const number = await nextReference(tx, 'CT', now.getUTCFullYear());
    await tx.insert(certificate).values({
      ...one,
      id,
      number,
      code: newCode(),
      issuedOn: calendarDateOf(now, actor.side ?? 'ru'),
      issuedAt: now,
      issuedBy: actor.personId,
    });
    await audit(tx, {
      code: 'certificate.issue',
      actor,
      subject: { type: 'certificate', id },
      institutionId: one.institutionId,
      facts: { number, hash: contentHash(one.content) },
    });
  }
}
