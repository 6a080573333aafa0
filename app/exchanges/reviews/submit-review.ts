import { and, count, eq } from 'drizzle-orm';
import { permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { notify } from '#app/platform/notify.server.ts';
import { invalid, stale } from '#app/platform/outcome.ts';
import { transition } from '#app/platform/transition.server.ts';
import type { Db, Tx } from '#db/client.server.ts';
import { application } from '#db/schema/exchanges.ts';
import { person } from '#db/schema/people.ts';
import { review } from '#db/schema/reviews.ts';
import type { Call } from '../scope.ts';
import { committeeOf } from './committee-people.ts';
import { conflictsOf } from './conflict-queries.ts';
import { reviewRules } from './policy.ts';
import { completeMessage } from './review-messages.ts';
import { lockOwnReview, type ReviewRecord } from './review-scope.ts';
import { reviewWorkflow } from './review-workflow.ts';
import { weightedMean } from './rubric.ts';
import { type ReviewInput, readOpen } from './save-review.ts';
import { type ReadReview, scoreField } from './schemas.ts';

/**
 * Submits a review: every criterion has its grade, and there is a word for the applicant. From then on it counts. The
 * committee is told once the last review of the call is in.
 *
 * @throws Refusal `invalid` naming what is missing, or with `reviews.conflictNow` when a conflict of interest has come
 *   up since the assignment; `stale`, `forbidden`, `not-found`.
 */
export async function submitReview(
  db: Db,
  actor: PersonActor,
  input: ReviewInput,
  now = new Date(),
): Promise<void> {
  await db.transaction(async (tx) => {
    const found = await lockOwnReview(tx, actor, input.reviewId);
    const { record, call } = found;
    // Sent twice, it was submitted by the first: what stands is what was typed.
    if (record.state === 'submitted') throw stale('reviews.alreadySubmitted');
    if (record.revision !== input.revision) throw stale();
    const read = readOpen(found, input);
    const mean = call.rubric ? weightedMean(read.scores, call.rubric) : null;
    requireComplete(found, read);
    await requireNoConflict(tx, found);
    await transition(tx, {
      workflow: reviewWorkflow,
      table: review,
      record,
      name: 'submit',
      actor,
      permitted: permits(reviewRules['reviews.write'], actor, {
        reviewerId: record.reviewerId,
        applicantId: found.application.applicantId,
      }),
      revision: input.revision,
      institutionId: actor.institutionId,
      set: { ...read, mean, submittedAt: now },
      now,
    });
    await tellWhenComplete(tx, call, record.id);
  });
}

function requireComplete({ call }: ReviewRecord, read: ReadReview): void {
  const fields: Record<string, string[]> = {};
  for (const { code } of call.rubric?.criteria ?? []) {
    if (read.scores[code] === undefined) fields[scoreField(code)] = ['reviews.giveScore'];
  }
  if (read.comment === '') fields.comment = ['reviews.giveComment'];
  if (Object.keys(fields).length > 0) throw invalid('reviews.incomplete', { fields });
}

/** The portal may have learnt of a conflict since the assignment: a thesis that began, a laboratory that was entered. */
async function requireNoConflict(tx: Tx, { record, application: about }: ReviewRecord): Promise<void> {
  const reviewers = await tx
    .select({ id: person.id, institutionId: person.institutionId, laboratory: person.laboratory })
    .from(person)
    .where(eq(person.id, record.reviewerId));
  const conflictOf = await conflictsOf(tx, [about.id], reviewers);
  if (conflictOf(about.id, record.reviewerId)) throw invalid('reviews.conflictNow');
}

async function tellWhenComplete(tx: Tx, call: Call, reviewId: string): Promise<void> {
  const [left] = await tx
    .select({ count: count() })
    .from(review)
    .innerJoin(application, eq(application.id, review.applicationId))
    .where(
      and(eq(application.callId, call.id), eq(application.state, 'eligible'), eq(review.state, 'assigned')),
    );
  if (!left || left.count > 0) return;
  await notify(tx, completeMessage, {
    to: await committeeOf(tx, call),
    params: { call: call.reference },
    cause: `call:${call.id}:reviews-complete:${reviewId}`,
  });
}
