import pino from 'pino';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { useDatabase } from '#tests/support/database.ts';
import { defineJob, enqueueAll, startQueue, stopQueue } from './queue.server.ts';

const { db, url } = await useDatabase();
afterAll(() => stopQueue());

test('a worker goes from one job to the next without waiting to be called again', async () => {
  const seen: number[] = [];
  const many = defineJob({
    name: 'test.many',
    schema: z.object({ id: z.number() }),
    handle: async ({ id }) => {
      seen.push(id);
    },
  });
  const numbers = Array.from({ length: 40 }, (_, id) => id);
  await startQueue({ url, db, jobs: [many as never], work: true, log: pino({ level: 'silent' }) });
  await db.transaction((tx) =>
    enqueueAll(
      tx,
      many,
      numbers.map((id) => ({ id })),
    ),
  );
  // Forty looks two seconds apart, or one ring for each, would take far longer.
  await expect.poll(() => seen.length, { timeout: 10_000 }).toBe(40);
  expect(new Set(seen).size).toBe(40);
});
