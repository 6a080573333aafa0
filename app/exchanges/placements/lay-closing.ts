import type { PersonActor } from '#app/platform/actor.ts';
import { invalid } from '#app/platform/outcome.ts';
import { addVersion } from '#app/platform/versions.server.ts';
import type { Db } from '#db/client.server.ts';
import { COORDINATORS } from './capacities.ts';
import { CLOSING_SCHEMA, closingContent, closingGaps, costsAgainstPlan } from './closing-content.ts';
import { lockForClosing } from './closing-lock.ts';
import { closingLaidMessage } from './placement-messages.ts';
import { capacitiesOf, partyOf, tellStay } from './placement-parties.ts';
import { CLOSING } from './programme-versions.ts';
import { costsOf, plannedCosts } from './record-costs.ts';
import { outputsOf } from './record-outputs.ts';
import { confirmedName } from './stay-certificate.ts';

/**
 * A coordinator of either institution lays the closing before both: report, evaluation, outputs, and what was spent
 * against the signed plan. Until it is signed or sent back nothing of that is changed.
 *
 * @throws Refusal `not-found`, `forbidden`, `stale`, `invalid` naming what is still missing
 */
export async function layClosing(
  db: Db,
  actor: PersonActor,
  input: { reference: string; revision: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    const record = await lockForClosing(tx, actor, input, 'placements.signClosing');
    const costs = costsAgainstPlan(await plannedCosts(tx, record), await costsOf(tx, record.id));
    const name = await confirmedName(tx, record.participantId);
    const [gap] = closingGaps(record, costs, name !== null);
    if (gap) throw invalid(`placements.closingNeeds.${gap}`);
    const [as] = capacitiesOf(actor, record);
    const version = await addVersion(tx, {
      subjectType: CLOSING,
      subjectId: record.id,
      schemaVersion: CLOSING_SCHEMA,
      content: closingContent(record, await outputsOf(tx, record.id), costs),
      createdBy: actor,
      institutionId: as ? partyOf(record, as).institutionId : null,
    });
    await tellStay(tx, record, closingLaidMessage, {
      cause: `closing:${version.number}`,
      to: COORDINATORS,
      by: actor,
    });
  });
}
