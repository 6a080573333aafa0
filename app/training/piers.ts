import type { PierState } from '#app/ui/bridge.tsx';
import type { Side } from '#db/schema/shared.ts';
import type { EnrolmentState, Result } from '#db/schema/training.ts';
import type { RunStage } from './run-clock.ts';

export type PierKey = 'enrolled' | 'seat' | 'taught' | 'assessed' | 'certificate';

/** The way of one person through a run: whose step each part is, and how far they are. */
export function piersOf(
  own: { side: Side; state: EnrolmentState; result: Result | null },
  stage: RunStage,
  certified: boolean,
  host: Side,
): { key: PierKey; side: Side; state: PierState }[] {
  const seated = own.state === 'confirmed';
  const ended = own.state === 'refused' || own.state === 'lapsed' || own.state === 'withdrawn';
  const first: PierState = own.state === 'requested' ? 'now' : own.state === 'refused' ? 'stop' : 'done';
  const seat: PierState = seated
    ? 'done'
    : ended
      ? first === 'stop'
        ? 'todo'
        : 'stop'
      : first === 'now'
        ? 'todo'
        : 'now';
  const taught: PierState = !seated ? 'todo' : stage === 'over' ? 'done' : 'now';
  const assessed: PierState =
    own.result === 'passed' ? 'done' : own.result === 'failed' ? 'stop' : taught === 'done' ? 'now' : 'todo';
  const certificate: PierState = certified
    ? 'done'
    : own.result === 'passed' && stage === 'over'
      ? 'now'
      : 'todo';
  return [
    { key: 'enrolled', side: own.side, state: first },
    { key: 'seat', side: host, state: seat },
    { key: 'taught', side: host, state: taught },
    { key: 'assessed', side: host, state: assessed },
    { key: 'certificate', side: host, state: certificate },
  ];
}
