import { and, eq, inArray } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { permits } from '#app/people/access.ts';
import { type PersonActor, system } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { instantOf } from '#app/platform/local-instant.ts';
import { notify } from '#app/platform/notify.server.ts';
import { invalid, stale } from '#app/platform/outcome.ts';
import { transition } from '#app/platform/transition.server.ts';
import type { Db, Tx } from '#db/client.server.ts';
import { application, call } from '#db/schema/exchanges.ts';
import { review } from '#db/schema/reviews.ts';
import { callWorkflow } from '../calls/call-workflow.ts';
import { exchangeRules } from '../policy.ts';
import type { Call } from '../scope.ts';
import type { Seat } from './assign-balanced.ts';
import { reviewersFor } from './conflict-queries.ts';
import { assignedMessage } from './review-messages.ts';
import { lockCommitteeCall } from './review-scope.ts';
import { reviewWorkflow } from './review-workflow.ts';

/** Reviews are due at this hour of the city in whose clock the call's deadline was set. */
export const DUE_HOUR = '18:00';

/**
 * The committee gives applications their reviewers, by hand or as the portal proposed: all of them or none. The first
 * assignment begins the committee's work on the call. Reviewers are told.
 *
 * @param input.dueOn last day for the reviews, a calendar date.
 * @throws Refusal `invalid` for a conflict of interest, somebody who is no reviewer, a date that does not fit, or a
 *   call that still takes applications; `stale` where an application is no longer eligible or has that reviewer already.
 */
export async function assignReviewers(
  db: Db,
  actor: PersonActor,
  input: { reference: string; seats: readonly Seat[]; dueOn: string },
  now = new Date(),
): Promise<{ count: number }> {
  return db.transaction(async (tx) => {
    const found = await lockCommitteeCall(tx, actor, input.reference);
    requireOpenCommittee(found);
    if (input.seats.length === 0)
      throw invalid('invalid', { fields: { reviewer: ['reviews.nobodyChosen'] } });
    const dueAt = dueInstant(found, input.dueOn, now);
    await checkSeats(tx, found, input.seats);
    const assigned = await seat(tx, actor, found, input.seats, dueAt, now);
    if (found.state === 'closed') await beginReview(tx, found, now);
    await notify(tx, assignedMessage, {
      to: input.seats.map((one) => one.reviewerId),
      params: { call: found.reference },
      cause: `call:${found.id}:assigned:${uuidv7()}`,
      institutionId: actor.institutionId,
    });
    return { count: assigned };
  });
}

/**
 * @throws Refusal `invalid` while the call still takes applications or asks for no reviews; `stale` once it is decided.
 */
export function requireOpenCommittee(found: Pick<Call, 'state' | 'reviewersPerApplication'>): void {
  if (found.reviewersPerApplication === 0) throw invalid('reviews.noReviews');
  if (found.state === 'published') throw invalid('reviews.callOpen');
  if (found.state !== 'closed' && found.state !== 'in-review') throw stale('staleState');
}

function dueInstant(found: Call, dueOn: string, now: Date): Date {
  const dueAt = instantOf(`${dueOn}T${DUE_HOUR}`, found.deadlineZone);
  const wrong = (reason: string) => invalid('invalid', { fields: { dueOn: [reason] } });
  if (!dueAt) throw wrong('date');
  if (dueAt <= now) throw wrong('reviews.duePast');
  if (dueAt > found.nominateBy) throw wrong('reviews.dueTooLate');
  return dueAt;
}

async function checkSeats(tx: Tx, found: Call, seats: readonly Seat[]): Promise<void> {
  const ids = [...new Set(seats.map((one) => one.applicationId))];
  const rows = await tx
    .select({ id: application.id, state: application.state })
    .from(application)
    .where(and(eq(application.callId, found.id), inArray(application.id, ids)))
    .orderBy(application.id)
    .for('update');
  if (rows.length < ids.length || rows.some((row) => row.state !== 'eligible'))
    throw stale('reviews.notEligible');
  const { reviewers, conflictOf } = await reviewersFor(tx, ids);
  for (const { applicationId, reviewerId } of seats) {
    if (!reviewers.some((one) => one.id === reviewerId))
      throw invalid('invalid', { fields: { reviewer: ['reviews.notReviewer'] } });
    const conflict = conflictOf(applicationId, reviewerId);
    if (conflict) throw invalid('invalid', { fields: { reviewer: [`reviews.conflict.${conflict}`] } });
  }
}

async function seat(
  tx: Tx,
  actor: PersonActor,
  found: Call,
  seats: readonly Seat[],
  dueAt: Date,
  now: Date,
): Promise<number> {
  const earlier = await tx
    .select()
    .from(review)
    .where(
      inArray(
        review.applicationId,
        seats.map((one) => one.applicationId),
      ),
    )
    .for('update');
  const columns = { assignedBy: actor.personId, assignedAt: now, dueAt };
  for (const { applicationId, reviewerId } of seats) {
    const before = earlier.find(
      (one) => one.applicationId === applicationId && one.reviewerId === reviewerId,
    );
    if (before?.state === 'recused')
      throw invalid('invalid', { fields: { reviewer: ['reviews.conflict.declared'] } });
    if (before && before.state !== 'released') throw stale('reviews.alreadyAssigned');
    if (before) {
      await transition(tx, {
        workflow: reviewWorkflow,
        table: review,
        record: before,
        name: 'reassign',
        actor,
        // `lockCommitteeCall` has asked the right.
        permitted: true,
        institutionId: actor.institutionId,
        set: { ...columns, remindedAt: null },
        facts: { application: applicationId },
        now,
      });
      continue;
    }
    const [added] = await tx
      .insert(review)
      .values({ ...columns, applicationId, reviewerId, stateAt: now, stateBy: actor.personId })
      .onConflictDoNothing({ target: [review.applicationId, review.reviewerId] })
      .returning({ id: review.id });
    if (!added) throw stale('reviews.alreadyAssigned');
    await audit(tx, {
      code: 'review.assign',
      actor,
      subject: { type: reviewWorkflow.subject, id: added.id },
      institutionId: actor.institutionId,
      facts: { call: found.reference, application: applicationId },
    });
  }
  return seats.length;
}

/** What follows from the first assignment is the system's pen. */
async function beginReview(tx: Tx, record: Call, now: Date): Promise<void> {
  const actor = system('calls.reviews');
  const permitted = permits(exchangeRules['calls.review'], actor, null);
  await transition(tx, {
    workflow: callWorkflow,
    table: call,
    record,
    name: 'beginReview',
    actor,
    permitted,
    now,
  });
}
