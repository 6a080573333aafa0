import { permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { notify } from '#app/platform/notify.server.ts';
import { forbidden, invalid, stale } from '#app/platform/outcome.ts';
import type { Db } from '#db/client.server.ts';
import { refusedMessage } from './messages.ts';
import { moveEnrolment } from './move-enrolment.ts';
import { trainingRules } from './policy.ts';
import { closesAt } from './run-clock.ts';
import { enrolmentInScope, lockRun, parties } from './scope.ts';
import { seatWaiting } from './seat-waiting.ts';

export type Decision = 'agree' | 'accept-evidence' | 'decline-sponsorship' | 'refuse-evidence';

/**
 * A coordinator answers what an enrolment asks: to be sponsored, or that evidence stands for a certificate. With the
 * last answer the person enters the queue, at the place of their arrival.
 *
 * @throws Refusal `not-found`, `forbidden`, `stale`, `invalid` without a reason where one is needed
 */
export async function decideRequest(
  db: Db,
  actor: PersonActor,
  input: { reference: string; enrolmentId: string; revision: string; decision: Decision; reason: string },
  now = new Date(),
): Promise<void> {
  await db.transaction(async (tx) => {
    const run = await lockRun(tx, input);
    const record = await enrolmentInScope(tx, actor, run, input.enrolmentId);
    const { decision } = input;
    const sponsors = decision === 'agree' || decision === 'decline-sponsorship';
    const right = sponsors ? 'training.sponsor' : 'training.evidence';
    if (!permits(trainingRules[right], actor, parties(run, record))) throw forbidden();
    const answered = sponsors ? record.sponsoredAt : record.evidenceAcceptedAt;
    if (answered) throw stale('staleState');
    const agreed = decision === 'agree' || decision === 'accept-evidence';
    if (agreed && now >= closesAt(run, run.timeZone)) throw invalid('training.closed');
    const moved = await moveEnrolment(tx, run, record, {
      name: decision,
      actor,
      revision: input.revision,
      reason: input.reason,
      set:
        decision === 'agree'
          ? { sponsoredAt: now, sponsoredBy: actor.personId }
          : decision === 'accept-evidence'
            ? { evidenceAcceptedAt: now, evidenceAcceptedBy: actor.personId }
            : {},
      now,
    });
    if (moved.state === 'refused') {
      await notify(tx, refusedMessage, {
        to: [record.personId],
        params: { reference: run.reference },
        cause: `enrolment:${record.id}:refused`,
        institutionId: record.institutionId,
      });
      return;
    }
    const open =
      (moved.sponsorNeeded && !moved.sponsoredAt) || (moved.evidenceNeeded && !moved.evidenceAcceptedAt);
    if (!open) await seatWaiting(tx, run, now, moved);
  });
}
