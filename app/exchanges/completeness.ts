import type { Party } from './parties.ts';
import type { Application, Call } from './scope.ts';

/** What a submission needs of a draft; the names are those of the form's fields. */
export type Wanted = Pick<
  Application,
  | 'title'
  | 'workPlan'
  | 'homeInstitutionId'
  | 'hostInstitutionId'
  | 'wishedStart'
  | 'weeks'
  | 'declaredAt'
  | 'consentAt'
>;

/** How the supervisor's endorsement stands; null where nobody was asked, or the question was taken back. */
export type EndorsementState = 'asked' | 'given' | 'refused' | null;

/** What else an application consists of. */
export type Attached = {
  parties: { homes: readonly Party[]; hosts: readonly Party[] };
  /** Codes of the documents that are attached. */
  documentKinds: readonly string[];
  endorsement: EndorsementState;
};

/**
 * What is still missing or wrong before an application can be submitted: reasons (keys of `errors.json`)
 * by field of the form. Empty when it is complete.
 */
export function missingIn(
  draft: Wanted,
  call: Pick<Call, 'stayFrom' | 'stayUntil' | 'weeksMin' | 'weeksMax' | 'documents'>,
  { parties, documentKinds, endorsement }: Attached,
): Record<string, string[]> {
  const missing: Record<string, string[]> = {};
  const add = (field: string, reason: string | false) => {
    if (reason) missing[field] = [reason];
  };
  const home = parties.homes.find((one) => one.id === draft.homeInstitutionId);
  const host = parties.hosts.find((one) => one.id === draft.hostInstitutionId);
  add('homeInstitutionId', !home && 'exchanges.chooseHome');
  add('title', draft.title === '' && 'exchanges.giveTitle');
  add('workPlan', draft.workPlan === '' && 'exchanges.giveWorkPlan');
  add('hostInstitutionId', !host ? 'exchanges.chooseHost' : home?.side === host.side && 'exchanges.sameSide');
  add('wishedStart', startProblem(draft, call));
  add('weeks', weeksProblem(draft.weeks, call));
  add('endorsement', ENDORSEMENT_PROBLEM[endorsement ?? 'none']);
  for (const asked of call.documents) {
    if (asked.required)
      add(`document.${asked.code}`, !documentKinds.includes(asked.code) && 'exchanges.attachDocument');
  }
  add('declarations', !(draft.declaredAt && draft.consentAt) && 'exchanges.declarationFirst');
  return missing;
}

const ENDORSEMENT_PROBLEM = {
  none: 'exchanges.endorsementMissing',
  asked: 'exchanges.endorsementAwaited',
  refused: 'exchanges.endorsementRefused',
  given: false,
} as const;

function weeksProblem(weeks: number | null, call: Pick<Call, 'weeksMin' | 'weeksMax'>): string | false {
  if (weeks === null) return 'exchanges.giveWeeks';
  return (weeks < call.weeksMin || weeks > call.weeksMax) && 'exchanges.weeksOutside';
}

function startProblem(
  draft: Pick<Wanted, 'wishedStart' | 'weeks'>,
  call: Pick<Call, 'stayFrom' | 'stayUntil'>,
) {
  if (draft.wishedStart === null) return 'exchanges.giveStart';
  if (draft.wishedStart < call.stayFrom || draft.wishedStart > call.stayUntil)
    return 'exchanges.startOutside';
  return lastDay(draft.wishedStart, draft.weeks ?? 0) > call.stayUntil && 'exchanges.stayTooLate';
}

/** The last day of a stay of so many weeks: calendar dates, no zone. */
export function lastDay(start: string, weeks: number): string {
  const day = new Date(`${start}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + weeks * 7 - 1);
  return day.toISOString().slice(0, 10);
}
