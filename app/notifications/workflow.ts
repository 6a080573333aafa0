import { defineWorkflow } from '#app/platform/workflow.ts';
import type { CampaignState } from '#db/schema/notifications.ts';

/** A campaign: written by one side's coordinator, approved by the other side's where it goes to its people. */
export const campaignWorkflow = defineWorkflow<
  CampaignState,
  'send' | 'requestApproval' | 'approve' | 'return' | 'cancel'
>({
  subject: 'campaign',
  initial: 'draft',
  transitions: {
    send: { from: ['draft'], to: 'sent', party: 'owner', right: 'campaigns.send', reason: 'none' },
    requestApproval: {
      from: ['draft'],
      to: 'awaiting-approval',
      party: 'owner',
      right: 'campaigns.send',
      reason: 'none',
    },
    approve: {
      from: ['awaiting-approval'],
      to: 'sent',
      party: 'other',
      right: 'campaigns.approve',
      reason: 'none',
    },
    return: {
      from: ['awaiting-approval'],
      to: 'draft',
      party: 'other',
      right: 'campaigns.approve',
      reason: 'required',
    },
    cancel: {
      from: ['draft', 'awaiting-approval'],
      to: 'cancelled',
      party: 'owner',
      right: 'campaigns.send',
      reason: 'optional',
    },
  },
});
