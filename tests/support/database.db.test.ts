import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { cloneDatabase, useDatabase } from './database.ts';

const { db, url } = await useDatabase();

test('the database is PostgreSQL 15 or later with the extensions the portal needs', async () => {
  const version = await db.execute<{ server_version_num: string }>(sql`SHOW server_version_num`);
  expect(Number(version.rows[0]?.server_version_num)).toBeGreaterThanOrEqual(150000);
  const found = await db.execute<{ extname: string }>(sql`SELECT extname FROM pg_extension`);
  const names = found.rows.map((row) => row.extname);
  expect(names).toEqual(expect.arrayContaining(['pg_trgm', 'btree_gist']));
});

test('the migrations are applied', async () => {
  const tables = await db.execute<{ name: string }>(
    sql`SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`,
  );
  expect(tables.rows.map((row) => row.name)).toEqual(expect.arrayContaining(['person', 'institution']));
});

test('several files may clone the template at the same moment', async () => {
  const clones = await Promise.all(Array.from({ length: 5 }, () => cloneDatabase()));
  expect(new Set([url, ...clones.map((clone) => clone.url)]).size).toBe(6);
  await Promise.all(clones.map((clone) => clone.drop()));
});
