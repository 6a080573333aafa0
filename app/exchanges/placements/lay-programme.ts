import type { PersonActor } from '#app/platform/actor.ts';
import { canonicalJson } from '#app/platform/canonical.ts';
import { invalid } from '#app/platform/outcome.ts';
import { lengthOf } from '#app/platform/plain-text.ts';
import { addVersion, currentVersion } from '#app/platform/versions.server.ts';
import type { Db } from '#db/client.server.ts';
import { CAPACITIES } from './capacities.ts';
import { demandPassport } from './outlives-passport.ts';
import { programmeLaidMessage } from './placement-messages.ts';
import { capacitiesOf, partyOf, tellStay } from './placement-parties.ts';
import { contentOf, PROGRAMME_SCHEMA } from './programme-content.ts';
import { PROGRAMME } from './programme-versions.ts';
import { keepProgramme, type ProgrammeInput } from './save-programme.ts';

const REASON_MAX = 2000;

/**
 * Keeps the programme and lays it before all four for signing: a version. Signatures given on one that was not in force
 * yet are voided; a signed programme stands until all four have signed its amendment, which needs a reason.
 *
 * @throws Refusal `not-found`, `forbidden`, `stale`, `invalid` naming what is missing, or when nothing was changed
 */
export async function layProgramme(
  db: Db,
  actor: PersonActor,
  input: ProgrammeInput & { reason?: string | undefined },
): Promise<void> {
  await db.transaction(async (tx) => {
    const { record, draft } = await keepProgramme(tx, actor, input);
    const content = contentOf(record, draft);
    const amendment = record.programmeVersionId !== null;
    const reason = input.reason?.trim() || null;
    if (amendment && !reason) {
      throw invalid('reasonRequired', { fields: { reason: ['placements.giveReason'] } });
    }
    if (reason && lengthOf(reason) > REASON_MAX) {
      throw invalid('invalid', { fields: { reason: ['exchanges.textTooLong'] } });
    }
    await demandPassport(tx, record, content.endsOn, 'endsOn');
    const former = await currentVersion(tx, PROGRAMME, record.id);
    if (former && canonicalJson(former.content) === canonicalJson(content)) {
      throw invalid('placements.nothingChanged');
    }
    const [as] = capacitiesOf(actor, record);
    const version = await addVersion(tx, {
      subjectType: PROGRAMME,
      subjectId: record.id,
      schemaVersion: PROGRAMME_SCHEMA,
      content,
      createdBy: actor,
      institutionId: as ? partyOf(record, as).institutionId : null,
      reason: amendment ? reason : null,
      standing: amendment,
    });
    await tellStay(tx, record, programmeLaidMessage, {
      cause: `programme:${version.number}`,
      to: CAPACITIES,
      by: actor,
    });
  });
}
