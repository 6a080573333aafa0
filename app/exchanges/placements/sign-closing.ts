import { permits } from '#app/people/access.ts';
import { type PersonActor, system } from '#app/platform/actor.ts';
import { forbidden, invalid, stale } from '#app/platform/outcome.ts';
import { transition } from '#app/platform/transition.server.ts';
import { signaturesOf, signVersion, type Version } from '#app/platform/versions.server.ts';
import { addStayCertificate } from '#app/verification/add-stay-certificate.ts';
import type { Db, Tx } from '#db/client.server.ts';
import { placement } from '#db/schema/placements.ts';
import type { Locale } from '#db/schema/shared.ts';
import { forgetCounts } from '../count-cache.ts';
import { CAPACITIES, type Capacity, COORDINATORS } from './capacities.ts';
import { closedMessage } from './placement-messages.ts';
import { capacitiesOf, partyOf, sidesOfStay, tellStay } from './placement-parties.ts';
import { lockPlacement, type Placement } from './placement-scope.ts';
import { placementRules } from './policy.ts';
import { currentClosing } from './programme-versions.ts';
import { confirmedName, stayCertificate } from './stay-certificate.ts';
import { placementWorkflow } from './workflow.ts';

/**
 * A coordinator signs the closing. With the second signature the portal closes the file and issues the certificate of
 * the stay, in the same transaction.
 *
 * @param input.hashShown hash of the text that was on the screen.
 * @returns whether both have signed now.
 * @throws Refusal `not-found`, `forbidden`, `stale`, `invalid` when the name is no longer confirmed in both scripts
 */
export async function signClosing(
  db: Db,
  actor: PersonActor,
  input: { reference: string; hashShown: string; as: Capacity; locale: Locale },
  now = new Date(),
): Promise<boolean> {
  const complete = await db.transaction(async (tx) => {
    const record = await lockPlacement(tx, actor, input.reference);
    const permitted = permits(placementRules['placements.signClosing'], actor, record);
    if (!permitted || !capacitiesOf(actor, record).includes(input.as)) throw forbidden();
    if (record.state !== 'returned') throw stale('staleState');
    const version = await currentClosing(tx, record);
    if (!version) throw stale();
    const signed = await signVersion(tx, {
      versionId: version.id,
      hashShown: input.hashShown,
      actor,
      ...partyOf(record, input.as),
      locale: input.locale,
      parties: COORDINATORS.map((capacity) => partyOf(record, capacity)),
      now,
    });
    if (signed.complete) await close(tx, record, version, now);
    return signed.complete;
  });
  forgetCounts();
  return complete;
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
