import { v7 as uuidv7 } from 'uuid';
import { system } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { contentHash } from '#app/platform/canonical.ts';
import { nextReference } from '#app/platform/references.server.ts';
import { calendarDateOf } from '#app/ui/format-when.ts';
import type { Tx } from '#db/client.server.ts';
import type { Side } from '#db/schema/shared.ts';
import { certificate, type StayCertificate } from '#db/schema/training.ts';
import { newCode } from './new-code.server.ts';

/**
 * Writes the certificate of a stay down as part of the transaction that closes it. The portal issues it because both
 * coordinators have signed; it stands in the name of the host and of the coordinator who signed for it.
 *
 * @returns the code under which anyone can check it
 */
export async function addStayCertificate(
  tx: Tx,
  stay: {
    placementId: string;
    personId: string;
    institutionId: string;
    issuedBy: string;
    /** Whose calendar dates it. */
    side: Side;
    content: StayCertificate;
  },
  now: Date,
): Promise<string> {
  const { side, ...columns } = stay;
  const id = uuidv7();
  const number = await nextReference(tx, 'CT', now.getUTCFullYear());
  const code = newCode();
  await tx.insert(certificate).values({
    ...columns,
    id,
    number,
    code,
    issuedOn: calendarDateOf(now, side),
    issuedAt: now,
  });
  await audit(tx, {
    code: 'certificate.issue',
    actor: system('placements.closing'),
    subject: { type: 'certificate', id },
    institutionId: stay.institutionId,
    facts: { number, hash: contentHash(stay.content) },
  });
  return code;
}
