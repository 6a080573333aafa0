import { defineWorkflow } from '#app/platform/workflow.ts';
import type { CallState } from '#db/schema/exchanges.ts';

/**
 * The life of a call. People draft and sign; what follows from their signatures the system moves:
 * one signature leaves the call half signed, the second publishes it, an edit takes it back to a draft.
 * `republish` puts the successor of a published call into force once both sides have signed it.
 */
export const callWorkflow = defineWorkflow<CallState, 'countSignature' | 'publish' | 'reopen' | 'republish'>({
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
    reopen: {
      from: ['half-signed'],
      to: 'draft',
      party: 'system',
      right: 'calls.publish',
      reason: 'none',
    },
    republish: {
      from: ['published'],
      to: 'published',
      party: 'system',
      right: 'calls.publish',
      reason: 'none',
    },
  },
});
