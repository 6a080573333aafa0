import { permits } from '#app/people/access.ts';
import { type PersonActor, system } from '#app/platform/actor.ts';
import { invalid } from '#app/platform/outcome.ts';
import { transition } from '#app/platform/transition.server.ts';
import { signaturesOf, type Version } from '#app/platform/versions.server.ts';
import { addStayCertificate } from '#app/verification/add-stay-certificate.ts';
import type { Db, Tx } from '#db/client.server.ts';
import { placement } from '#db/schema/placements.ts';
import { CAPACITIES, COORDINATORS } from './capacities.ts';
import { closedMessage } from './placement-messages.ts';
import { sidesOfStay, tellStay } from './placement-parties.ts';
import type { Placement } from './placement-scope.ts';
import { placementRules } from './policy.ts';
import { currentClosing } from './programme-versions.ts';
import { type StaySignature, signLaid } from './sign-laid.ts';
import { confirmedName, stayCertificate } from './stay-certificate.ts';
import { placementWorkflow } from './workflow.ts';

/**
 * A coordinator signs the closing. With the second signature the portal closes the file and issues the certificate of
 * the stay, in the same transaction.
 *
 * @returns whether both have signed now.
 * @throws Refusal `not-found`, `forbidden`, `stale`, `invalid` when the name is no longer confirmed in both scripts
 */
export async function signClosing(
  db: Db,
  actor: PersonActor,
  input: StaySignature,
  now = new Date(),
): Promise<boolean> {
  return signLaid(
    db,
    actor,
    input,
    {
      right: 'placements.signClosing',
      open: ['returned'],
      signers: COORDINATORS,
      laid: currentClosing,
      follow: async (tx, record, version, complete) => {
        if (complete) await close(tx, record, version, now);
      },
    },
    now,
  );
}

/** What follows from both signatures is the system's pen; the host is who certifies the stay. */
async function close(tx: Tx, record: Placement, version: Version, now: Date): Promise<void> {
  const actor = system('placements.closing');
  const closed = await transition(tx, {
    workflow: placementWorkflow,
    table: placement,
    record,
    name: 'close',
    actor,
    permitted: permits(placementRules['placements.close'], actor, record),
    set: { closedAt: now, dueAt: null },
    facts: { version: version.number, hash: version.hash },
    now,
  });
  const name = await confirmedName(tx, record.participantId);
  if (!name) throw invalid('placements.closingNeeds.name');
  const given = await signaturesOf(tx, version.id);
  const host = given.find((one) => one.voidedAt === null && one.institutionId === record.hostInstitutionId);
  if (!host) throw new Error('Both coordinators have signed, but the host’s signature is not there');
  await addStayCertificate(
    tx,
    {
      placementId: record.id,
      personId: record.participantId,
      institutionId: record.hostInstitutionId,
      issuedBy: host.personId,
      side: (await sidesOfStay(tx, record)).host,
      content: await stayCertificate(tx, record, name),
    },
    now,
  );
  await tellStay(tx, closed, closedMessage, { cause: 'closed', to: CAPACITIES, by: null });
}
