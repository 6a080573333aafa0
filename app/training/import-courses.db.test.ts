import { count, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { system } from '#app/platform/actor.ts';
import { composeMessage, messagesByCode } from '#app/platform/compose-message.server.ts';
import { LOCALES } from '#db/schema/shared.ts';
import { course, courseRun, courseSeat } from '#db/schema/training.ts';
import { addRun, courseRow } from '#tests/support/course.ts';
import { useDatabase } from '#tests/support/database.ts';
import { addPerson } from '#tests/support/thesis.ts';
import { courseByCode, listRuns } from './catalogue-queries.ts';
import { importCourses } from './import-courses.ts';
import { messages } from './messages.ts';

const { db } = await useDatabase();
const coordinator = await addPerson(db, 'GIREDMET', ['coordinator']);

test('a list sent twice, and twice at once, is imported once, with the seats it names', async () => {
  const required = courseRow();
  const row = courseRow({ prerequisites: [required.code], seats: 10, quotaIn: 4, quotaRu: 5 });
  const answers = await Promise.all([1, 2].map(() => importCourses(db, coordinator, [required, row])));
  expect(answers.map((references) => references.length).sort()).toEqual([0, 2]);
  expect(await importCourses(db, coordinator, [required, row])).toEqual([]);
  const found = await courseByCode(db, row.code);
  expect(found.prerequisites.map(({ code }) => code)).toEqual([required.code]);
  expect(found.runs[0]?.free).toEqual({ in: 4, ru: 5, surplus: 1 });
  const [seats] = await db
    .select({ n: count() })
    .from(courseSeat)
    .innerJoin(courseRun, eq(courseRun.id, courseSeat.runId))
    .where(eq(courseRun.reference, found.runs[0]?.reference ?? ''));
  expect(seats?.n).toBe(10);
  // Another first day is another run of the same course.
  const again = await importCourses(db, coordinator, [
    { ...row, startsOn: '2027-06-01', endsOn: '2027-06-02' },
  ]);
  expect(again).toHaveLength(1);
  expect((await courseByCode(db, row.code)).runs).toHaveLength(2);
});

test('a course of another host is refused, and with it the whole list', async () => {
  const before = await db.select({ n: count() }).from(course);
  const rows = [courseRow(), courseRow({ host: 'IITISM' })];
  await expect(importCourses(db, coordinator, rows)).rejects.toMatchObject({ code: 'forbidden' });
  expect(await db.select({ n: count() }).from(course)).toEqual(before);
});

test('the catalogue pages through runs without losing or repeating one', async () => {
  const rows = Array.from({ length: 60 }, () =>
    courseRow({ area: 'digital-plants', startsOn: '2028-01-10', endsOn: '2028-01-12' }),
  );
  await importCourses(db, system('test'), rows);
  const first = await listRuns(db, { area: 'digital-plants' }, '2027-01-01');
  const second = await listRuns(db, { area: 'digital-plants', after: first.next ?? '' }, '2027-01-01');
  expect([first.rows.length, second.rows.length, second.next]).toEqual([50, 10, null]);
  expect(new Set([...first.rows, ...second.rows].map((row) => row.id)).size).toBe(60);
  expect((await listRuns(db, { area: 'digital-plants' }, '2028-02-01')).rows).toEqual([]);
  expect((await listRuns(db, { area: 'digital-plants', when: 'past' }, '2028-02-01')).rows).toHaveLength(50);
});

test.each(LOCALES)('every message of training says what it is about in %s', async (locale) => {
  const reference = await addRun(db);
  for (const { code } of messages) {
    const params = { reference, until: '2026-12-01T10:00:00.000Z', place: 3 };
    const stored = { code, params, institutionId: null };
    const said = await composeMessage(db, messagesByCode([{ messages }]), stored, { locale, personId: null });
    const text = `${said?.subject} ${said?.body} ${said?.action}`;
    expect(text, code).toContain(reference);
    expect(text, code).toMatch(locale === 'ru' ? /Жидкостная экстракция/ : /Solvent extraction/);
    expect(text, code).not.toMatch(/\{\{|undefined/);
    expect(said?.path).toMatch(`/training/runs/${reference}`);
  }
});
