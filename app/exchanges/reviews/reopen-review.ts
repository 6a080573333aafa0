import type { PersonActor } from '#app/platform/actor.ts';
import { notify } from '#app/platform/notify.server.ts';
import { stale } from '#app/platform/outcome.ts';
import { transition } from '#app/platform/transition.server.ts';
import type { Db } from '#db/client.server.ts';
import { review } from '#db/schema/reviews.ts';
import type { ReviewDecision } from './release-review.ts';
import { reopenedMessage } from './review-messages.ts';
import { lockCommitteeCall, lockReviewOf, underReview } from './review-scope.ts';
import { reviewWorkflow } from './review-workflow.ts';

/**
 * The committee hands a submitted review back to its reviewer, with the reason; until it is submitted again it counts
 * as missing, and a ranking fixed on it can no longer be signed.
 *
 * @throws Refusal `invalid` without a reason; `stale` when the call is decided; `not-found`, `forbidden`.
 */
export async function reopenReview(
  db: Db,
  actor: PersonActor,
  input: ReviewDecision & { reason: string },
  now = new Date(),
): Promise<void> {
  await db.transaction(async (tx) => {
    const found = await lockCommitteeCall(tx, actor, input.reference);
    const { record, application } = await lockReviewOf(tx, found, input.reviewId);
    if (!underReview({ call: found, application })) throw stale('staleState');
    const reopened = await transition(tx, {
      workflow: reviewWorkflow,
      table: review,
      record,
      name: 'reopen',
      actor,
      // `lockCommitteeCall` has asked the right.
      permitted: true,
      revision: input.revision,
      reason: input.reason,
      institutionId: actor.institutionId,
      set: { submittedAt: null, mean: null, remindedAt: null },
      now,
    });
    await notify(tx, reopenedMessage, {
      to: [record.reviewerId],
      params: { call: found.reference },
      cause: `review:${record.id}:${reopened.revision}`,
      institutionId: actor.institutionId,
    });
  });
}
