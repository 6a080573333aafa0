import { institutionsOf } from '#app/people/access.ts';
import { personName } from '#app/people/person-name.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import type { WaitingTask } from '#app/platform/room.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { dueOnOf, endOfDay, halfYearOf, todayOn } from './half-year.ts';
import { placesOf } from './list-queries.ts';
import { awaited } from './turn.ts';

type PlaceRow = Awaited<ReturnType<typeof placesOf>>[number];

/** What waits for a person in the theses in which they stand: a report, an opinion, a decision, a signature. */
export async function waitingTasks(db: DbOrTx, actor: PersonActor, now: Date): Promise<WaitingTask[]> {
  const rows = await placesOf(db, actor);
  const supervises = institutionsOf(actor, 'supervisor');
  const mine = rows.filter((row) => row.role === 'candidate' || supervises.includes(row.institutionId));
  return [...mine.flatMap((row) => openTask(row, actor) ?? []), ...reportsToStart(mine, now)];
}

function openTask(row: PlaceRow, actor: PersonActor): WaitingTask | null {
  const { report } = row;
  if (!report?.turnDueOn) return null;
  if (!awaited({ state: report.state, given: row.given, signed: row.signed }).includes(row.role)) return null;
  const page = `/supervision/${row.reference}/reports/${report.number}`;
  const task = {
    note: row.reference,
    side: row.side,
    due: endOfDay(report.turnDueOn, row.side),
    dueOn: report.turnDueOn,
    params: { name: personName(row.candidate, actor.locale), year: report.year },
  };
  switch (report.state) {
    case 'draft': {
      const what = report.stateReason === null ? 'draft' : 'returned';
      return { ...task, text: `supervision:waiting.${what}.${report.half}`, href: `${page}/edit` };
    }
    case 'submitted':
      return { ...task, text: 'supervision:waiting.opinion', href: `${page}/opinion` };
    case 'opinions-in':
      return { ...task, text: 'supervision:waiting.decide', href: `${page}/decision/edit` };
    case 'decision-proposed':
      return { ...task, text: 'supervision:waiting.sign', href: `${page}/decision` };
    case 'decided':
      return null;
  }
}

/** The present half-year's report where the candidate has not begun it. */
function reportsToStart(rows: readonly PlaceRow[], now: Date): WaitingTask[] {
  const own = rows.filter((row) => row.role === 'candidate');
  const theses = new Map(own.map((row) => [row.thesisId, row]));
  return [...theses.values()].flatMap((row) => {
    const today = todayOn(row.side, now);
    const { year, half } = halfYearOf(today);
    const begun = own.some(
      ({ thesisId, report }) => thesisId === row.thesisId && report?.year === year && report.half === half,
    );
    if (begun || row.startsOn > today) return [];
    return {
      text: `supervision:waiting.start.${half}`,
      params: { year },
      note: row.reference,
      href: `/supervision/${row.reference}`,
      side: row.side,
      due: endOfDay(dueOnOf({ year, half }), row.side),
      dueOn: dueOnOf({ year, half }),
    };
  });
}
