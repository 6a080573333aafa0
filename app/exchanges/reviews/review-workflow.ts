import { defineWorkflow } from '#app/platform/workflow.ts';
import type { ReviewState } from '#db/schema/reviews.ts';

/** The steps of a review, by the name under which they are audited. */
export type ReviewStep = 'submit' | 'recuse' | 'release' | 'reassign' | 'reopen';

/**
 * The life of one review. The reviewer writes, submits, or declares a conflict; the committee takes an assignment
 * back, gives it anew, or hands a submitted review back with a reason. What was submitted is released only after it
 * was reopened, so that no counted review disappears without a reason.
 */
export const reviewWorkflow = defineWorkflow<ReviewState, ReviewStep>({
  subject: 'review',
  initial: 'assigned',
  transitions: {
    submit: {
      from: ['assigned'],
      to: 'submitted',
      party: 'reviewer',
      right: 'reviews.write',
      reason: 'none',
    },
    recuse: {
      from: ['assigned'],
      to: 'recused',
      party: 'reviewer',
      right: 'reviews.write',
      reason: 'required',
    },
    release: {
      from: ['assigned'],
      to: 'released',
      party: 'committee',
      right: 'reviews.manage',
      reason: 'none',
    },
    reassign: {
      from: ['released'],
      to: 'assigned',
      party: 'committee',
      right: 'reviews.manage',
      reason: 'none',
    },
    reopen: {
      from: ['submitted'],
      to: 'assigned',
      party: 'committee',
      right: 'reviews.manage',
      reason: 'required',
    },
  },
});
