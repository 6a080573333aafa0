import { and, eq, ne } from 'drizzle-orm';
import { validate as isUuid } from 'uuid';
import { permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { forbidden, notFound } from '#app/platform/outcome.ts';
import type { DbOrTx, Tx } from '#db/client.server.ts';
import { application, call } from '#db/schema/exchanges.ts';
import { review } from '#db/schema/reviews.ts';
import { type Application, type Call, findCall, lockCall } from '../scope.ts';
import { reviewRules } from './policy.ts';

export type Review = typeof review.$inferSelect;

/** A review with what it is about. */
export type ReviewRecord = { record: Review; application: Application; call: Call };

/**
 * A call for those who sit on its selection committee.
 *
 * @throws Refusal `not-found` out of scope, `forbidden` to everybody else who sees the call, and to whoever applied.
 */
export async function committeeCall(db: DbOrTx, actor: PersonActor, reference: string): Promise<Call> {
  const found = await findCall(db, actor, reference);
  await requireCommittee(db, actor, found);
  return found;
}

/** As `committeeCall`, held until the transaction ends, so that two members of the committee take turns. */
export async function lockCommitteeCall(tx: Tx, actor: PersonActor, reference: string): Promise<Call> {
  const found = await lockCall(tx, actor, reference);
  await requireCommittee(tx, actor, found);
  return found;
}

async function requireCommittee(db: DbOrTx, actor: PersonActor, found: Call): Promise<void> {
  const [own] = await db
    .select({ id: application.id })
    .from(application)
    .where(
      and(
        eq(application.callId, found.id),
        eq(application.applicantId, actor.personId),
        ne(application.state, 'draft'),
      ),
    );
  const seen = { ...found, applied: own !== undefined };
  if (permits(reviewRules['reviews.manage'], actor, seen)) return;
  const wouldSit = permits(reviewRules['reviews.manage'], actor, { ...seen, applied: false });
  throw forbidden(wouldSit ? 'reviews.ownCall' : 'forbidden');
}

/**
 * A review of the actor's own, with its application and call.
 *
 * @throws Refusal `not-found` when it is somebody else's: the two must look the same; `forbidden` to whoever reviews no
 * longer.
 */
export async function ownReview(db: DbOrTx, actor: PersonActor, reviewId: string): Promise<ReviewRecord> {
  return requireReviewer(actor, await reviewRow(db, actor, reviewId));
}

/** As `ownReview`, held until the transaction ends. */
export async function lockOwnReview(tx: Tx, actor: PersonActor, reviewId: string): Promise<ReviewRecord> {
  const found = await reviewRow(tx, actor, reviewId);
  const [held] = await tx.select().from(review).where(eq(review.id, found.record.id)).for('update');
  if (!held) throw notFound();
  return requireReviewer(actor, { ...found, record: held });
}

async function reviewRow(db: DbOrTx, actor: PersonActor, reviewId: string): Promise<ReviewRecord> {
  if (!isUuid(reviewId)) throw notFound();
  const [row] = await db
    .select({ record: review, application, call })
    .from(review)
    .innerJoin(application, eq(application.id, review.applicationId))
    .innerJoin(call, eq(call.id, application.callId))
    .where(and(eq(review.id, reviewId), eq(review.reviewerId, actor.personId)));
  if (!row) throw notFound();
  return row;
}

function requireReviewer(actor: PersonActor, row: ReviewRecord): ReviewRecord {
  const who = { reviewerId: row.record.reviewerId, applicantId: row.application.applicantId };
  if (!permits(reviewRules['reviews.write'], actor, who)) throw forbidden();
  return row;
}

/**
 * A review of a call the caller has locked as a member of its committee, held.
 *
 * @throws Refusal `not-found` when the review is of another call.
 */
export async function lockReviewOf(
  tx: Tx,
  found: Call,
  reviewId: string,
): Promise<{ record: Review; application: Application }> {
  if (!isUuid(reviewId)) throw notFound();
  const [row] = await tx
    .select({ record: review, application })
    .from(review)
    .innerJoin(application, eq(application.id, review.applicationId))
    .where(and(eq(review.id, reviewId), eq(application.callId, found.id)))
    .for('update', { of: review });
  if (!row) throw notFound();
  return row;
}

/** Whether the committee is at work and this application still before it: only then are reviews written. */
export const underReview = (of: { application: Pick<Application, 'state'>; call: Pick<Call, 'state'> }) =>
  of.call.state === 'in-review' && of.application.state === 'eligible';
