import { count, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { STAGES, type Stage } from '#app/exchanges/stages.ts';
import { application, call, letter } from '#db/schema/exchanges.ts';
import { certificate } from '#db/schema/training.ts';
import { useDatabase } from '#tests/support/database.ts';
import { seedExchanges } from './seed-exchanges.ts';
import { seedPeople } from './seed-people.ts';

const { db } = await useDatabase();

test('the demo has thirty applications, some at every stage, and calls in every state people meet', {
  timeout: 120_000,
}, async () => {
  const as = await seedPeople(db, 'demo-bridge-2026');
  await seedExchanges(db, as, new Date());
  const rows = await db
    .select({ stage: application.stage, n: count() })
    .from(application)
    .groupBy(application.stage);
  expect(rows.reduce((sum, row) => sum + row.n, 0)).toBeGreaterThanOrEqual(30);
  const empty = STAGES.filter((stage: Stage) => !rows.some((row) => row.stage === stage));
  expect(empty).toEqual([]);
  // The place of a stay that was called off went to the next of the reserve list.
  const moved = await db.select().from(application).where(eq(application.stateReason, 'placementEnded'));
  expect(moved.map((one) => one.state)).toEqual(['selected']);
  const calls = await db.select({ state: call.state }).from(call);
  expect(calls.map((one) => one.state).sort()).toEqual([
    'decided',
    'decided',
    'half-signed',
    'in-review',
    'published',
  ]);
  expect(await db.select().from(certificate)).toHaveLength(2);
  const letters = await db.select({ kind: letter.kind }).from(letter);
  expect(new Set(letters.map((one) => one.kind))).toEqual(new Set(['nomination', 'acceptance', 'refusal']));
});
