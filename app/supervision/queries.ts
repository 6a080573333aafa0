import { and, desc, eq, isNotNull, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { nameColumns } from '#app/people/queries.ts';
import type { Actor, PersonActor } from '#app/platform/actor.ts';
import { notFound } from '#app/platform/outcome.ts';
import { type Signature, signaturesOf, type Version, versionsOf } from '#app/platform/versions.server.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { institution, person } from '#db/schema/people.ts';
import { auditRow } from '#db/schema/platform.ts';
import { opinion, progressReport, thesis, thesisMember } from '#db/schema/supervision.ts';
import { placeOf } from './policy.ts';
import { current, given, scope, signed } from './scope.ts';
import { awaited } from './turn.ts';

/** What the report is called in versions and in the audit log. */
export const REPORT = 'progress-report';

export type ProgressReport = typeof progressReport.$inferSelect;
export type Opinion = typeof opinion.$inferSelect;

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
