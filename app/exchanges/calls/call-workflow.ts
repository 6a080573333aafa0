import { defineWorkflow } from '#app/platform/workflow.ts';
import type { CallState } from '#db/schema/exchanges.ts';

/** The steps of a call, by the name under which they are audited. */
export type CallStep =
  | 'countSignature'
  | 'publish'
  | 'reopen'
  | 'republish'
  | 'extend'
  | 'close'
  | 'beginReview'
  | 'decide'
  | 'archive'
  | 'cancel';

/**
 * The life of a call. People draft and sign; what follows from their signatures the system moves: one signature
 * leaves the call half signed, the second publishes it, an edit takes it back to a draft. A successor of a published
 * call that both have signed puts it into force anew: `republish`, `extend` (a later deadline) or `cancel`. The system
 * closes it at the deadline; the first review begins the committee's work, the ranking both have signed decides it.
 */
export const callWorkflow = defineWorkflow<CallState, CallStep>({
  subject: 'call',
  initial: 'draft',
  transitions: {
    countSignature: {
      from: ['draft'],
      to: 'half-signed',
      party: 'system',
      right: 'calls.publish',
      reason: 'none',
    },
    publish: {
      from: ['draft', 'half-signed'],
      to: 'published',
      party: 'system',
      right: 'calls.publish',
      reason: 'none',
    },
    reopen: { from: ['half-signed'], to: 'draft', party: 'system', right: 'calls.publish', reason: 'none' },
    republish: {
      from: ['published'],
      to: 'published',
      party: 'system',
      right: 'calls.publish',
      reason: 'none',
    },
    extend: {
      from: ['published', 'closed'],
      to: 'published',
      party: 'system',
      right: 'calls.publish',
      reason: 'none',
    },
    close: { from: ['published'], to: 'closed', party: 'system', right: 'calls.close', reason: 'none' },
    beginReview: {
      from: ['closed'],
      to: 'in-review',
      party: 'system',
      right: 'calls.review',
      reason: 'none',
    },
    decide: {
      from: ['closed', 'in-review'],
      to: 'decided',
      party: 'system',
      right: 'calls.publish',
      reason: 'none',
    },
    archive: {
      from: ['closed', 'decided'],
      to: 'archived',
      party: 'system',
      right: 'calls.close',
      reason: 'none',
    },
    cancel: {
      from: ['published', 'closed', 'in-review'],
      to: 'cancelled',
      party: 'system',
      right: 'calls.publish',
      reason: 'none',
    },
  },
});
