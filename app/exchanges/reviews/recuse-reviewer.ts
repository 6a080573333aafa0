import { permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { notify } from '#app/platform/notify.server.ts';
import { stale } from '#app/platform/outcome.ts';
import { transition } from '#app/platform/transition.server.ts';
import type { Db } from '#db/client.server.ts';
import { review } from '#db/schema/reviews.ts';
import { committeeOf } from './committee-people.ts';
import { keepConflict } from './declare-conflict.ts';
import { reviewRules } from './policy.ts';
import { recusedMessage } from './review-messages.ts';
import { lockOwnReview, underReview } from './review-scope.ts';
import { reviewWorkflow } from './review-workflow.ts';

/**
 * A reviewer declares a conflict of interest: the review is theirs no longer, and this applicant is not given to them
 * again. The committee is told, and assigns somebody else.
 *
 * @throws Refusal `invalid` without a reason; `stale` when the review is submitted or taken back; `not-found`.
 */
export async function recuseReviewer(
  db: Db,
  actor: PersonActor,
  input: { reviewId: string; revision: string; reason: string },
  now = new Date(),
): Promise<void> {
  await db.transaction(async (tx) => {
    const found = await lockOwnReview(tx, actor, input.reviewId);
    const { record, application, call } = found;
    if (record.state === 'assigned' && !underReview(found)) throw stale('reviews.over');
    const recused = await transition(tx, {
      workflow: reviewWorkflow,
      table: review,
      record,
      name: 'recuse',
      actor,
      permitted: permits(reviewRules['reviews.write'], actor, {
        reviewerId: record.reviewerId,
        applicantId: application.applicantId,
      }),
      revision: input.revision,
      reason: input.reason,
      institutionId: actor.institutionId,
      now,
    });
    await keepConflict(tx, actor, {
      reviewerId: record.reviewerId,
      applicantId: application.applicantId,
      applicationId: application.id,
      reason: recused.stateReason ?? '',
    });
    await notify(tx, recusedMessage, {
      to: await committeeOf(tx, call, actor.personId),
      params: { call: call.reference },
      cause: `review:${record.id}:${recused.revision}`,
    });
  });
}
