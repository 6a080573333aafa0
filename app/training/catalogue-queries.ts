import { and, asc, count, desc, eq, gt, gte, inArray, lt, or, sql } from 'drizzle-orm';
import { notFound } from '#app/platform/outcome.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { institution } from '#db/schema/people.ts';
import {
  type CourseArea,
  course,
  coursePrerequisite,
  courseRun,
  courseSeat,
  courseSession,
  enrolment,
  type SeatPool,
} from '#db/schema/training.ts';

const PAGE = 50;

export type CatalogueFilter = {
  area?: CourseArea | undefined;
  when?: 'past' | undefined;
  /** `<first day>_<id>` of the last run of the page before. */
  after?: string | undefined;
};

/** What lists and pages say of a run and its course. */
export const runColumns = {
  id: courseRun.id,
  reference: courseRun.reference,
  startsOn: courseRun.startsOn,
  endsOn: courseRun.endsOn,
  seats: courseRun.seats,
  quotaIn: courseRun.quotaIn,
  quotaRu: courseRun.quotaRu,
  code: course.code,
  title: course.title,
  area: course.area,
  language: course.language,
  mode: course.mode,
  host: institution.shortName,
  city: institution.city,
  side: institution.side,
  timeZone: institution.timeZone,
};

export type FreeSeats = Record<SeatPool, number>;

/** Seats nobody holds or is offered, by run and pool. */
export async function freeSeats(db: DbOrTx, runIds: readonly string[]): Promise<Map<string, FreeSeats>> {
  const free = new Map<string, FreeSeats>(runIds.map((id) => [id, { in: 0, ru: 0, surplus: 0 }]));
  if (runIds.length === 0) return free;
  const rows = await db
    .select({ runId: courseSeat.runId, pool: courseSeat.pool, free: count() })
    .from(courseSeat)
    .leftJoin(enrolment, eq(enrolment.seatId, courseSeat.id))
    .where(and(inArray(courseSeat.runId, [...runIds]), sql`${enrolment.id} is null`))
    .groupBy(courseSeat.runId, courseSeat.pool);
  for (const row of rows) {
    const pools = free.get(row.runId);
    if (pools) pools[row.pool] = row.free;
  }
  return free;
}

/** A page of the public catalogue: runs to come and under way, soonest first; or past ones, latest first. */
export async function listRuns(db: DbOrTx, filter: CatalogueFilter, today: string) {
  const past = filter.when === 'past';
  const [on, id] = filter.after?.split('_') ?? [];
  const beyond = past
    ? or(lt(courseRun.startsOn, on ?? ''), and(eq(courseRun.startsOn, on ?? ''), lt(courseRun.id, id ?? '')))
    : or(gt(courseRun.startsOn, on ?? ''), and(eq(courseRun.startsOn, on ?? ''), gt(courseRun.id, id ?? '')));
  const found = await db
    .select(runColumns)
    .from(courseRun)
    .innerJoin(course, eq(course.id, courseRun.courseId))
    .innerJoin(institution, eq(institution.id, course.hostInstitutionId))
    .where(
      and(
        past ? lt(courseRun.endsOn, today) : gte(courseRun.endsOn, today),
        filter.area ? eq(course.area, filter.area) : undefined,
        filter.after ? beyond : undefined,
      ),
    )
    .orderBy(
      ...(past
        ? [desc(courseRun.startsOn), desc(courseRun.id)]
        : [asc(courseRun.startsOn), asc(courseRun.id)]),
    )
    .limit(PAGE + 1);
  const rows = found.slice(0, PAGE);
  const last = rows.at(-1);
  const free = await freeSeats(
    db,
    rows.map((row) => row.id),
  );
  return {
    rows: rows.map((row) => ({ ...row, free: free.get(row.id) ?? { in: 0, ru: 0, surplus: 0 } })),
    next: found.length > PAGE && last ? `${last.startsOn}_${last.id}` : null,
  };
}

/**
 * A course with what has to be known before it and its runs, the latest first, each with its sessions.
 *
 * @throws Refusal `not-found`
 */
export async function courseByCode(db: DbOrTx, code: string) {
  const runs = await db
    .select({ ...runColumns, courseId: course.id, hostName: institution.name })
    .from(course)
    .innerJoin(institution, eq(institution.id, course.hostInstitutionId))
    .innerJoin(courseRun, eq(courseRun.courseId, course.id))
    .where(eq(course.code, code))
    .orderBy(desc(courseRun.startsOn))
    .limit(PAGE);
  const [first] = runs;
  if (!first) throw notFound();
  const ids = runs.map((run) => run.id);
  const [prerequisites, sessions, free] = await Promise.all([
    prerequisitesOf(db, first.courseId),
    sessionsOf(db, ids),
    freeSeats(db, ids),
  ]);
  return {
    course: first,
    prerequisites,
    runs: runs.map((run) => ({
      ...run,
      free: free.get(run.id) ?? { in: 0, ru: 0, surplus: 0 },
      sessions: sessions.filter((session) => session.runId === run.id),
    })),
  };
}

/** The courses that come before a course. */
export async function prerequisitesOf(db: DbOrTx, courseId: string) {
  return db
    .select({ id: course.id, code: course.code, title: course.title })
    .from(coursePrerequisite)
    .innerJoin(course, eq(course.id, coursePrerequisite.requiredCourseId))
    .where(eq(coursePrerequisite.courseId, courseId))
    .orderBy(asc(course.code));
}

/** The sessions of runs in the order of time. */
export async function sessionsOf(db: DbOrTx, runIds: readonly string[]) {
  return db
    .select()
    .from(courseSession)
    .where(inArray(courseSession.runId, [...runIds]))
    .orderBy(asc(courseSession.startsAt));
}

/** The dates of all runs of these courses, to see which prerequisites come too late. */
export async function runDatesOf(db: DbOrTx, courseIds: readonly string[]) {
  if (courseIds.length === 0) return [];
  return db
    .select({ code: course.code, startsOn: courseRun.startsOn, endsOn: courseRun.endsOn })
    .from(courseRun)
    .innerJoin(course, eq(course.id, courseRun.courseId))
    .where(inArray(course.id, [...courseIds]));
}
