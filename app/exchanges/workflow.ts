import { defineWorkflow } from '#app/platform/workflow.ts';
import type { ApplicationState } from '#db/schema/exchanges.ts';

/**
 * The life of an application up to the host's answer. Each step belongs to one party: the applicant
 * submits and withdraws, the home institution nominates, the host institution answers.
 */
export const applicationWorkflow = defineWorkflow<
  ApplicationState,
  'submit' | 'nominate' | 'refuseNomination' | 'accept' | 'decline' | 'withdraw'
>({
  subject: 'application',
  initial: 'draft',
  transitions: {
    submit: {
      from: ['draft'],
      to: 'submitted',
      party: 'applicant',
      right: 'exchanges.submit',
      reason: 'none',
    },
    nominate: {
      from: ['submitted'],
      to: 'nominated',
      party: 'home',
      right: 'exchanges.nominate',
      reason: 'none',
    },
    refuseNomination: {
      from: ['submitted'],
      to: 'not-nominated',
      party: 'home',
      right: 'exchanges.nominate',
      reason: 'required',
    },
    accept: {
      from: ['nominated'],
      to: 'accepted',
      party: 'host',
      right: 'exchanges.answer',
      reason: 'none',
    },
    decline: {
      from: ['nominated'],
      to: 'declined',
      party: 'host',
      right: 'exchanges.answer',
      reason: 'required',
    },
    withdraw: {
      from: ['submitted', 'nominated'],
      to: 'withdrawn',
      party: 'applicant',
      right: 'exchanges.withdraw',
      reason: 'optional',
    },
  },
});
