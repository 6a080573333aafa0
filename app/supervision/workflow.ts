import { defineWorkflow } from '#app/platform/workflow.ts';
import type { ReportState } from '#db/schema/supervision.ts';

export type ReportStep = 'submit' | 'return' | 'open-opinions' | 'propose' | 'revise' | 'decide';

/**
 * The progress report: the candidate submits, each supervisor gives an opinion, the portal opens both, one supervisor
 * writes the joint decision, both sign it, the portal closes. What both must do is never one person's transition.
 */
export const reportWorkflow = defineWorkflow<ReportState, ReportStep>({
  subject: 'progress-report',
  initial: 'draft',
  transitions: {
    submit: {
      from: ['draft'],
      to: 'submitted',
      party: 'candidate',
      right: 'supervision.report',
      reason: 'none',
    },
    return: {
      from: ['submitted'],
      to: 'draft',
      party: 'supervisor',
      right: 'supervision.return',
      reason: 'required',
    },
    'open-opinions': {
      from: ['submitted'],
      to: 'opinions-in',
      party: 'system',
      right: 'supervision.open-opinions',
      reason: 'none',
    },
    propose: {
      from: ['opinions-in'],
      to: 'decision-proposed',
      party: 'supervisor',
      right: 'supervision.decide',
      reason: 'none',
    },
    revise: {
      from: ['decision-proposed'],
      to: 'decision-proposed',
      party: 'supervisor',
      right: 'supervision.decide',
      reason: 'none',
    },
    decide: {
      from: ['decision-proposed'],
      to: 'decided',
      party: 'system',
      right: 'supervision.close',
      reason: 'none',
    },
  },
});
