import { invalid } from '#app/platform/outcome.ts';
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

const REASONS = {
  'not-yet': 'exchanges.notOpenYet',
  passed: 'exchanges.deadlinePassed',
  cancelled: 'exchanges.callCancelled',
} as const;

/**
 * Stops whoever submits to a call that takes nothing. The draft stays; the page says whom to write to.
 *
 * @throws Refusal `invalid` with `exchanges.notOpenYet`, `exchanges.deadlinePassed` or `exchanges.callCancelled`.
 */
export function requireAccepting(call: Pick<Call, 'state' | 'opensAt' | 'deadline'>, now: Date): void {
  const accepting = acceptingOf(call, now);
  if (accepting !== 'open') throw invalid(REASONS[accepting]);
}
