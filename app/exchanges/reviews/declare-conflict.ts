import { and, eq, inArray } from 'drizzle-orm';
import { validate as isUuid } from 'uuid';
import { reviewersToday } from '#app/people/reviewer-queries.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { invalid, notFound } from '#app/platform/outcome.ts';
import type { Db, Tx } from '#db/client.server.ts';
import { application } from '#db/schema/exchanges.ts';
import { review, reviewConflict } from '#db/schema/reviews.ts';
import { lockCommitteeCall } from './review-scope.ts';
import { reasonSchema } from './schemas.ts';

/**
 * The committee records a conflict of interest it knows of: this reviewer is not given this applicant from now on, in
 * this call or another.
 *
 * @throws Refusal `invalid` without a reason, or while the reviewer still has the application; `not-found`, `forbidden`.
 */
export async function declareConflict(
  db: Db,
  actor: PersonActor,
  input: { reference: string; applicationId: string; reviewerId: string; reason: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    const found = await lockCommitteeCall(tx, actor, input.reference);
    if (!isUuid(input.applicationId)) throw notFound();
    const [about] = await tx
      .select()
      .from(application)
      .where(and(eq(application.id, input.applicationId), eq(application.callId, found.id)));
    if (!about) throw notFound();
    const fields: Record<string, string[]> = {};
    const reviewers = await reviewersToday(tx);
    if (!reviewers.some((one) => one.id === input.reviewerId)) fields.conflicted = ['reviews.notReviewer'];
    const reason = reasonSchema.safeParse(input.reason);
    if (!reason.success) fields.conflictReason = [reason.error.issues[0]?.message ?? 'reasonRequired'];
    if (Object.keys(fields).length > 0) throw invalid('invalid', { fields });
    const [standing] = await tx
      .select({ id: review.id })
      .from(review)
      .where(
        and(
          eq(review.applicationId, about.id),
          eq(review.reviewerId, input.reviewerId),
          inArray(review.state, ['assigned', 'submitted']),
        ),
      );
    if (standing) throw invalid('invalid', { fields: { conflicted: ['reviews.releaseFirst'] } });
    await keepConflict(tx, actor, {
      reviewerId: input.reviewerId,
      applicantId: about.applicantId,
      applicationId: about.id,
      reason: reason.data ?? '',
    });
  });
}

/** Keeps a conflict once: the same pair declared again changes nothing. */
export async function keepConflict(
  tx: Tx,
  actor: PersonActor,
  of: { reviewerId: string; applicantId: string; applicationId: string; reason: string },
): Promise<void> {
  const { applicationId, ...columns } = of;
  const [added] = await tx
    .insert(reviewConflict)
    .values({ ...columns, declaredBy: actor.personId })
    .onConflictDoNothing({ target: [reviewConflict.reviewerId, reviewConflict.applicantId] })
    .returning({ id: reviewConflict.id });
  if (!added) return;
  await audit(tx, {
    code: 'review.conflict',
    actor,
    subject: { type: 'application', id: applicationId },
    institutionId: actor.institutionId,
    facts: { reviewer: of.reviewerId },
  });
}
