import { defineWorkflow } from '#app/platform/workflow.ts';
import type { EnrolmentState } from '#db/schema/training.ts';

export type EnrolmentStep =
  | 'agree'
  | 'accept-evidence'
  | 'decline-sponsorship'
  | 'refuse-evidence'
  | 'seat'
  | 'queue'
  | 'offer'
  | 'accept'
  | 'lapse'
  | 'withdraw';

const system = { party: 'system', right: 'training.seat', reason: 'none' } as const;

/**
 * An enrolment. Where a sponsor has to agree, or evidence has to be accepted, that comes first; then the portal alone
 * gives seats, by order of arrival; the person takes the seat that is offered, or leaves.
 */
export const enrolmentWorkflow = defineWorkflow<EnrolmentState, EnrolmentStep>({
  subject: 'enrolment',
  initial: 'requested',
  transitions: {
    agree: { from: ['requested'], to: 'requested', party: 'home', right: 'training.sponsor', reason: 'none' },
    'accept-evidence': {
      from: ['requested'],
      to: 'requested',
      party: 'host',
      right: 'training.evidence',
      reason: 'none',
    },
    'decline-sponsorship': {
      from: ['requested'],
      to: 'refused',
      party: 'home',
      right: 'training.sponsor',
      reason: 'required',
    },
    'refuse-evidence': {
      from: ['requested'],
      to: 'refused',
      party: 'host',
      right: 'training.evidence',
      reason: 'required',
    },
    seat: { from: ['requested'], to: 'confirmed', ...system },
    queue: { from: ['requested'], to: 'waiting', ...system },
    offer: { from: ['waiting'], to: 'offered', ...system },
    accept: {
      from: ['offered'],
      to: 'confirmed',
      party: 'applicant',
      right: 'training.enrolment',
      reason: 'none',
    },
    lapse: { from: ['offered'], to: 'lapsed', ...system },
    withdraw: {
      from: ['requested', 'waiting', 'offered', 'confirmed'],
      to: 'withdrawn',
      party: 'applicant',
      right: 'training.enrolment',
      reason: 'none',
    },
  },
});
