import { permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { forbidden, invalid, stale } from '#app/platform/outcome.ts';
import { lengthOf, plainText } from '#app/platform/plain-text.ts';
import { type Version, voidSignatures } from '#app/platform/versions.server.ts';
import type { Db, Tx } from '#db/client.server.ts';
import { placementRefusal } from '#db/schema/placements.ts';
import { CAPACITIES, type Capacity, COORDINATORS } from './capacities.ts';
import { closingRefusedMessage, programmeRefusedMessage } from './placement-messages.ts';
import { capacitiesOf, partyOf, tellStay } from './placement-parties.ts';
import { lockPlacement, type Placement } from './placement-scope.ts';
import { placementRules } from './policy.ts';
import { CLOSING, currentClosing, PROGRAMME, pendingProgramme } from './programme-versions.ts';

const COMMENTS_MAX = 4000;

type Refusing = { reference: string; hashShown: string; as: Capacity; comments: string };

/**
 * One of the four sends the programme back to its writers with comments. The signatures it had are voided, visibly; a
 * programme in force before it stands on.
 *
 * @throws Refusal `not-found`, `forbidden`, `stale` when another text is laid, `invalid` without comments
 */
export async function refuseProgramme(db: Db, actor: PersonActor, input: Refusing): Promise<void> {
  await db.transaction(async (tx) => {
    const record = await lockPlacement(tx, actor, input.reference);
    const permitted = permits(placementRules['placements.sign'], actor, record);
    if (!permitted || !capacitiesOf(actor, record).includes(input.as)) throw forbidden();
    const number = await sendBack(tx, actor, record, input, PROGRAMME, await pendingProgramme(tx, record));
    await tellStay(tx, record, programmeRefusedMessage, {
      cause: `programme:${number}:refused`,
      to: CAPACITIES,
      by: actor,
    });
  });
}

/** As `refuseProgramme`, of the closing: report, evaluation and costs can then be changed again. */
export async function refuseClosing(db: Db, actor: PersonActor, input: Refusing): Promise<void> {
  await db.transaction(async (tx) => {
    const record = await lockPlacement(tx, actor, input.reference);
    const permitted = permits(placementRules['placements.signClosing'], actor, record);
    if (!permitted || !capacitiesOf(actor, record).includes(input.as)) throw forbidden();
    if (!COORDINATORS.some((one) => one === input.as)) throw forbidden();
    if (record.state !== 'returned') throw stale('staleState');
    const number = await sendBack(tx, actor, record, input, CLOSING, await currentClosing(tx, record));
    await tellStay(tx, record, closingRefusedMessage, {
      cause: `closing:${number}:refused`,
      to: CAPACITIES,
      by: actor,
    });
  });
}

async function sendBack(
  tx: Tx,
  actor: PersonActor,
  record: Placement,
  input: Refusing,
  subject: string,
  version: Version | null,
): Promise<number> {
  if (!version || version.hash !== input.hashShown) throw stale();
  const comments = plainText(input.comments);
  if (comments === '') throw invalid('invalid', { fields: { comments: ['placements.giveComments'] } });
  if (lengthOf(comments) > COMMENTS_MAX) {
    throw invalid('invalid', { fields: { comments: ['exchanges.textTooLong'] } });
  }
  const party = partyOf(record, input.as);
  await tx.insert(placementRefusal).values({
    placementId: record.id,
    versionId: version.id,
    personId: actor.personId,
    ...party,
    comments,
  });
  await voidSignatures(tx, version.id, 'refused');
  await audit(tx, {
    code: subject === PROGRAMME ? 'placement.refuseProgramme' : 'placement.refuseClosing',
    actor,
    subject: { type: 'placement', id: record.id },
    institutionId: party.institutionId,
    facts: { version: version.number, hash: version.hash, capacity: party.capacity },
  });
  return version.number;
}
