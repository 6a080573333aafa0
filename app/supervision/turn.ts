import type { ReportState, ThesisRole } from '#db/schema/supervision.ts';
import { SUPERVISOR_ROLES, type SupervisorRole } from './supervisors.ts';

/** What the turn depends on: the state, and which of the two have acted in it. */
export type Progress = {
  state: ReportState;
  /** Capacities whose opinion has been received. */
  given: readonly SupervisorRole[];
  /** Capacities whose signature stands on the proposed decision. */
  signed: readonly SupervisorRole[];
};

/** Who holds the pen now; nobody once the report is decided. */
export function awaited(progress: Progress): ThesisRole[] {
  switch (progress.state) {
    case 'draft':
      return ['candidate'];
    case 'submitted':
      return SUPERVISOR_ROLES.filter((role) => !progress.given.includes(role));
    case 'opinions-in':
      return [...SUPERVISOR_ROLES];
    case 'decision-proposed':
      return SUPERVISOR_ROLES.filter((role) => !progress.signed.includes(role));
    case 'decided':
      return [];
  }
}

/** Which words the page says of the turn; keys under `supervision:turn`. */
export type TurnCase =
  | `start.${'yours' | 'other'}`
  | `draft.${'yours' | 'other'}`
  | `returned.${'yours' | 'other'}`
  | `submitted.${'yours' | 'given' | 'both' | SupervisorRole}`
  | `opinions-in.${'yours' | 'other'}`
  | `decision-proposed.${'yours' | 'both' | SupervisorRole}`
  | 'decided.all'
  | 'ended.all';

/** The one thing the reader can do. */
export type Act = 'start' | 'edit' | 'opinion' | 'decide' | 'sign';

export type TurnView = { words: TurnCase; awaited: ThesisRole[]; act: Act | null };

/**
 * How a report's turn looks to a reader.
 *
 * @param role the place in which the reader may act; null for coordinators, and for supervisors without the grant.
 */
export function turnOf(progress: Progress & { returned: boolean }, role: ThesisRole | null): TurnView {
  const waitsFor = awaited(progress);
  const yours = role !== null && waitsFor.includes(role);
  const view = (words: TurnCase, act: Act | null = null): TurnView => ({ words, awaited: waitsFor, act });
  switch (progress.state) {
    case 'draft': {
      const what = progress.returned ? 'returned' : 'draft';
      return yours ? view(`${what}.yours`, 'edit') : view(`${what}.other`);
    }
    case 'submitted':
      if (yours) return view('submitted.yours', 'opinion');
      if (role !== null && role !== 'candidate') return view('submitted.given');
      return view(`submitted.${oneOf(waitsFor)}`);
    case 'opinions-in':
      return yours ? view('opinions-in.yours', 'decide') : view('opinions-in.other');
    case 'decision-proposed':
      return yours ? view('decision-proposed.yours', 'sign') : view(`decision-proposed.${oneOf(waitsFor)}`);
    case 'decided':
      return view('decided.all');
  }
}

function oneOf(waitsFor: readonly ThesisRole[]): 'both' | SupervisorRole {
  const [first, second] = waitsFor;
  return second || !first || first === 'candidate' ? 'both' : first;
}
