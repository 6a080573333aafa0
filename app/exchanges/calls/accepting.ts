import type { Call } from '../scope.ts';

/** Whether a call takes applications at a moment, and if not, why. */
export type Accepting = 'open' | 'not-yet' | 'passed' | 'cancelled';

/**
 * Whether a call takes applications. Exact to the moment: the deadline itself still counts, and the clock decides, not
 * the job that closes calls a little later.
 */
export function acceptingOf(call: Pick<Call, 'state' | 'opensAt' | 'deadline'>, now: Date): Accepting {
  if (call.state === 'cancelled') return 'cancelled';
  if (now < call.opensAt) return 'not-yet';
  return call.state === 'published' && now <= call.deadline ? 'open' : 'passed';
}
