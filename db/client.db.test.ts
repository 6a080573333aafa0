import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { useDatabase } from '#tests/support/database.ts';
import { connect } from './client.server.ts';

const { db, url } = await useDatabase();

it('outlives a connection that breaks in the middle of a transaction, and says so to its query only', async () => {
  const portal = connect(url, { max: 1 });
  const broken = portal.transaction(async (tx) => {
    const { rows } = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
    await db.execute(sql`select pg_terminate_backend(${rows[0]?.pid})`);
    await tx.execute(sql`select pg_sleep(0.2)`);
  });
  await expect(broken).rejects.toThrow();
  const { rows } = await portal.execute<{ one: number }>(sql`select 1 as one`);
  expect(rows).toEqual([{ one: 1 }]);
  await portal.$client.end();
});
