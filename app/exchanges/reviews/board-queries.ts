import { eq, inArray } from 'drizzle-orm';
import { namesOf } from '#app/people/queries.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { notFound } from '#app/platform/outcome.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { review, reviewConflict } from '#db/schema/reviews.ts';
import { assignBalanced, seatKey } from './assign-balanced.ts';
import { reviewersFor } from './conflict-queries.ts';
import type { Conflict } from './conflicts.ts';
import { calendarDateIn } from './due-date.ts';
import { rankSide, type Standing } from './ranking.ts';
import { placesOf } from './ranking-content.ts';
import { committeeCall } from './review-scope.ts';
import {
  type Candidate,
  candidatesOf,
  type ReviewRow,
  reviewsOf,
  standingsFrom,
} from './standing-queries.ts';

/** An assignment that stands: with the reviewer, or submitted. */
export const stands = (one: Pick<ReviewRow, 'state'>) =>
  one.state === 'assigned' || one.state === 'submitted';

export type BoardRow = Candidate & {
  standing: Standing;
  tied: boolean;
  /** How many reviews the call asks for beyond those assigned. */
  unassigned: number;
  reviews: ReviewRow[];
};

/**
 * The committee's board of a call: every eligible application with its reviewers and what their reviews come to, the
 * best first within each side, those without a score last; and how far the reviews are.
 *
 * @throws Refusal `not-found`, `forbidden`
 */
export async function reviewBoard(db: DbOrTx, actor: PersonActor, reference: string, now: Date) {
  const found = await committeeCall(db, actor, reference);
  const candidates = await candidatesOf(db, found.id);
  const reviews = await reviewsOf(
    db,
    candidates.map((one) => one.id),
  );
  const standings = standingsFrom(candidates, reviews, found.reviewersPerApplication);
  const byApplication = Map.groupBy(reviews, (one) => one.applicationId);
  const sides = placesOf(found).map(({ side, places }) => {
    const own = standings.filter((one) => one.hostSide === side);
    // Without places nobody is cut off: the board orders and marks ties, the protocol decides.
    const ranked = rankSide(own, { places: own.length, reserve: 0 }).rows;
    const order = [...ranked, ...own.filter((one) => one.score === null)];
    const rows = order.flatMap((standing): BoardRow[] => {
      const candidate = candidates.find((one) => one.id === standing.applicationId);
      if (!candidate) return [];
      const given = byApplication.get(candidate.id) ?? [];
      const tied = 'tied' in standing && standing.tied === true;
      const unassigned = Math.max(0, found.reviewersPerApplication - given.filter(stands).length);
      return [{ ...candidate, standing, tied, unassigned, reviews: given }];
    });
    return { side, places, rows };
  });
  const open = new Set(candidates.filter((one) => one.state === 'eligible').map((one) => one.id));
  const standing = reviews.filter((one) => stands(one) && open.has(one.applicationId));
  const waiting = standing.filter((one) => one.state === 'assigned');
  const overdue = waiting.filter((one) => one.dueAt < now);
  return {
    call: found,
    sides,
    progress: {
      submitted: standing.filter((one) => one.state === 'submitted').length,
      waiting: waiting.length - overdue.length,
      overdue: overdue.length,
      unassigned: sides.flatMap((side) => side.rows).reduce((sum, row) => sum + row.unassigned, 0),
    },
    /** Reviewers may be assigned now: applications are in, and the ranking is not signed. */
    open: found.reviewersPerApplication > 0 && (found.state === 'closed' || found.state === 'in-review'),
  };
}

/**
 * What the portal proposes: every application filled up, evenly and without conflicts. Nothing is assigned by it.
 *
 * @throws Refusal `not-found`, `forbidden`
 */
export async function balanceProposal(db: DbOrTx, actor: PersonActor, reference: string, now: Date) {
  const found = await committeeCall(db, actor, reference);
  const candidates = (await candidatesOf(db, found.id)).filter((one) => one.state === 'eligible');
  const ids = candidates.map((one) => one.id);
  const [reviews, { reviewers, conflictOf }] = await Promise.all([reviewsOf(db, ids), reviewersFor(db, ids)]);
  const conflicts = new Set<string>();
  for (const id of ids) {
    for (const reviewer of reviewers) {
      if (conflictOf(id, reviewer.id)) conflicts.add(seatKey(id, reviewer.id));
    }
  }
  const { seats, short } = assignBalanced({
    applications: candidates.map((one) => ({
      id: one.id,
      reviewers: reviews
        .filter((row) => row.applicationId === one.id && stands(row))
        .map((row) => row.reviewerId),
    })),
    reviewers: reviewers.map((one) => one.id),
    perApplication: found.reviewersPerApplication,
    conflicts,
  });
  const before = loadsOf(reviews);
  const added = Map.groupBy(seats, (one) => one.reviewerId);
  return {
    call: found,
    candidates,
    seats,
    short,
    dueOn: defaultDueOn(found, now),
    reviewers: reviewers.map((one) => ({
      ...one,
      before: before.get(one.id) ?? 0,
      added: added.get(one.id)?.length ?? 0,
    })),
    conflicts: conflicts.size,
  };
}

/**
 * One application as the committee sees it: every review with its text, who else could review, and who could not and
 * why.
 *
 * @throws Refusal `not-found`, `forbidden`
 */
export async function committeeApplication(
  db: DbOrTx,
  actor: PersonActor,
  of: { call: string; application: string },
  now: Date,
) {
  const found = await committeeCall(db, actor, of.call);
  const candidates = await candidatesOf(db, found.id);
  const about = candidates.find((one) => one.reference === of.application);
  if (!about) throw notFound();
  const allIds = candidates.map((one) => one.id);
  const [reviews, { reviewers, conflictOf }, texts, declared] = await Promise.all([
    reviewsOf(db, allIds),
    reviewersFor(db, [about.id]),
    db
      .select({
        id: review.id,
        scores: review.scores,
        comment: review.comment,
        confidential: review.confidential,
      })
      .from(review)
      .where(eq(review.applicationId, about.id)),
    db
      .select({
        reviewerId: reviewConflict.reviewerId,
        reason: reviewConflict.reason,
        declaredBy: reviewConflict.declaredBy,
        declaredAt: reviewConflict.declaredAt,
      })
      .from(reviewConflict)
      .where(inArray(reviewConflict.applicantId, [about.applicantId])),
  ]);
  const own = reviews.filter((one) => one.applicationId === about.id);
  const loads = loadsOf(reviews);
  const taken = new Set(own.filter((one) => one.state !== 'released').map((one) => one.reviewerId));
  const names = await namesOf(
    db,
    declared.flatMap((one) => [one.reviewerId, one.declaredBy]),
  );
  const [standing] = standingsFrom([about], own, found.reviewersPerApplication);
  return {
    call: found,
    about,
    standing: standing ?? null,
    open:
      (found.state === 'closed' || found.state === 'in-review') &&
      found.reviewersPerApplication > 0 &&
      about.state === 'eligible',
    dueOn: defaultDueOn(found, now),
    // What is not submitted is its reviewer's alone: the committee reads it once it counts.
    reviews: own.map((one) => {
      const text = one.state === 'submitted' ? texts.find((row) => row.id === one.id) : undefined;
      return {
        ...one,
        scores: text?.scores ?? {},
        comment: text?.comment ?? '',
        confidential: text?.confidential ?? '',
      };
    }),
    candidates: reviewers
      .filter((one) => !taken.has(one.id))
      .map((one) => ({
        ...one,
        load: loads.get(one.id) ?? 0,
        conflict: conflictOf(about.id, one.id) satisfies Conflict | null,
      })),
    declared: declared.map((one) => ({
      ...one,
      reviewer: names.get(one.reviewerId) ?? null,
      by: names.get(one.declaredBy) ?? null,
    })),
  };
}

function loadsOf(reviews: readonly ReviewRow[]): Map<string, number> {
  const loads = new Map<string, number>();
  for (const one of reviews.filter(stands)) loads.set(one.reviewerId, (loads.get(one.reviewerId) ?? 0) + 1);
  return loads;
}

const REVIEW_DAYS = 14;
const DAY = 86_400_000;

/** Two weeks from now, but a day before institutions must nominate. */
function defaultDueOn(of: { nominateBy: Date; deadlineZone: string }, now: Date): string {
  const latest = of.nominateBy.getTime() - DAY;
  return calendarDateIn(new Date(Math.min(now.getTime() + REVIEW_DAYS * DAY, latest)), of.deadlineZone);
}
