import {
  and,
  asc,
  desc,
  eq,
  exists,
  gt,
  ilike,
  inArray,
  isNotNull,
  isNull,
  lt,
  ne,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { institutionsOf } from '#app/people/access.ts';
import { escapeLike, nameColumns } from '#app/people/queries.ts';
import { searchTerm } from '#app/people/search-text.ts';
import type { Actor, PersonActor } from '#app/platform/actor.ts';
import { notFound } from '#app/platform/outcome.ts';
import { type Signature, signaturesOf, type Version, versionsOf } from '#app/platform/versions.server.ts';
import type { DbOrTx, Tx } from '#db/client.server.ts';
import { institution, person } from '#db/schema/people.ts';
import { auditRow, signature } from '#db/schema/platform.ts';
import { opinion, progressReport, type ReportState, thesis, thesisMember } from '#db/schema/supervision.ts';
import { placeOf } from './policy.ts';
import { awaited } from './turn.ts';

/** What the report is called in versions and in the audit log. */
export const REPORT = 'progress-report';

export type ProgressReport = typeof progressReport.$inferSelect;
export type Opinion = typeof opinion.$inferSelect;

const current = isNull(thesisMember.validUntil);

/**
 * The theses an actor may know of: their own, those they supervise while they are granted the role where they stand,
 * and as coordinator those in which anybody of the institution takes part. Everything else is not found.
 */
function scope(db: DbOrTx, actor: PersonActor): SQL {
  const supervises = institutionsOf(actor, 'supervisor');
  const coordinates = institutionsOf(actor, 'coordinator');
  const mine = and(
    eq(thesisMember.personId, actor.personId),
    or(
      eq(thesisMember.role, 'candidate'),
      supervises.length > 0 ? inArray(thesisMember.institutionId, supervises) : undefined,
    ),
  );
  const ours = coordinates.length > 0 ? inArray(thesisMember.institutionId, coordinates) : undefined;
  return exists(
    db
      .select({ one: sql`1` })
      .from(thesisMember)
      .where(and(eq(thesisMember.thesisId, thesis.id), current, or(mine, ours))),
  );
}

// Columns of the outer query are written out: in a query over one table they would lose their table's name.

/** Capacities whose opinion on a report has been received: a fact that is open to all while the text is sealed. */
const given = sql<('supervisor' | 'co-supervisor')[]>`array(
  select o.capacity from ${opinion} o where o.report_id = progress_report.id and o.given_at is not null)`;

/** Capacities whose signature stands on the decision of a report. */
const signed = sql<('supervisor' | 'co-supervisor')[]>`array(
  select s.capacity from ${signature} s
  where s.version_id = progress_report.decision_version_id and s.voided_at is null)`;

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

/** Who stands in a thesis now, with the names and the institution of each. */
export async function membersOf(db: DbOrTx, thesisId: string) {
  return db
    .select({
      personId: thesisMember.personId,
      role: thesisMember.role,
      institutionId: thesisMember.institutionId,
      side: thesisMember.side,
      name: nameColumns,
      institution: institution.shortName,
    })
    .from(thesisMember)
    .innerJoin(person, eq(person.id, thesisMember.personId))
    .innerJoin(institution, eq(institution.id, thesisMember.institutionId))
    .where(and(eq(thesisMember.thesisId, thesisId), current));
}

export type Member = Awaited<ReturnType<typeof membersOf>>[number];

/** The side of the candidate: its calendar counts for what the candidate must do. */
export function homeSideOf(members: readonly Pick<Member, 'role' | 'side'>[]): Member['side'] {
  return members.find((member) => member.role === 'candidate')?.side ?? 'in';
}

/**
 * A thesis in the actor's scope with those who stand in it.
 *
 * @throws Refusal `not-found`
 */
export async function thesisInScope(db: DbOrTx, actor: PersonActor, reference: string) {
  const host = alias(institution, 'host');
  const [row] = await db
    .select({ thesis, home: institution.name, host: host.name })
    .from(thesis)
    .innerJoin(institution, eq(institution.id, thesis.homeInstitutionId))
    .innerJoin(host, eq(host.id, thesis.hostInstitutionId))
    .where(and(eq(thesis.reference, reference), scope(db, actor)));
  if (!row) throw notFound();
  return { ...row, members: await membersOf(db, row.thesis.id) };
}

/** Facts of a thesis's reports, the newest first; no text of theirs. */
export async function reportsOf(db: DbOrTx, thesisId: string) {
  return db
    .select({
      id: progressReport.id,
      number: progressReport.number,
      year: progressReport.year,
      half: progressReport.half,
      dueOn: progressReport.dueOn,
      state: progressReport.state,
      stateReason: progressReport.stateReason,
      turnDueOn: progressReport.turnDueOn,
      shareDone: progressReport.shareDone,
      submittedAt: progressReport.submittedAt,
      decidedAt: progressReport.decidedAt,
      outcome: progressReport.outcome,
      given,
      signed,
    })
    .from(progressReport)
    .where(eq(progressReport.thesisId, thesisId))
    .orderBy(desc(progressReport.year), desc(progressReport.half));
}

export type ReportFacts = Awaited<ReturnType<typeof reportsOf>>[number];

/**
 * The opinions on a report that this actor may read: their own, and all once they have been opened. The seal is here,
 * in the `where`: what is sealed never leaves the database.
 */
export async function readableOpinions(db: DbOrTx, actor: Actor, reportId: string): Promise<Opinion[]> {
  const own = actor.kind === 'person' ? eq(opinion.supervisorId, actor.personId) : sql`false`;
  const rows = await db
    .select({ opinion })
    .from(opinion)
    .innerJoin(progressReport, eq(progressReport.id, opinion.reportId))
    .where(and(eq(opinion.reportId, reportId), or(own, isNotNull(progressReport.opinionsOpenedAt))))
    .orderBy(desc(opinion.capacity));
  return rows.map((row) => row.opinion);
}

/** When each opinion was received, without what it says. */
export async function receiptsOf(db: DbOrTx, reportId: string) {
  return db
    .select({ capacity: opinion.capacity, givenAt: opinion.givenAt })
    .from(opinion)
    .where(and(eq(opinion.reportId, reportId), isNotNull(opinion.givenAt)));
}

/** A version of the joint decision with the signatures given on it. */
export type DecisionVersion = { version: Version; signatures: Signature[] };

async function decisionVersions(db: DbOrTx, reportId: string): Promise<DecisionVersion[]> {
  const versions = await versionsOf(db, REPORT, reportId);
  // A decision has few versions: this is not a list that grows.
  return Promise.all(
    versions.map(async (version) => ({ version, signatures: await signaturesOf(db, version.id) })),
  );
}

/**
 * A report in the actor's scope with all that this actor may read of it: a draft's text is its candidate's, an
 * opinion is its author's until both are in.
 *
 * @throws Refusal `not-found`
 */
export async function reportInScope(db: DbOrTx, actor: PersonActor, reference: string, number: number) {
  const found = await thesisInScope(db, actor, reference);
  const [row] = await db
    .select({ report: progressReport, given, signed })
    .from(progressReport)
    .where(and(eq(progressReport.thesisId, found.thesis.id), eq(progressReport.number, number)));
  if (!row) throw notFound();
  const { report } = row;
  const readable = report.state !== 'draft' || placeOf(actor, found)?.role === 'candidate';
  const [opinions, receipts, decisions, history] = await Promise.all([
    readableOpinions(db, actor, report.id),
    receiptsOf(db, report.id),
    decisionVersions(db, report.id),
    historyOf(db, report.id),
  ]);
  return {
    ...found,
    report: readable ? report : withoutTexts(report),
    textReadable: readable,
    given: row.given,
    signed: row.signed,
    awaited: awaited({ state: report.state, given: row.given, signed: row.signed }),
    opinions,
    receipts,
    decisions,
    history,
  };
}

export type ReportView = Awaited<ReturnType<typeof reportInScope>>;

const nothing = { en: '', ru: '' };

function withoutTexts(report: ProgressReport): ProgressReport {
  return {
    ...report,
    done: nothing,
    publications: nothing,
    plan: nothing,
    difficulties: nothing,
    shareDone: null,
  };
}

/** What happened to a report, the newest first, from its audit rows: codes and names, never a text. */
export async function historyOf(db: DbOrTx, reportId: string) {
  return db
    .select({
      id: auditRow.id,
      at: auditRow.at,
      code: auditRow.code,
      facts: auditRow.facts,
      name: nameColumns,
    })
    .from(auditRow)
    .leftJoin(person, and(eq(auditRow.actorKind, 'person'), sql`${person.id}::text = ${auditRow.actorId}`))
    .where(and(eq(auditRow.subjectType, REPORT), eq(auditRow.subjectId, reportId)))
    .orderBy(desc(auditRow.at), desc(auditRow.id))
    .limit(100);
}

/**
 * A report in the actor's scope, locked until the transaction ends, with those who stand in its thesis.
 *
 * @throws Refusal `not-found`
 */
export async function lockReport(tx: Tx, actor: PersonActor, reference: string, number: number) {
  const [found] = await tx
    .select({ thesis })
    .from(thesis)
    .where(and(eq(thesis.reference, reference), scope(tx, actor)));
  if (!found) throw notFound();
  const [report] = await tx
    .select()
    .from(progressReport)
    .where(and(eq(progressReport.thesisId, found.thesis.id), eq(progressReport.number, number)))
    .for('update');
  if (!report) throw notFound();
  return { thesis: found.thesis, report, members: await membersOf(tx, found.thesis.id) };
}

export type LockedReport = Awaited<ReturnType<typeof lockReport>>;

/**
 * A thesis in the actor's scope, locked until the transaction ends.
 *
 * @throws Refusal `not-found`
 */
export async function lockThesis(tx: Tx, actor: PersonActor, reference: string) {
  const [row] = await tx
    .select()
    .from(thesis)
    .where(and(eq(thesis.reference, reference), scope(tx, actor)))
    .for('update');
  if (!row) throw notFound();
  return { thesis: row, members: await membersOf(tx, row.id) };
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
