import type { PersonActor } from '#app/platform/actor.ts';
import { canonicalJson } from '#app/platform/canonical.ts';
import { notify } from '#app/platform/notify.server.ts';
import { invalid, stale } from '#app/platform/outcome.ts';
import { addVersion, currentVersion } from '#app/platform/versions.server.ts';
import { step } from '#app/platform/workflow.ts';
import type { Db } from '#db/client.server.ts';
import { DECISION_SCHEMA, decisionContent } from './decision-content.ts';
import { daysLater, TURN_DAYS, todayOn } from './half-year.ts';
import { lockReport } from './lock-report.ts';
import { decisionProposed, paramsOf } from './messages.ts';
import { moveReport } from './move-report.ts';
import { demand, placeOf } from './policy.ts';
import { homeSideOf, REPORT, readableOpinions } from './queries.ts';
import { accepted, type DecisionInput, decisionForm } from './schemas.ts';
import { supervisorsOf } from './supervisors.ts';
import { reportWorkflow } from './workflow.ts';

/**
 * One of the supervisors writes the joint decision, or writes it anew: a version in both languages that both then sign.
 * A new version voids the signature given on the former one.
 *
 * @throws Refusal `not-found`, `forbidden`, `stale`, `invalid` (also when nothing was changed)
 */
export async function proposeDecision(
  db: Db,
  actor: PersonActor,
  input: { reference: string; number: number; revision: string } & DecisionInput,
  now = new Date(),
): Promise<void> {
  await db.transaction(async (tx) => {
    const found = await lockReport(tx, actor, input.reference, input.number);
    const { thesis, report, members } = found;
    demand('supervision.decide', actor, found);
    if (report.revision !== input.revision) throw stale();
    const name = report.state === 'decision-proposed' ? 'revise' : 'propose';
    if (!step(reportWorkflow, name, report.state)) throw stale('staleState');

    const opinions = await readableOpinions(tx, actor, report.id);
    const content = decisionContent(thesis.reference, report, opinions, accepted(decisionForm, input));
    const former = await currentVersion(tx, REPORT, report.id);
    if (former && canonicalJson(former.content) === canonicalJson(content)) {
      throw invalid('supervision.decisionUnchanged');
    }
    const version = await addVersion(tx, {
      subjectType: REPORT,
      subjectId: report.id,
      schemaVersion: DECISION_SCHEMA,
      content,
      createdBy: actor,
      institutionId: placeOf(actor, found)?.institutionId ?? null,
    });
    const proposed = await moveReport(tx, found, {
      name,
      actor,
      set: {
        decisionVersionId: version.id,
        turnDueOn: daysLater(todayOn(homeSideOf(members), now), TURN_DAYS),
      },
      facts: { version: version.number, hash: version.hash },
      now,
    });
    await notify(tx, decisionProposed, {
      to: supervisorsOf(members)
        .map((member) => member.personId)
        .filter((personId) => personId !== actor.personId),
      params: paramsOf(thesis.reference, proposed),
      cause: `version:${version.id}:proposed`,
      institutionId: thesis.homeInstitutionId,
    });
  });
}
