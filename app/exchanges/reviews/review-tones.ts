import type { Tone } from '#app/ui/side.ts';
import type { ReviewState } from '#db/schema/reviews.ts';

/** The sign of each state of a review. */
export const REVIEW_TONES: Record<ReviewState, Tone> = {
  assigned: 'idle',
  submitted: 'ok',
  recused: 'risk',
  released: 'idle',
};
