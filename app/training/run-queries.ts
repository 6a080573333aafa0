import { and, asc, count, desc, eq, gt, gte, inArray, ne, sql } from 'drizzle-orm';
import { institutionsOf, permits } from '#app/people/access.ts';
import { nameColumns, nameOf } from '#app/people/queries.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { forbidden, notFound } from '#app/platform/outcome.ts';
import { certificatesOfRun, certifiedCourses } from '#app/verification/queries.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { institution, person } from '#db/schema/people.ts';
import {
  attendance,
  course,
  courseRun,
  courseSession,
  enrolment,
  enrolmentMove,
} from '#db/schema/training.ts';
import { freeSeats, prerequisitesOf, runColumns, runDatesOf, sessionsOf } from './catalogue-queries.ts';
import { trainingRules } from './policy.ts';
import { latePrerequisites } from './read-courses.ts';
import { stageOf } from './run-clock.ts';
import { enrolmentsVisibleTo, findRun } from './scope.ts';

/** A run as one reader sees it: its facts, their own enrolment, and what they may do. */
export async function runForReader(db: DbOrTx, actor: PersonActor, reference: string, now: Date) {
  const run = await findRun(db, reference);
  const [hosts, sessions, free, own, prerequisites, held, instructor] = await Promise.all([
    db.select().from(institution).where(eq(institution.id, run.hostInstitutionId)),
    sessionsOf(db, [run.id]),
    freeSeats(db, [run.id]),
    ownEnrolment(db, actor, run.id),
    prerequisitesOf(db, run.courseId),
    certifiedCourses(db, actor.personId),
    run.instructorId ? nameOf(db, run.instructorId) : null,
  ]);
  const [host] = hosts;
  if (!host) throw notFound();
  const may = {
    arrange: permits(trainingRules['training.arrange'], actor, run),
    teach: permits(trainingRules['training.teach'], actor, run),
    certify: permits(trainingRules['training.certify'], actor, run),
    list: institutionsOf(actor, 'coordinator').length > 0,
  };
  const missing = prerequisites.filter(({ id }) => !held.has(id));
  const dates = may.arrange
    ? await runDatesOf(
        db,
        prerequisites.map(({ id }) => id),
      )
    : [];
  const required = { startsOn: run.startsOn, prerequisites: prerequisites.map(({ code }) => code) };
  return {
    run,
    host,
    sessions,
    free: free.get(run.id) ?? { in: 0, ru: 0, surplus: 0 },
    own,
    instructor,
    prerequisites,
    missing,
    late: may.arrange ? latePrerequisites(required, dates) : [],
    may,
    stage: stageOf(run, run.timeZone, now),
  };
}

export type RunView = Awaited<ReturnType<typeof runForReader>>;

/** The reader's newest enrolment in a run, why its place changed, and its certificate. */
async function ownEnrolment(db: DbOrTx, actor: PersonActor, runId: string) {
  const [record] = await db
    .select({ enrolment, institution: institution.shortName })
    .from(enrolment)
    .innerJoin(institution, eq(institution.id, enrolment.institutionId))
    .where(and(eq(enrolment.runId, runId), eq(enrolment.personId, actor.personId)))
    .orderBy(desc(enrolment.id))
    .limit(1);
  if (!record) return null;
  const moves = await db
    .select()
    .from(enrolmentMove)
    .where(eq(enrolmentMove.enrolmentId, record.enrolment.id))
    .orderBy(desc(enrolmentMove.id));
  return { ...record.enrolment, institution: record.institution, moves };
}

const PAGE = 100;

/**
 * A page of the people of a run, by order of arrival, as far as the reader may know of them.
 *
 * @throws Refusal `not-found` for the run, `forbidden` for whoever coordinates nothing
 */
export async function peopleOfRun(db: DbOrTx, actor: PersonActor, reference: string, after: number) {
  const run = await findRun(db, reference);
  if (institutionsOf(actor, 'coordinator').length === 0) throw forbidden();
  const found = await db
    .select({
      enrolment,
      ...nameColumns,
      institution: institution.shortName,
      organisation: person.organisation,
    })
    .from(enrolment)
    .innerJoin(courseRun, eq(courseRun.id, enrolment.runId))
    .innerJoin(course, eq(course.id, courseRun.courseId))
    .innerJoin(person, eq(person.id, enrolment.personId))
    .innerJoin(institution, eq(institution.id, enrolment.institutionId))
    .where(and(eq(enrolment.runId, run.id), gt(enrolment.queueNumber, after), enrolmentsVisibleTo(actor)))
    .orderBy(asc(enrolment.queueNumber))
    .limit(PAGE + 1);
  const rows = found.slice(0, PAGE);
  const certificates = await certificatesOfRun(db, reference);
  return {
    run,
    rows: rows.map((row) => ({ ...row, certificate: certificates.get(row.enrolment.id) ?? null })),
    next: found.length > PAGE ? (rows.at(-1)?.enrolment.queueNumber ?? null) : null,
    mayCertify: permits(trainingRules['training.certify'], actor, run),
  };
}

/**
 * The roll of the instructor: everybody who holds a seat, with their marks and result.
 *
 * @throws Refusal `not-found` for the run, `forbidden` for anybody but its instructor
 */
export async function rollOfRun(db: DbOrTx, actor: PersonActor, reference: string) {
  const run = await findRun(db, reference);
  if (!permits(trainingRules['training.teach'], actor, run)) throw forbidden();
  const [sessions, people, marks, certificates] = await Promise.all([
    sessionsOf(db, [run.id]),
    db
      .select({ enrolment, ...nameColumns, institution: institution.shortName })
      .from(enrolment)
      .innerJoin(person, eq(person.id, enrolment.personId))
      .innerJoin(institution, eq(institution.id, enrolment.institutionId))
      .where(and(eq(enrolment.runId, run.id), eq(enrolment.state, 'confirmed')))
      .orderBy(asc(person.familyName), asc(enrolment.queueNumber)),
    db
      .select({
        sessionId: attendance.sessionId,
        enrolmentId: attendance.enrolmentId,
        mark: attendance.mark,
      })
      .from(attendance)
      // Through the sessions: marks are found by session, not by run.
      .innerJoin(courseSession, eq(courseSession.id, attendance.sessionId))
      .where(eq(courseSession.runId, run.id)),
    certificatesOfRun(db, reference),
  ]);
  return {
    run,
    sessions,
    marks,
    people: people.map((row) => ({ ...row, certified: certificates.has(row.enrolment.id) })),
  };
}

const base = (db: DbOrTx) =>
  db
    .select({
      ...runColumns,
      enrolmentState: enrolment.state,
      place: enrolment.place,
      offeredUntil: enrolment.offeredUntil,
      result: enrolment.result,
    })
    .from(enrolment)
    .innerJoin(courseRun, eq(courseRun.id, enrolment.runId))
    .innerJoin(course, eq(course.id, courseRun.courseId))
    .innerJoin(institution, eq(institution.id, course.hostInstitutionId));

/** The reader's own enrolments, the latest run first. */
export async function ownEnrolments(db: DbOrTx, actor: PersonActor) {
  return base(db)
    .where(and(eq(enrolment.personId, actor.personId), ne(enrolment.state, 'withdrawn')))
    .orderBy(desc(courseRun.startsOn), desc(enrolment.id))
    .limit(PAGE);
}

/** Runs the reader teaches, the latest first. */
export async function runsTaught(db: DbOrTx, actor: PersonActor) {
  return db
    .select(runColumns)
    .from(courseRun)
    .innerJoin(course, eq(course.id, courseRun.courseId))
    .innerJoin(institution, eq(institution.id, course.hostInstitutionId))
    .where(eq(courseRun.instructorId, actor.personId))
    .orderBy(desc(courseRun.startsOn))
    .limit(PAGE);
}

/** Runs of the institutions the reader coordinates, soonest first, with how many stand where in them. */
export async function runsHosted(db: DbOrTx, actor: PersonActor, from: string) {
  const coordinated = institutionsOf(actor, 'coordinator');
  if (coordinated.length === 0) return [];
  const rows = await db
    .select(runColumns)
    .from(courseRun)
    .innerJoin(course, eq(course.id, courseRun.courseId))
    .innerJoin(institution, eq(institution.id, course.hostInstitutionId))
    .where(and(inArray(course.hostInstitutionId, coordinated), gte(courseRun.endsOn, from)))
    .orderBy(asc(courseRun.startsOn), asc(courseRun.id))
    .limit(PAGE);
  if (rows.length === 0) return [];
  const counts = await db
    .select({ runId: enrolment.runId, state: enrolment.state, people: count() })
    .from(enrolment)
    .where(
      inArray(
        enrolment.runId,
        rows.map((row) => row.id),
      ),
    )
    .groupBy(enrolment.runId, enrolment.state);
  const of = (runId: string, state: string) =>
    counts.find((one) => one.runId === runId && one.state === state)?.people ?? 0;
  return rows.map((row) => ({
    ...row,
    confirmed: of(row.id, 'confirmed'),
    waiting: of(row.id, 'waiting') + of(row.id, 'offered'),
    requested: of(row.id, 'requested'),
  }));
}

/** Sessions taught and how many a person was present at, for their own page. */
export async function attendanceOf(db: DbOrTx, enrolmentId: string) {
  const [row] = await db
    .select({
      marked: count(),
      present: sql<number>`(count(*) filter (where ${attendance.mark} = 'present'))::int`,
    })
    .from(attendance)
    .innerJoin(courseSession, eq(courseSession.id, attendance.sessionId))
    .where(eq(attendance.enrolmentId, enrolmentId));
  return row ?? { marked: 0, present: 0 };
}

/** Institutions that can sponsor people of other organisations: those of the two sides. */
export async function sponsorChoices(db: DbOrTx) {
  return db
    .select({ id: institution.id, name: institution.name })
    .from(institution)
    .where(sql`${institution.side} is not null`)
    .orderBy(asc(institution.side), asc(institution.code));
}

/** Whether an enrolment's evidence may be read by the actor: whoever sees the enrolment. */
export async function mayReadEvidence(db: DbOrTx, actor: PersonActor, enrolmentId: string): Promise<boolean> {
  const [seen] = await db
    .select({ id: enrolment.id })
    .from(enrolment)
    .innerJoin(courseRun, eq(courseRun.id, enrolment.runId))
    .innerJoin(course, eq(course.id, courseRun.courseId))
    .where(and(eq(enrolment.id, enrolmentId), enrolmentsVisibleTo(actor)));
  return seen !== undefined;
}
