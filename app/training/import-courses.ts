import { and, eq, inArray, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { permits } from '#app/people/access.ts';
import type { Actor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { forbidden } from '#app/platform/outcome.ts';
import { nextReference } from '#app/platform/references.server.ts';
import type { Db, Tx } from '#db/client.server.ts';
import { institution } from '#db/schema/people.ts';
import { course, coursePrerequisite, courseRun, courseSeat, SEAT_POOLS } from '#db/schema/training.ts';
import { trainingRules } from './policy.ts';
import type { CourseRow } from './read-courses.ts';
import { poolsOf } from './seating.ts';

/**
 * Adds courses and their runs. A run that is there already, by course and first day, stays as it is: a file sent twice
 * changes nothing.
 *
 * @returns the references of the new runs, in the order of the rows
 * @throws Refusal `forbidden` when a row's host is not the actor's
 */
export async function importCourses(db: Db, actor: Actor, rows: readonly CourseRow[]): Promise<string[]> {
  return db.transaction(async (tx) => {
    // Two imports at once would both miss what the other adds.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('import-courses', 0))`);
    const places = new Map(
      (await tx.select({ id: institution.id, code: institution.code }).from(institution)).map((one) => [
        one.code,
        one.id,
      ]),
    );
    const hostOf = (row: CourseRow) => {
      const hostInstitutionId = places.get(row.host) ?? '';
      if (!permits(trainingRules['training.add'], actor, { hostInstitutionId })) throw forbidden();
      return hostInstitutionId;
    };
    const courses = await addCourses(tx, rows, hostOf);
    const references: string[] = [];
    for (const row of rows) {
      const courseId = courses.get(row.code);
      const added = courseId && (await addRun(tx, courseId, row));
      if (!added) continue;
      references.push(added.reference);
      await audit(tx, {
        code: 'course-run.import',
        actor,
        subject: { type: 'course-run', id: added.id },
        institutionId: hostOf(row),
        facts: { reference: added.reference, course: row.code, seats: row.seats },
      });
    }
    return references;
  });
}

async function addCourses(
  tx: Tx,
  rows: readonly CourseRow[],
  hostOf: (row: CourseRow) => string,
): Promise<Map<string, string>> {
  if (rows.length === 0) return new Map();
  const fresh = await tx
    .insert(course)
    .values(
      [...new Map(rows.map((row) => [row.code, row])).values()].map((row) => ({
        id: uuidv7(),
        code: row.code,
        title: row.title,
        area: row.area,
        language: row.language,
        mode: row.mode,
        hostInstitutionId: hostOf(row),
      })),
    )
    .onConflictDoNothing({ target: course.code })
    .returning({ code: course.code });
  const codes = rows.flatMap((row) => [row.code, ...row.prerequisites]);
  const ids = new Map(
    (
      await tx
        .select({ id: course.id, code: course.code })
        .from(course)
        .where(inArray(course.code, [...new Set(codes)]))
    ).map((one) => [one.code, one.id]),
  );
  const added = new Set(fresh.map((one) => one.code));
  const required = rows
    .filter((row) => added.has(row.code))
    .flatMap((row) =>
      row.prerequisites.flatMap((code) => {
        const [courseId, requiredCourseId] = [ids.get(row.code), ids.get(code)];
        return courseId && requiredCourseId ? [{ courseId, requiredCourseId }] : [];
      }),
    );
  if (required.length > 0) await tx.insert(coursePrerequisite).values(required).onConflictDoNothing();
  return ids;
}

/** Null when the run is there already. */
async function addRun(
  tx: Tx,
  courseId: string,
  row: CourseRow,
): Promise<{ id: string; reference: string } | null> {
  const [known] = await tx
    .select({ id: courseRun.id })
    .from(courseRun)
    .where(and(eq(courseRun.courseId, courseId), eq(courseRun.startsOn, row.startsOn)));
  if (known) return null;
  const { startsOn, endsOn, seats, quotaIn, quotaRu } = row;
  const id = uuidv7();
  const reference = await nextReference(tx, 'RUN', Number(startsOn.slice(0, 4)));
  await tx.insert(courseRun).values({ id, reference, courseId, startsOn, endsOn, seats, quotaIn, quotaRu });
  const pools = poolsOf(row);
  await tx
    .insert(courseSeat)
    .values(
      SEAT_POOLS.flatMap((pool) =>
        Array.from({ length: pools[pool] }, () => ({ id: uuidv7(), runId: id, pool })),
      ),
    );
  return { id, reference };
}
