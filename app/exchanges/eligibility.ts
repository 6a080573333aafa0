import type { ApplicantKind, Direction } from '#db/schema/exchanges.ts';
import type { Role } from '#db/schema/people.ts';
import type { PlacementState } from '#db/schema/placements.ts';
import type { Side } from '#db/schema/shared.ts';
import { lastDay } from './completeness.ts';
import { homeSides } from './parties.ts';

/** What the portal can check by itself, in the order in which it is shown. */
export const ELIGIBILITY_CHECKS = ['kind', 'direction', 'window', 'report', 'overlap'] as const;
export type EligibilityCode = (typeof ELIGIBILITY_CHECKS)[number];

/** `unknown`: the portal lacks a fact, so a person has to look. */
export type EligibilityOutcome = 'met' | 'unmet' | 'unknown';
export type EligibilityCheck = {
  code: EligibilityCode;
  outcome: EligibilityOutcome;
  /** What the sentence names: the reference of the other stay. */
  params: Record<string, string>;
};

/** A stay of the same person under another application. */
export type OtherStay = {
  reference: string;
  state: PlacementState;
  startsOn: string;
  endsOn: string;
  reportedAt: Date | null;
};

export type EligibilityFacts = {
  call: { direction: Direction; eligible: readonly ApplicantKind[]; stayFrom: string; stayUntil: string };
  /** Roles the applicant holds today, with the occupation an import named. */
  roles: readonly Role[];
  homeSide: Side | null;
  hostSide: Side | null;
  wishedStart: string | null;
  weeks: number | null;
  stays: readonly OtherStay[];
};

/** Occupations by which the portal knows what somebody is; the rest it does not guess. */
const SCIENTISTS: readonly Role[] = ['expert', 'supervisor', 'reviewer', 'instructor'];
/** Stays that did not come about take up no days. */
const VOID: readonly PlacementState[] = ['no-show', 'cancelled'];

/**
 * What the portal itself can say of an application's eligibility: who may apply, from which side, whether the stay fits
 * the call's window, whether a report of an earlier stay is still open, and whether two stays would overlap. It
 * explains; the home coordinator decides.
 */
export function checkEligibility(facts: EligibilityFacts): EligibilityCheck[] {
  const outcomes: Record<EligibilityCode, Omit<EligibilityCheck, 'code'>> = {
    kind: plain(kindOutcome(facts)),
    direction: plain(directionOutcome(facts)),
    window: plain(windowOutcome(facts)),
    report: reportOutcome(facts),
    overlap: overlapOutcome(facts),
  };
  return ELIGIBILITY_CHECKS.map((code) => ({ code, ...outcomes[code] }));
}

const plain = (outcome: EligibilityOutcome, params: Record<string, string> = {}) => ({ outcome, params });

/** A PhD student by role; anybody in science may be a researcher or an engineer, which the portal cannot tell apart. */
function kindOutcome({ call, roles }: EligibilityFacts): EligibilityOutcome {
  const student = roles.includes('student');
  const scientist = roles.some((role) => SCIENTISTS.includes(role));
  if (!student && !scientist) return 'unknown';
  const wanted = (kind: ApplicantKind) => (kind === 'student' ? student : scientist);
  return call.eligible.some(wanted) ? 'met' : 'unmet';
}

function directionOutcome({ call, homeSide, hostSide }: EligibilityFacts): EligibilityOutcome {
  if (homeSide === null || hostSide === null) return 'unknown';
  return homeSide !== hostSide && homeSides(call.direction).includes(homeSide) ? 'met' : 'unmet';
}

function windowOutcome({ call, wishedStart, weeks }: EligibilityFacts): EligibilityOutcome {
  if (wishedStart === null || weeks === null) return 'unknown';
  return wishedStart >= call.stayFrom && lastDay(wishedStart, weeks) <= call.stayUntil ? 'met' : 'unmet';
}

function reportOutcome({ stays }: EligibilityFacts) {
  const open = stays.find((stay) => stay.state === 'returned' && stay.reportedAt === null);
  return open ? plain('unmet', { reference: open.reference }) : plain('met');
}

/** Calendar days, both ends counted: a stay may begin on the day after another one ends. */
function overlapOutcome({ stays, wishedStart, weeks }: EligibilityFacts) {
  const standing = stays.filter((stay) => !VOID.includes(stay.state));
  if (standing.length === 0) return plain('met');
  if (wishedStart === null || weeks === null) return plain('unknown');
  const until = lastDay(wishedStart, weeks);
  const other = standing.find((stay) => stay.startsOn <= until && wishedStart <= stay.endsOn);
  return other ? plain('unmet', { reference: other.reference }) : plain('met');
}
