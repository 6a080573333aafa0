import { and, eq, inArray, isNull, lt, or } from 'drizzle-orm';
import { validate as isUuid, v7 as uuidv7 } from 'uuid';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { notify } from '#app/platform/notify.server.ts';
import { invalid, notFound } from '#app/platform/outcome.ts';
import type { Db } from '#db/client.server.ts';
import { application } from '#db/schema/exchanges.ts';
import { review } from '#db/schema/reviews.ts';
import { reminderMessage } from './review-messages.ts';
import { lockCommitteeCall } from './review-scope.ts';

/** A reviewer is reminded once in so many hours, however often the button is pressed. */
const PAUSE_HOURS = 24;

/**
 * The committee reminds those whose reviews are missing: of one application, or of the whole call. Whoever was reminded
 * within a day is left in peace.
 *
 * @throws Refusal `invalid` when there is nobody to remind; `not-found`, `forbidden`.
 */
export async function remindReviewers(
  db: Db,
  actor: PersonActor,
  input: { reference: string; applicationId?: string },
  now = new Date(),
): Promise<{ count: number }> {
  return db.transaction(async (tx) => {
    const found = await lockCommitteeCall(tx, actor, input.reference);
    if (input.applicationId !== undefined && !isUuid(input.applicationId)) throw notFound();
    const earliest = new Date(now.getTime() - PAUSE_HOURS * 3_600_000);
    const before = tx
      .select({ id: application.id })
      .from(application)
      .where(
        and(
          eq(application.callId, found.id),
          eq(application.state, 'eligible'),
          input.applicationId ? eq(application.id, input.applicationId) : undefined,
        ),
      );
    const reminded = await tx
      .update(review)
      .set({ remindedAt: now })
      .where(
        and(
          inArray(review.applicationId, before),
          eq(review.state, 'assigned'),
          or(isNull(review.remindedAt), lt(review.remindedAt, earliest)),
        ),
      )
      .returning({ reviewerId: review.reviewerId });
    const people = [...new Set(reminded.map((one) => one.reviewerId))];
    if (people.length === 0) throw invalid('reviews.nobodyToRemind');
    await notify(tx, reminderMessage, {
      to: people,
      params: { call: found.reference },
      cause: `call:${found.id}:reminder:${uuidv7()}`,
      institutionId: actor.institutionId,
    });
    await audit(tx, {
      code: 'review.remind',
      actor,
      subject: { type: 'call', id: found.id },
      institutionId: actor.institutionId,
      facts: { reviewers: people.length },
    });
    return { count: people.length };
  });
}
