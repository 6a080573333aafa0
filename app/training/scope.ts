import { and, eq, getTableColumns, inArray, or, type SQL } from 'drizzle-orm';
import { validate as isUuid } from 'uuid';
import { institutionsOf } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { notFound } from '#app/platform/outcome.ts';
import type { DbOrTx, Tx } from '#db/client.server.ts';
import { institution } from '#db/schema/people.ts';
import { course, courseRun, enrolment } from '#db/schema/training.ts';

export type Run = typeof courseRun.$inferSelect;
export type Course = typeof course.$inferSelect;
export type Enrolment = typeof enrolment.$inferSelect;

/** A run with its course and the host's clock; what the rules of a run are asked about. */
export type OneRun = Run & { course: Course; hostInstitutionId: string; timeZone: string };

/** Runs are public: everybody finds every run. Who is in them is another matter. */
const runs = (db: DbOrTx) =>
  db
    .select({
      run: getTableColumns(courseRun),
      course: getTableColumns(course),
      timeZone: institution.timeZone,
    })
    .from(courseRun)
    .innerJoin(course, eq(course.id, courseRun.courseId))
    .innerJoin(institution, eq(institution.id, course.hostInstitutionId));

const oneRun = (row: { run: Run; course: Course; timeZone: string } | undefined): OneRun => {
  if (!row) throw notFound();
  const { hostInstitutionId } = row.course;
  return { ...row.run, course: row.course, hostInstitutionId, timeZone: row.timeZone };
};

/** @throws Refusal `not-found` */
export async function findRun(db: DbOrTx, reference: string): Promise<OneRun> {
  const [row] = await runs(db).where(eq(courseRun.reference, reference));
  return oneRun(row);
}

/**
 * The run, held until the transaction ends: everything that gives or takes a seat passes here, one after another.
 *
 * @throws Refusal `not-found`
 */
export async function lockRun(tx: Tx, by: { reference: string } | { id: string }): Promise<OneRun> {
  const which = 'id' in by ? eq(courseRun.id, by.id) : eq(courseRun.reference, by.reference);
  const [row] = await runs(tx).where(which).for('update', { of: courseRun });
  return oneRun(row);
}

/**
 * The enrolments of which an actor knows the person: their own, those of people their institution sends or sponsors,
 * all of the courses their institution hosts, and as instructor those of their runs.
 */
export function enrolmentsVisibleTo(actor: PersonActor): SQL | undefined {
  const coordinated = institutionsOf(actor, 'coordinator');
  const teaches = institutionsOf(actor, 'instructor').length > 0;
  return or(
    eq(enrolment.personId, actor.personId),
    coordinated.length > 0 ? inArray(enrolment.institutionId, coordinated) : undefined,
    coordinated.length > 0 ? inArray(course.hostInstitutionId, coordinated) : undefined,
    teaches ? and(eq(courseRun.instructorId, actor.personId), eq(enrolment.state, 'confirmed')) : undefined,
  );
}

/**
 * An enrolment of a run in the actor's scope, read under the lock of its run.
 *
 * @throws Refusal `not-found`
 */
export async function enrolmentInScope(
  tx: Tx,
  actor: PersonActor,
  run: OneRun,
  id: string,
): Promise<Enrolment> {
  if (!isUuid(id)) throw notFound();
  const [row] = await tx
    .select({ enrolment: getTableColumns(enrolment) })
    .from(enrolment)
    .innerJoin(courseRun, eq(courseRun.id, enrolment.runId))
    .innerJoin(course, eq(course.id, courseRun.courseId))
    .where(and(eq(enrolment.id, id), eq(enrolment.runId, run.id), enrolmentsVisibleTo(actor)))
    .for('update', { of: enrolment });
  if (!row) throw notFound();
  return row.enrolment;
}

/** What the rules of an enrolment are asked about. */
export const parties = (run: OneRun, record: Enrolment) => ({
  personId: record.personId,
  institutionId: record.institutionId,
  hostInstitutionId: run.hostInstitutionId,
  sponsorNeeded: record.sponsorNeeded,
  evidenceNeeded: record.evidenceNeeded,
});
