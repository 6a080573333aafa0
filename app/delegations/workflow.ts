import { defineWorkflow } from '#app/platform/workflow.ts';
import type { DelegationState } from '#db/schema/delegations.ts';

/** A delegation is its home institution's: it decides when the host sees who comes, and when the file is closed. */
export const delegationWorkflow = defineWorkflow<DelegationState, 'share' | 'close'>({
  subject: 'delegation',
  initial: 'planned',
  transitions: {
    share: { from: ['planned'], to: 'shared', party: 'home', right: 'delegations.share', reason: 'none' },
    close: {
      from: ['planned', 'shared'],
      to: 'closed',
      party: 'home',
      right: 'delegations.close',
      reason: 'none',
    },
  },
});
