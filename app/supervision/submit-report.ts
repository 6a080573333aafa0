import type { PersonActor } from '#app/platform/actor.ts';
import { contentHash } from '#app/platform/canonical.ts';
import { notify } from '#app/platform/notify.server.ts';
import { stale } from '#app/platform/outcome.ts';
import type { Db } from '#db/client.server.ts';
import { daysLater, laterOf, TURN_DAYS, todayOn } from './half-year.ts';
import { lockReport } from './lock-report.ts';
import { paramsOf, reportSubmitted } from './messages.ts';
import { moveReport } from './move-report.ts';
import { demand } from './policy.ts';
import { homeSideOf } from './queries.ts';
import { accepted, type ReportInput, reportForm } from './schemas.ts';
import { supervisorsOf } from './supervisors.ts';

/**
 * The candidate hands the report in. What stands in the form is what is submitted: its hash is kept, and opinions and
 * decision name it. Both supervisors are told.
 *
 * @throws Refusal `not-found`, `forbidden`, `stale`, `invalid`
 */
export async function submitReport(
  db: Db,
  actor: PersonActor,
  input: { reference: string; number: number; revision: string; texts: ReportInput },
  now = new Date(),
): Promise<void> {
  await db.transaction(async (tx) => {
    const found = await lockReport(tx, actor, input.reference, input.number);
    demand('supervision.report', actor, found);
    if (found.report.state !== 'draft') throw stale('staleState');
    const texts = accepted(reportForm, input.texts);
    const { year, half, dueOn } = found.report;
    const hash = contentHash({ thesis: found.thesis.reference, year, half, ...texts });
    const today = todayOn(homeSideOf(found.members), now);
    const report = await moveReport(tx, found, {
      name: 'submit',
      actor,
      revision: input.revision,
      set: {
        ...texts,
        contentHash: hash,
        submittedAt: now,
        submittedBy: actor.personId,
        turnDueOn: laterOf(dueOn, daysLater(today, TURN_DAYS)),
      },
      facts: { hash, late: today > dueOn },
      now,
    });
    await notify(tx, reportSubmitted, {
      to: supervisorsOf(found.members).map((member) => member.personId),
      params: paramsOf(found.thesis.reference, report),
      cause: `progress-report:${report.id}:submitted:${report.revision}`,
      institutionId: found.thesis.homeInstitutionId,
    });
  });
}
