import { sql } from 'drizzle-orm';
import { afterAll, describe, expect, it } from 'vitest';
import { useDatabase } from '#tests/support/database.ts';
import { onLive, onLiveEnd, publish, startLive, stopLive } from './live.server.ts';

const { db, url } = await useDatabase();
afterAll(() => stopLive());

const heard: string[] = [];
const listening = () =>
  db.execute(
    sql`select pid from pg_stat_activity where application_name = 'setu-most live' and datname = current_database()`,
  );

describe('live topics', () => {
  it('are told once the transaction commits, and only those asked for', async () => {
    startLive(url);
    await expect.poll(async () => (await listening()).rows.length).toBe(1);
    const stop = onLive(['call:1'], (topic) => heard.push(topic));
    await db.transaction(async (tx) => {
      await publish(tx, 'call:1');
      await publish(tx, 'call:2');
      expect(heard).toEqual([]);
    });
    await db
      .transaction(async (tx) => {
        await publish(tx, 'call:1');
        throw new Error('rolled back');
      })
      .catch(() => undefined);
    await expect.poll(() => heard).toEqual(['call:1']);
    stop();
  });

  it('are told to whoever begins to listen just after: their page may have been made before', () => {
    heard.length = 0;
    onLive(['call:1', 'call:5'], (topic) => heard.push(topic))();
    expect(heard).toEqual(['call:1']);
  });

  it('are told after a gap, when nobody knows what was missed', async () => {
    heard.length = 0;
    const stop = onLive(['call:3'], (topic) => heard.push(topic));
    await db.execute(sql`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'setu-most live' and datname = current_database()`);
    await expect.poll(() => heard, { timeout: 5000 }).toEqual(['call:3']);
    stop();
  });

  it('end when the process does', async () => {
    let ended = false;
    onLiveEnd(() => {
      ended = true;
    });
    await stopLive();
    expect(ended).toBe(true);
    expect((await listening()).rows).toEqual([]);
  });
});
