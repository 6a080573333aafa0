import { eq } from 'drizzle-orm';
import type { PersonActor } from '#app/platform/actor.ts';
import { notify } from '#app/platform/notify.server.ts';
import { plainText } from '#app/platform/plain-text.ts';
import type { Db } from '#db/client.server.ts';
import { opinion } from '#db/schema/supervision.ts';
import { daysLater, laterOf, TURN_DAYS, todayOn } from './half-year.ts';
import { lockReport } from './lock-report.ts';
import { paramsOf, reportReturned } from './messages.ts';
import { moveReport } from './move-report.ts';
import { homeSideOf } from './queries.ts';

/**
 * A supervisor sends the report back for correction and says why. An opinion already received was about a text that
 * will change: it becomes its author's own draft again, still sealed, to be confirmed on the corrected report.
 *
 * @throws Refusal `not-found`, `forbidden`, `stale`, `invalid` without a reason
 */
export async function returnReport(
  db: Db,
  actor: PersonActor,
  input: { reference: string; number: number; revision: string; reason: string },
  now = new Date(),
): Promise<void> {
  await db.transaction(async (tx) => {
    const found = await lockReport(tx, actor, input.reference, input.number);
    const today = todayOn(homeSideOf(found.members), now);
    const report = await moveReport(tx, found, {
      name: 'return',
      actor,
      revision: input.revision,
      reason: plainText(input.reason),
      set: {
        contentHash: null,
        submittedAt: null,
        submittedBy: null,
        turnDueOn: laterOf(found.report.dueOn, daysLater(today, TURN_DAYS)),
      },
      now,
    });
    await tx.update(opinion).set({ givenAt: null, updatedAt: now }).where(eq(opinion.reportId, report.id));
    await notify(tx, reportReturned, {
      to: found.members.filter((member) => member.role === 'candidate').map((member) => member.personId),
      params: paramsOf(found.thesis.reference, report),
      cause: `progress-report:${report.id}:returned:${report.revision}`,
      institutionId: found.thesis.homeInstitutionId,
    });
  });
}
