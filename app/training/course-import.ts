import { eq } from 'drizzle-orm';
import { permits } from '#app/people/access.ts';
import { institutions } from '#app/people/queries.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import type { FileStore } from '#app/platform/file-store.server.ts';
import { eraseFile } from '#app/platform/files.server.ts';
import { forbidden, invalid } from '#app/platform/outcome.ts';
import type { Table } from '#app/platform/table.ts';
import { waitingTable } from '#app/platform/waiting-table.server.ts';
import type { Db } from '#db/client.server.ts';
import { institution } from '#db/schema/people.ts';
import { course, courseRun } from '#db/schema/training.ts';
import { importCourses } from './import-courses.ts';
import { trainingRules } from './policy.ts';
import { type CourseRow, latePrerequisites, type RowProblem, readCourses } from './read-courses.ts';

/** What a file waiting between preview and confirmation is about. */
export const COURSE_IMPORT = 'course-import';

export type CoursePreview = {
  encoding: Table['encoding'];
  fresh: CourseRow[];
  /** Runs that are in the portal already. */
  known: number;
  problems: RowProblem[];
  /** Prerequisites that end too late for a run. */
  late: { row: number; code: string; required: string; endsOn: string | null }[];
};

/**
 * What an import of a received file would do, for this actor: nothing is stored.
 *
 * @throws Refusal `forbidden`, `not-found` for a file that is not the actor's, `invalid` for what is no table of courses
 */
export async function previewCourses(
  db: Db,
  store: FileStore,
  actor: PersonActor,
  fileId: string,
): Promise<CoursePreview> {
  if (!permits(trainingRules['training.import'], actor, null)) throw forbidden();
  const waiting = { fileId, ownerId: actor.personId, subjectType: COURSE_IMPORT };
  const table = await waitingTable(db, store, waiting);
  const places = await institutions(db);
  const hosts = new Map(
    places
      .filter((place) => place.side !== null)
      .map((place) => [
        place.code,
        permits(trainingRules['training.add'], actor, { hostInstitutionId: place.id }),
      ]),
  );
  const [courses, runs] = await Promise.all([
    db
      .select({ code: course.code, title: course.title, host: institution.code })
      .from(course)
      .innerJoin(institution, eq(institution.id, course.hostInstitutionId)),
    db
      .select({ code: course.code, startsOn: courseRun.startsOn, endsOn: courseRun.endsOn })
      .from(courseRun)
      .innerJoin(course, eq(course.id, courseRun.courseId)),
  ]);
  const read = readCourses(table, hosts, new Map(courses.map((one) => [one.code, one])));
  if (read.missingColumns.length > 0) {
    throw invalid('table.columns', { params: { columns: read.missingColumns.join(', ') } });
  }
  const standing = new Set(runs.map((run) => `${run.code} ${run.startsOn}`));
  const fresh = read.courses.filter((one) => !standing.has(`${one.code} ${one.startsOn}`));
  const all = [...runs, ...fresh];
  return {
    encoding: table.encoding,
    fresh,
    known: read.courses.length - fresh.length,
    problems: read.problems,
    late: fresh.flatMap((one) =>
      latePrerequisites(one, all).map((late) => ({
        row: one.row,
        code: one.code,
        required: late.code,
        endsOn: late.endsOn,
      })),
    ),
  };
}

/**
 * Imports the sound rows of a previewed file and erases it.
 *
 * @returns how many runs were added
 * @throws Refusal as `previewCourses`
 */
export async function confirmCourses(
  db: Db,
  store: FileStore,
  actor: PersonActor,
  fileId: string,
  now: Date,
): Promise<number> {
  const { fresh } = await previewCourses(db, store, actor, fileId);
  const references = await importCourses(db, actor, fresh);
  await eraseFile(db, fileId, now);
  return references.length;
}
