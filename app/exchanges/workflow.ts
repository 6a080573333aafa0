import { defineWorkflow } from '#app/platform/workflow.ts';
import type { ApplicationState } from '#db/schema/exchanges.ts';

/** The steps of an application, by the name under which they are audited. */
export type ApplicationStep =
  | 'submit'
  | 'findEligible'
  | 'findIneligible'
  | 'returnForCorrection'
  | 'select'
  | 'placeInReserve'
  | 'passOver'
  | 'promote'
  | 'nominate'
  | 'refuseNomination'
  | 'ask'
  | 'reply'
  | 'accept'
  | 'decline'
  | 'withdraw'
  | 'reopenCheck'
  | 'reopenSelection'
  | 'reopenEligible'
  | 'reopenSelected'
  | 'reopenAnswer';

/**
 * The life of an application up to the host's answer. Each step belongs to one party: the applicant submits and
 * withdraws, the home institution checks, nominates and replies, the host asks and answers. What the ranking both
 * sides have signed says, the system carries out. `reopen…` are what an appeal that is upheld leads back to; without
 * reviews (the call asks for none) an eligible application is nominated directly.
 */
export const applicationWorkflow = defineWorkflow<ApplicationState, ApplicationStep>({
  subject: 'application',
  initial: 'draft',
  transitions: {
    submit: {
      from: ['draft', 'returned'],
      to: 'submitted',
      party: 'applicant',
      right: 'exchanges.submit',
      reason: 'none',
    },
    findEligible: {
      from: ['submitted'],
      to: 'eligible',
      party: 'home',
      right: 'exchanges.check',
      reason: 'none',
    },
    findIneligible: {
      from: ['submitted'],
      to: 'ineligible',
      party: 'home',
      right: 'exchanges.check',
      reason: 'required',
    },
    returnForCorrection: {
      from: ['submitted'],
      to: 'returned',
      party: 'home',
      right: 'exchanges.check',
      reason: 'none',
    },
    select: { from: ['eligible'], to: 'selected', party: 'system', right: 'exchanges.rank', reason: 'none' },
    placeInReserve: {
      from: ['eligible'],
      to: 'reserve',
      party: 'system',
      right: 'exchanges.rank',
      reason: 'none',
    },
    passOver: {
      from: ['eligible'],
      to: 'not-selected',
      party: 'system',
      right: 'exchanges.rank',
      reason: 'none',
    },
    promote: {
      from: ['reserve'],
      to: 'selected',
      party: 'system',
      right: 'exchanges.rank',
      reason: 'required',
    },
    nominate: {
      from: ['eligible', 'selected'],
      to: 'nominated',
      party: 'home',
      right: 'exchanges.nominate',
      reason: 'none',
    },
    refuseNomination: {
      from: ['eligible', 'selected'],
      to: 'not-nominated',
      party: 'home',
      right: 'exchanges.nominate',
      reason: 'required',
    },
    ask: { from: ['nominated'], to: 'queried', party: 'host', right: 'exchanges.answer', reason: 'required' },
    reply: { from: ['queried'], to: 'nominated', party: 'home', right: 'exchanges.nominate', reason: 'none' },
    accept: { from: ['nominated'], to: 'accepted', party: 'host', right: 'exchanges.answer', reason: 'none' },
    decline: {
      from: ['nominated'],
      to: 'declined',
      party: 'host',
      right: 'exchanges.answer',
      reason: 'required',
    },
    withdraw: {
      from: ['submitted', 'returned', 'eligible', 'selected', 'reserve', 'nominated', 'queried'],
      to: 'withdrawn',
      party: 'applicant',
      right: 'exchanges.withdraw',
      reason: 'optional',
    },
    reopenCheck: {
      from: ['ineligible'],
      to: 'submitted',
      party: 'home',
      right: 'exchanges.decideAppeal',
      reason: 'required',
    },
    reopenSelection: {
      from: ['not-selected'],
      to: 'reserve',
      party: 'home',
      right: 'exchanges.decideAppeal',
      reason: 'required',
    },
    reopenEligible: {
      from: ['not-nominated'],
      to: 'eligible',
      party: 'home',
      right: 'exchanges.decideAppeal',
      reason: 'required',
    },
    reopenSelected: {
      from: ['not-nominated'],
      to: 'selected',
      party: 'home',
      right: 'exchanges.decideAppeal',
      reason: 'required',
    },
    reopenAnswer: {
      from: ['declined'],
      to: 'nominated',
      party: 'host',
      right: 'exchanges.decideAppeal',
      reason: 'required',
    },
  },
});
