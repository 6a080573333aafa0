import type { PersonActor } from '#app/platform/actor.ts';
import { notify } from '#app/platform/notify.server.ts';
import { transition } from '#app/platform/transition.server.ts';
import type { Db } from '#db/client.server.ts';
import { review } from '#db/schema/reviews.ts';
import { releasedMessage } from './review-messages.ts';
import { lockCommitteeCall, lockReviewOf } from './review-scope.ts';
import { reviewWorkflow } from './review-workflow.ts';

/** Which review of which call, as the form showed it. */
export type ReviewDecision = { reference: string; reviewId: string; revision: string };

/**
 * The committee takes an assignment back; what the reviewer saved stays with the row and counts for nothing.
 *
 * @throws Refusal `stale` when the review was submitted or taken back meanwhile; `not-found`, `forbidden`.
 */
export async function releaseReview(
  db: Db,
  actor: PersonActor,
  input: ReviewDecision,
  now = new Date(),
): Promise<void> {
  await db.transaction(async (tx) => {
    const found = await lockCommitteeCall(tx, actor, input.reference);
    const { record } = await lockReviewOf(tx, found, input.reviewId);
    const released = await transition(tx, {
      workflow: reviewWorkflow,
      table: review,
      record,
      name: 'release',
      actor,
      // `lockCommitteeCall` has asked the right.
      permitted: true,
      revision: input.revision,
      institutionId: actor.institutionId,
      now,
    });
    await notify(tx, releasedMessage, {
      to: [record.reviewerId],
      params: { call: found.reference },
      cause: `review:${record.id}:${released.revision}`,
      institutionId: actor.institutionId,
    });
  });
}
