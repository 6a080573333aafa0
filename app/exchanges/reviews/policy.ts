import { all, holds, holdsAt, isPerson, type Rules } from '#app/people/access.ts';
import type { Signers } from '../policy.ts';

/** A call as its selection committee sees it. */
export type Committee = Signers & {
  /** The actor has an application of their own in this call. */
  applied: boolean;
};

/** Who reviews whom. */
export type Reviewing = { reviewerId: string; applicantId: string };

const coordinatesIn = holdsAt('coordinator', (call: Committee) => call.signerIn);
const coordinatesRu = holdsAt('coordinator', (call: Committee) => call.signerRu);
const hasApplied = (_: unknown, call: Committee) => call.applied;

/**
 * The selection committee of a call are the coordinators of its two signing institutions; whoever has applied to the
 * call does not sit on it. A review is its reviewer's alone, and never of their own application.
 */
export const reviewRules = {
  'reviews.manage': { allow: [coordinatesIn, coordinatesRu], deny: [hasApplied] },
  'reviews.rank': { allow: [coordinatesIn, coordinatesRu], deny: [hasApplied] },
  'reviews.write': {
    allow: [
      all(
        holds('reviewer'),
        isPerson((review: Reviewing) => review.reviewerId),
      ),
    ],
    deny: [isPerson((review: Reviewing) => review.applicantId)],
  },
} satisfies Rules;
