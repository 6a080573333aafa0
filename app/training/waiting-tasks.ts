import { and, asc, count, eq, exists, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import { institutionsOf } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import type { WaitingTask } from '#app/platform/room.ts';
import type { Db } from '#db/client.server.ts';
import { institution } from '#db/schema/people.ts';
import { certificate, course, courseRun, enrolment } from '#db/schema/training.ts';
import { closesAt } from './run-clock.ts';

const SHOWN = 20;

const columns = {
  reference: courseRun.reference,
  startsOn: courseRun.startsOn,
  endsOn: courseRun.endsOn,
  title: course.title,
  side: institution.side,
  timeZone: institution.timeZone,
};

/** What waits for a person in training: offers to take, requests to answer, results to give, certificates to issue. */
export async function waitingTasks(db: Db, actor: PersonActor, now: Date): Promise<WaitingTask[]> {
  const coordinated = institutionsOf(actor, 'coordinator');
  const today = now.toISOString().slice(0, 10);
  const lists = await Promise.all([
    offers(db, actor),
    coordinated.length > 0 ? requests(db, actor, coordinated) : [],
    institutionsOf(actor, 'instructor').length > 0 ? results(db, actor, today) : [],
    coordinated.length > 0 ? certificates(db, actor, coordinated, today) : [],
  ]);
  return lists.flat();
}

async function offers(db: Db, actor: PersonActor): Promise<WaitingTask[]> {
  const rows = await db
    .select({ ...columns, until: enrolment.offeredUntil, own: enrolment.side })
    .from(enrolment)
    .innerJoin(courseRun, eq(courseRun.id, enrolment.runId))
    .innerJoin(course, eq(course.id, courseRun.courseId))
    .innerJoin(institution, eq(institution.id, course.hostInstitutionId))
    .where(and(eq(enrolment.personId, actor.personId), eq(enrolment.state, 'offered')))
    .limit(SHOWN);
  return rows.map((row) => ({
    text: 'training:waiting.offer',
    params: { course: row.title[actor.locale] },
    note: row.reference,
    href: `/training/runs/${row.reference}`,
    side: row.own,
    due: row.until,
  }));
}

/** One task for each run, however many ask. */
async function requests(db: Db, actor: PersonActor, coordinated: string[]): Promise<WaitingTask[]> {
  const sponsorship = and(
    eq(enrolment.sponsorNeeded, true),
    isNull(enrolment.sponsoredAt),
    inArray(enrolment.institutionId, coordinated),
  );
  const evidence = and(
    eq(enrolment.evidenceNeeded, true),
    isNull(enrolment.evidenceAcceptedAt),
    inArray(course.hostInstitutionId, coordinated),
  );
  const rows = await db
    .select({ ...columns, people: count() })
    .from(enrolment)
    .innerJoin(courseRun, eq(courseRun.id, enrolment.runId))
    .innerJoin(course, eq(course.id, courseRun.courseId))
    .innerJoin(institution, eq(institution.id, course.hostInstitutionId))
    .where(
      and(
        eq(enrolment.state, 'requested'),
        sql`${enrolment.personId} <> ${actor.personId}`,
        or(sponsorship, evidence),
      ),
    )
    .groupBy(courseRun.id, course.id, institution.id)
    .orderBy(asc(courseRun.startsOn))
    .limit(SHOWN);
  return rows.map((row) => ({
    text: 'training:waiting.requests',
    params: { course: row.title[actor.locale], count: row.people },
    note: row.reference,
    href: `/training/runs/${row.reference}/people`,
    side: actor.side,
    due: closesAt(row, row.timeZone),
  }));
}

async function results(db: Db, actor: PersonActor, today: string): Promise<WaitingTask[]> {
  const open = db
    .select({ one: sql`1` })
    .from(enrolment)
    .where(
      and(eq(enrolment.runId, courseRun.id), eq(enrolment.state, 'confirmed'), isNull(enrolment.result)),
    );
  const rows = await db
    .select(columns)
    .from(courseRun)
    .innerJoin(course, eq(course.id, courseRun.courseId))
    .innerJoin(institution, eq(institution.id, course.hostInstitutionId))
    .where(and(eq(courseRun.instructorId, actor.personId), lt(courseRun.endsOn, today), exists(open)))
    .orderBy(asc(courseRun.endsOn))
    .limit(SHOWN);
  return rows.map((row) => ({
    text: 'training:waiting.results',
    params: { course: row.title[actor.locale] },
    note: row.reference,
    href: `/training/runs/${row.reference}/results`,
    side: actor.side,
    due: null,
  }));
}

async function certificates(
  db: Db,
  actor: PersonActor,
  coordinated: string[],
  today: string,
): Promise<WaitingTask[]> {
  const rows = await db
    .select({ ...columns, people: count() })
    .from(enrolment)
    .innerJoin(courseRun, eq(courseRun.id, enrolment.runId))
    .innerJoin(course, eq(course.id, courseRun.courseId))
    .innerJoin(institution, eq(institution.id, course.hostInstitutionId))
    .leftJoin(certificate, eq(certificate.enrolmentId, enrolment.id))
    .where(
      and(
        eq(enrolment.result, 'passed'),
        isNull(certificate.id),
        inArray(course.hostInstitutionId, coordinated),
        lt(courseRun.endsOn, today),
      ),
    )
    .groupBy(courseRun.id, course.id, institution.id)
    .orderBy(asc(courseRun.endsOn))
    .limit(SHOWN);
  return rows.map((row) => ({
    text: 'training:waiting.certificates',
    params: { course: row.title[actor.locale], count: row.people },
    note: row.reference,
    href: `/training/runs/${row.reference}/people`,
    side: row.side,
    due: null,
  }));
}
