import type { CellProblem } from '#app/platform/cell-problem.ts';
import { LEG_PROBLEMS } from '#app/travel/check-legs.ts';
import { PASSPORT_PROBLEMS } from '#app/travel/passport-checks.ts';

/** What can be wrong with a cell by itself; the words stand under `delegations:problem`. */
const CELL_PROBLEMS = [
  'required',
  'notLatin',
  'capitals',
  'email',
  'emailSpelling',
  'spaces',
  'formula',
  'tooLong',
  'citizenship',
  'institution',
  'otherSide',
  'otherSidePerson',
  'choice',
  'choiceSpelling',
  'sexMissing',
  'dateForm',
  'noSuchDate',
  'dateOrder',
  'shortYear',
  'dateTimeForm',
  'noSuchTime',
  'bornLater',
  'halfLeg',
  'noLegs',
  'noNights',
  'nightsMissing',
  'lateNight',
  'earlyMorning',
  'outsideEvent',
  'twice',
  'twoHeads',
  'headStands',
  'shareUnknown',
  'shareSelf',
  'shareNotMutual',
  'shareSingle',
] as const;

export type ProblemCode =
  | (typeof CELL_PROBLEMS)[number]
  | `passport.${(typeof PASSPORT_PROBLEMS)[number]}`
  | `leg.${(typeof LEG_PROBLEMS)[number]}`;

/** Every code, for the words and their test. */
export const PROBLEM_CODES: readonly ProblemCode[] = [
  ...CELL_PROBLEMS,
  ...PASSPORT_PROBLEMS.map((code) => `passport.${code}` as const),
  ...LEG_PROBLEMS.map((code) => `leg.${code}` as const),
];

/** Something wrong in a row of a delegation's list. */
export type ListProblem = CellProblem<ProblemCode>;
