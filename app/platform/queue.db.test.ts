import { sql } from 'drizzle-orm';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { installQueue } from '#db/install-queue.server.ts';
import { useDatabase } from '#tests/support/database.ts';
import {
  defineJob,
  drainQueue,
  enqueue,
  enqueueAll,
  queueReady,
  startQueue,
  stopQueue,
} from './queue.server.ts';

const { db, url } = await useDatabase();
const log = pino({ level: 'silent' });
const seen: string[] = [];

const note = defineJob({
  name: 'test.note',
  schema: z.object({ id: z.string() }),
  handle: async ({ id }) => {
    if (id === 'bad') throw new Error('no');
    seen.push(id);
  },
});
const once = defineJob({
  name: 'test.once',
  schema: z.object({}),
  policy: 'short',
  handle: async () => {
    seen.push('once');
  },
});

describe('the queue', () => {
  beforeAll(async () => {
    await installQueue(url);
    await installQueue(url);
  });
  afterAll(() => stopQueue());

  it('takes a job before any process works on the queue', async () => {
    expect(await enqueue(db, note, { id: 'early' })).toBeTypeOf('string');
  });

  it('forgets a job whose transaction is rolled back, a first one of its kind too', async () => {
    const fresh = { ...note, name: 'test.fresh' };
    await expect(
      db.transaction(async (tx) => {
        await enqueue(tx, note, { id: 'lost' });
        await enqueue(tx, fresh, { id: 'lost' });
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    await db.transaction((tx) => enqueue(tx, fresh, { id: 'kept' }));
    const { rows } = await db.execute(
      sql`select data from pgboss.job where name in ('test.note', 'test.fresh')`,
    );
    expect(rows.map((row) => row.data)).toEqual([{ id: 'early' }, { id: 'kept' }]);
  });

  it('does what is due, and says what failed after the rest is done', async () => {
    await startQueue({ url, db, jobs: [note, once], work: false, log });
    expect(await queueReady()).toBe(true);
    await enqueueAll(db, note, [{ id: 'a' }, { id: 'bad' }, { id: 'b' }]);
    await expect(drainQueue()).rejects.toThrow('no');
    expect(seen.toSorted()).toEqual(['a', 'b', 'early']);
    expect(await drainQueue()).toBe(0);
  });

  it('lets one job of a key wait', async () => {
    await expect(enqueue(db, note, { id: 'x' }, { singletonKey: 'k' })).rejects.toThrow('policy');
    expect(await enqueue(db, once, {}, { singletonKey: 'k' })).not.toBeNull();
    expect(await enqueue(db, once, {}, { singletonKey: 'k' })).toBeNull();
    expect(await drainQueue()).toBe(1);
  });

  it('refuses a payload that is not the job’s', async () => {
    await expect(enqueue(db, note, { id: 3 } as unknown as { id: string })).rejects.toThrow();
  });

  it('wakes a worker at once, and stops in order within four seconds', async () => {
    await stopQueue();
    seen.length = 0;
    await startQueue({ url, db, jobs: [note], work: true, log });
    await new Promise((resolve) => setTimeout(resolve, 500));
    const asked = performance.now();
    await enqueue(db, note, { id: 'now' });
    await expect.poll(() => seen, { timeout: 4000, interval: 20 }).toContain('now');
    expect(performance.now() - asked).toBeLessThan(1500);
    const stopping = performance.now();
    await stopQueue();
    expect(performance.now() - stopping).toBeLessThan(4000);
  });
});
