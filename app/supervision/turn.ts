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
