import { count } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { waitingTasks } from '#app/training/waiting-tasks.ts';
import { certificate, courseRun, enrolment } from '#db/schema/training.ts';
import { useDatabase } from '#tests/support/database.ts';
import { seedPeople } from './seed-people.ts';
import { seedTraining } from './seed-training.ts';

const { db } = await useDatabase();

test('the demo has courses at every stage, and something to do for everybody', {
  timeout: 60_000,
}, async () => {
  const now = new Date();
  const as = await seedPeople(db, 'demo-bridge-2026');
  await seedTraining(db, as, now);
  const [runs] = await db.select({ n: count() }).from(courseRun);
  expect(runs?.n).toBe(13);
  const states = await db
    .select({ state: enrolment.state, n: count() })
    .from(enrolment)
    .groupBy(enrolment.state);
  const of = (state: string) => states.find((one) => one.state === state)?.n ?? 0;
  expect(of('offered')).toBe(1);
  expect(of('waiting')).toBe(3);
  expect(of('withdrawn')).toBe(1);
  const certificates = await db.select().from(certificate);
  expect(certificates).toHaveLength(6);
  expect(certificates.filter((one) => one.revokedAt)).toHaveLength(1);
  const tasks = async (name: string) =>
    (await waitingTasks(db, as(name), now)).map((task) => task.text).sort();
  expect(await tasks('student.ru')).toEqual(['training:waiting.offer']);
  expect(await tasks('instructor.ru')).toEqual(['training:waiting.results']);
  expect(await tasks('coordinator.ru')).toContain('training:waiting.certificates');
});
