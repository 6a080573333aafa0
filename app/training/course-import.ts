import { eq } from 'drizzle-orm';
import { permits } from '#app/people/access.ts';
import { institutions } from '#app/people/queries.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import type { FileStore } from '#app/platform/file-store.server.ts';
import { forbidden } from '#app/platform/outcome.ts';
import type { Reading, TableImport } from '#app/platform/table-import.server.ts';
import { fileShelf } from '#app/platform/waiting-table.server.ts';
import type { Db } from '#db/client.server.ts';
import { institution } from '#db/schema/people.ts';
import { course, courseRun } from '#db/schema/training.ts';
import { importCourses } from './import-courses.ts';
import { trainingRules } from './policy.ts';
import { type CourseRow, latePrerequisites, readCourses } from './read-courses.ts';

/** What a file waiting between preview and confirmation is about. */
export const COURSE_IMPORT = 'course-import';

export type CourseReading = Reading<CourseRow> & {
  /** Prerequisites that end too late for a run. */
  late: { row: number; code: string; required: string; endsOn: string | null }[];
};

/**
 * Opens the import of courses with their runs for an actor. Confirming answers how many runs were added.
 *
 * @throws Refusal `forbidden`
 */
export function courseImport(
  db: Db,
  store: FileStore,
  actor: PersonActor,
): TableImport<CourseRow, CourseReading, number> {
  if (!permits(trainingRules['training.import'], actor, null)) throw forbidden();
  return {
    shelf: fileShelf(db, store, { ownerId: actor.personId, kind: COURSE_IMPORT, subjectId: null }),
    async read(table) {
      const [places, courses, runs] = await Promise.all([
        institutions(db),
        db
          .select({ code: course.code, title: course.title, host: institution.code })
          .from(course)
          .innerJoin(institution, eq(institution.id, course.hostInstitutionId)),
        db
          .select({ code: course.code, startsOn: courseRun.startsOn, endsOn: courseRun.endsOn })
          .from(courseRun)
          .innerJoin(course, eq(course.id, courseRun.courseId)),
      ]);
      const hosts = new Map(
        places
          .filter((place) => place.side !== null)
          .map(({ code, id }) => [
            code,
            permits(trainingRules['training.add'], actor, { hostInstitutionId: id }),
          ]),
      );
      const read = readCourses(table, hosts, new Map(courses.map((one) => [one.code, one])));
      const { problems, missingColumns } = read;
      const standing = new Set(runs.map((run) => `${run.code} ${run.startsOn}`));
      const isKnown = (one: CourseRow) => standing.has(`${one.code} ${one.startsOn}`);
      const fresh = read.courses.filter((one) => !isKnown(one));
      const all = [...runs, ...fresh];
      const late = fresh.flatMap((one) =>
        latePrerequisites(one, all).map((required) => ({
          row: one.row,
          code: one.code,
          required: required.code,
          endsOn: required.endsOn,
        })),
      );
      return { fresh, known: read.courses.filter(isKnown), problems, missingColumns, late };
    },
    async take({ fresh }) {
      const references = await importCourses(db, actor, fresh);
      return references.length;
    },
  };
}
