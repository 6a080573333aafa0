import { system } from '#app/platform/actor.ts';
import { importCourses } from '#app/training/import-courses.ts';
import type { CourseRow } from '#app/training/read-courses.ts';
import type { Db } from '#db/client.server.ts';

let count = 0;

/** A row of a list of courses, of a course nobody else has, hosted by GIREDMET in January 2027. */
export function courseRow(row: Partial<CourseRow> = {}): CourseRow {
  count += 1;
  return {
    row: count + 1,
    code: `T-${count}`,
    title: { en: `Solvent extraction ${count}`, ru: `Жидкостная экстракция ${count}` },
    area: 'rare-earth-processing',
    language: 'en',
    mode: 'on-site',
    host: 'GIREDMET',
    startsOn: '2027-01-18',
    endsOn: '2027-01-22',
    seats: 3,
    quotaIn: 1,
    quotaRu: 1,
    prerequisites: [],
    ...row,
  };
}

/** Adds a course with one run and answers the run's reference. */
export async function addRun(db: Db, row: Partial<CourseRow> = {}): Promise<string> {
  const [reference] = await importCourses(db, system('test'), [courseRow(row)]);
  if (!reference) throw new Error('The run was not added');
  return reference;
}
