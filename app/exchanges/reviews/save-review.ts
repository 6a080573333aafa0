import { and, eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { PersonActor } from '#app/platform/actor.ts';
import { canonicalJson } from '#app/platform/canonical.ts';
import { stale } from '#app/platform/outcome.ts';
import type { Db, Tx } from '#db/client.server.ts';
import { review } from '#db/schema/reviews.ts';
import { lockOwnReview, type Review, type ReviewRecord, underReview } from './review-scope.ts';
import { type ReadReview, readReview, type TypedReview } from './schemas.ts';

/** What the form of a review sends. */
export type ReviewInput = { reviewId: string; revision: string; typed: TypedReview };

/**
 * Saves a review, however little of it is filled in; nobody else reads it until it is submitted.
 *
 * @throws Refusal `stale` when it was changed elsewhere meanwhile, is no longer the reviewer's to write, or the
 *   application is no longer under review; `invalid` naming the fields; `not-found`.
 */
export async function saveReview(db: Db, actor: PersonActor, input: ReviewInput): Promise<void> {
  await db.transaction(async (tx) => {
    const found = await lockOwnReview(tx, actor, input.reviewId);
    const read = readOpen(found, input);
    if (same(found.record, read)) return;
    if (found.record.revision !== input.revision) throw stale();
    await write(tx, found.record, read);
  });
}

/**
 * What was typed into a review that can still be written.
 *
 * @throws Refusal `stale`, `invalid`
 */
export function readOpen(found: ReviewRecord, input: Pick<ReviewInput, 'typed'>): ReadReview {
  const { rubric } = found.call;
  if (found.record.state !== 'assigned' || !rubric) throw stale('staleState');
  if (!underReview(found)) throw stale('reviews.over');
  return readReview(rubric, input.typed);
}

async function write(tx: Tx, record: Review, read: ReadReview): Promise<void> {
  const [saved] = await tx
    .update(review)
    .set({ ...read, revision: uuidv7() })
    .where(and(eq(review.id, record.id), eq(review.state, 'assigned')))
    .returning({ id: review.id });
  if (!saved) throw stale();
}

/** A form sent twice changes nothing and is no conflict. */
const same = (record: Review, read: ReadReview) =>
  record.comment === read.comment &&
  record.confidential === read.confidential &&
  canonicalJson(record.scores) === canonicalJson(read.scores);
