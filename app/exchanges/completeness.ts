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
  | 'homeSupervisor'
>;

/**
 * What is still missing or wrong before an application can be submitted: reasons (keys of `errors.json`)
 * by field of the form. Empty when it is complete.
 *
 * @param documentKinds codes of the documents that are attached.
 */
export function missingIn(
  draft: Wanted,
  call: Pick<Call, 'stayFrom' | 'stayUntil' | 'weeksMin' | 'weeksMax' | 'documents'>,
  parties: { homes: readonly Party[]; hosts: readonly Party[] },
  documentKinds: readonly string[],
): Record<string, string[]> {
  const missing: Record<string, string[]> = {};
  const add = (field: string, reason: string | false) => {
    if (reason) missing[field] = [reason];
  };
  add('title', draft.title === '' && 'exchanges.giveTitle');
  add('workPlan', draft.workPlan === '' && 'exchanges.giveWorkPlan');
  add('homeSupervisor', draft.homeSupervisor === '' && 'exchanges.giveHomeSupervisor');
  const home = parties.homes.find((one) => one.id === draft.homeInstitutionId);
  const host = parties.hosts.find((one) => one.id === draft.hostInstitutionId);
  add('homeInstitutionId', !home && 'exchanges.chooseHome');
  add('hostInstitutionId', !host ? 'exchanges.chooseHost' : home?.side === host.side && 'exchanges.sameSide');
  add('weeks', weeksProblem(draft.weeks, call));
  add('wishedStart', startProblem(draft, call));
  for (const asked of call.documents) {
    if (asked.required)
      add(`document.${asked.code}`, !documentKinds.includes(asked.code) && 'exchanges.attachDocument');
  }
  return missing;
}

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
