import { and, asc, desc, eq, gt, ilike, inArray, isNull, lt, ne, or, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { escapeLike } from '#app/people/queries.ts';
import { searchTerm } from '#app/people/search-text.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { person } from '#db/schema/people.ts';
import { progressReport, type ReportState, thesis, thesisMember } from '#db/schema/supervision.ts';
import { current, given, scope, signed } from './scope.ts';

const PAGE = 50;
const COUNTED = 1000;

export type ThesisFilter = {
  search?: string | undefined;
  /** Only theses whose newest report stands there; `none` where there is no report yet. */
  state?: ReportState | 'none' | undefined;
  after?: string | undefined;
  before?: string | undefined;
};

const candidate = alias(thesisMember, 'candidate');
const supervisor = alias(thesisMember, 'supervisor');
const coSupervisor = alias(thesisMember, 'co_supervisor');
const candidatePerson = alias(person, 'candidate_person');
const supervisorPerson = alias(person, 'supervisor_person');
const coSupervisorPerson = alias(person, 'co_supervisor_person');

const names = (of: typeof candidatePerson | typeof supervisorPerson | typeof coSupervisorPerson) => ({
  givenName: of.givenName,
  familyName: of.familyName,
  givenNameRu: of.givenNameRu,
  familyNameRu: of.familyNameRu,
  patronymicRu: of.patronymicRu,
});

const inPlace = (of: typeof candidate | typeof supervisor | typeof coSupervisor, role: string) =>
  and(eq(of.thesisId, thesis.id), eq(of.role, role as 'candidate'), isNull(of.validUntil));

/** No report of the same thesis is about a later half-year. */
const newest = sql`not exists (
  select from ${progressReport} later where later.thesis_id = progress_report.thesis_id
    and (later.year, later.half) > (progress_report.year, progress_report.half))`;

function filtered(db: DbOrTx, actor: PersonActor, filter: ThesisFilter): SQL | undefined {
  const term = filter.search ? searchTerm(filter.search) : '';
  const like = `%${escapeLike(term)}%`;
  const named = db
    .select({ id: thesisMember.thesisId })
    .from(thesisMember)
    .innerJoin(person, eq(person.id, thesisMember.personId))
    .where(and(current, ilike(person.search, like)));
  return and(
    scope(db, actor),
    term ? or(ilike(thesis.search, like), inArray(thesis.id, named)) : undefined,
    filter.state === 'none' ? isNull(progressReport.id) : undefined,
    filter.state && filter.state !== 'none' ? eq(progressReport.state, filter.state) : undefined,
  );
}

/**
 * A page of the theses in the actor's scope, the newest first, each with its people and its newest report; by keyset on
 * the id. `total` stops counting at 1,000.
 */
export async function listTheses(db: DbOrTx, actor: PersonActor, filter: ThesisFilter) {
  const backwards = filter.before !== undefined;
  const where = filtered(db, actor, filter);
  const rows = await db
    .select({
      id: thesis.id,
      reference: thesis.reference,
      title: thesis.title,
      area: thesis.area,
      candidate: names(candidatePerson),
      homeSide: candidate.side,
      supervisor: names(supervisorPerson),
      supervisorSide: supervisor.side,
      coSupervisor: names(coSupervisorPerson),
      coSupervisorSide: coSupervisor.side,
      report: {
        number: progressReport.number,
        year: progressReport.year,
        half: progressReport.half,
        state: progressReport.state,
        turnDueOn: progressReport.turnDueOn,
        outcome: progressReport.outcome,
      },
      given,
      signed,
    })
    .from(thesis)
    .innerJoin(candidate, inPlace(candidate, 'candidate'))
    .innerJoin(candidatePerson, eq(candidatePerson.id, candidate.personId))
    .innerJoin(supervisor, inPlace(supervisor, 'supervisor'))
    .innerJoin(supervisorPerson, eq(supervisorPerson.id, supervisor.personId))
    .innerJoin(coSupervisor, inPlace(coSupervisor, 'co-supervisor'))
    .innerJoin(coSupervisorPerson, eq(coSupervisorPerson.id, coSupervisor.personId))
    .leftJoin(progressReport, and(eq(progressReport.thesisId, thesis.id), newest))
    .where(
      and(
        where,
        filter.after ? lt(thesis.id, filter.after) : undefined,
        filter.before ? gt(thesis.id, filter.before) : undefined,
      ),
    )
    .orderBy(backwards ? asc(thesis.id) : desc(thesis.id))
    .limit(PAGE + 1);
  const more = rows.length > PAGE;
  const page = rows.slice(0, PAGE);
  if (backwards) page.reverse();
  const total = await countTheses(db, where);
  return {
    rows: page,
    next: (backwards || more) && page.length > 0 ? (page.at(-1)?.id ?? null) : null,
    previous: (backwards ? more : filter.after !== undefined) ? (page[0]?.id ?? null) : null,
    total: Math.min(total, COUNTED),
    capped: total > COUNTED,
  };
}

async function countTheses(db: DbOrTx, where: SQL | undefined): Promise<number> {
  const counted = db
    .select({ id: thesis.id })
    .from(thesis)
    .leftJoin(progressReport, and(eq(progressReport.thesisId, thesis.id), newest))
    .where(where)
    .limit(COUNTED + 1)
    .as('counted');
  const [row] = await db.select({ total: sql<number>`count(*)::int` }).from(counted);
  return row?.total ?? 0;
}

/** How many theses of the actor stand in each state of their newest report; `none` where there is no report. */
export async function countByState(
  db: DbOrTx,
  actor: PersonActor,
): Promise<Map<ReportState | 'none', number>> {
  const rows = await db
    .select({ state: progressReport.state, count: sql<number>`count(*)::int` })
    .from(thesis)
    .leftJoin(progressReport, and(eq(progressReport.thesisId, thesis.id), newest))
    .where(scope(db, actor))
    .groupBy(progressReport.state);
  return new Map(rows.map((row) => [row.state ?? 'none', row.count]));
}

/** Every thesis in which the person stands, with its newest report and all that are not decided: what may wait for them. */
export async function placesOf(db: DbOrTx, actor: PersonActor) {
  return db
    .select({
      role: thesisMember.role,
      institutionId: thesisMember.institutionId,
      side: thesisMember.side,
      thesisId: thesis.id,
      reference: thesis.reference,
      startsOn: thesis.startsOn,
      candidate: names(candidatePerson),
      report: {
        number: progressReport.number,
        year: progressReport.year,
        half: progressReport.half,
        state: progressReport.state,
        stateReason: progressReport.stateReason,
        turnDueOn: progressReport.turnDueOn,
      },
      given,
      signed,
    })
    .from(thesisMember)
    .innerJoin(thesis, eq(thesis.id, thesisMember.thesisId))
    .innerJoin(candidate, inPlace(candidate, 'candidate'))
    .innerJoin(candidatePerson, eq(candidatePerson.id, candidate.personId))
    .leftJoin(
      progressReport,
      and(eq(progressReport.thesisId, thesis.id), or(newest, ne(progressReport.state, 'decided'))),
    )
    .where(and(eq(thesisMember.personId, actor.personId), current, isNull(thesis.endedOn)));
}
