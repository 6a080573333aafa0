import type { PersonActor } from '#app/platform/actor.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { dueOnOf, type HalfYear, halfYearOf, startableOn, todayOn } from './half-year.ts';
import { actingRole } from './policy.ts';
import { historyOf, homeSideOf, type ReportFacts, reportsOf, thesisInScope } from './queries.ts';
import { type TurnView, turnOf } from './turn.ts';

/**
 * A thesis as its page shows it: the report in hand (the newest that is not decided, else that of the present
 * half-year), whose turn it is, and which report can be begun.
 *
 * @throws Refusal `not-found`
 */
export async function loadThesisPage(db: DbOrTx, actor: PersonActor, reference: string, now: Date) {
  const found = await thesisInScope(db, actor, reference);
  const reports = await reportsOf(db, found.thesis.id);
  const today = todayOn(homeSideOf(found.members), now);
  const current = halfYearOf(today);
  const report = reports.find((one) => one.state !== 'decided') ?? reportOf(reports, current);
  const role = actingRole(actor, found);
  const startable =
    role === 'candidate' && !found.thesis.endedOn
      ? startableOn(today, found.thesis.startsOn).filter((one) => !reportOf(reports, one))
      : [];
  const progress = report ? { state: report.state, given: report.given, signed: report.signed } : null;
  return {
    ...found,
    reports,
    report,
    progress,
    /** The half-year of the bridge and of the turn. */
    present: report ? { year: report.year, half: report.half } : current,
    dueOn: report ? report.turnDueOn : found.thesis.endedOn ? null : dueOnOf(current),
    turn: turn(found.thesis, report, role),
    late: startable.find((one) => !same(one, current)) ?? null,
    history: report ? await historyOf(db, report.id) : [],
  };
}

function turn(
  thesis: { endedOn: string | null },
  report: ReportFacts | undefined,
  role: ReturnType<typeof actingRole>,
): TurnView {
  if (report) {
    return turnOf({ ...report, returned: report.stateReason !== null }, role);
  }
  if (thesis.endedOn) return { words: 'ended.all', awaited: [], act: null };
  return role === 'candidate'
    ? { words: 'start.yours', awaited: ['candidate'], act: 'start' }
    : { words: 'start.other', awaited: ['candidate'], act: null };
}

const same = (a: HalfYear, b: HalfYear) => a.year === b.year && a.half === b.half;

function reportOf(reports: readonly ReportFacts[], halfYear: HalfYear): ReportFacts | undefined {
  return reports.find((report) => same(report, halfYear));
}
