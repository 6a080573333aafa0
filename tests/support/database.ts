import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, inject } from 'vitest';
import { connect, type Db } from '#db/client.server.ts';
import { administer, withDatabase } from './database-server.ts';

/** PostgreSQL's `object_in_use`: somebody is (still) connected to the template, or cloning it. */
const objectInUse = '55006';

/**
 * Clones the migrated template into a database of a name nobody else has.
 * @returns its URL, and a function that drops it
 */
export async function cloneDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const { adminUrl, template, prefix } = inject('testServer');
  const name = `${prefix}_${randomBytes(5).toString('hex')}`;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await administer(adminUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`);
      break;
    } catch (error) {
      if ((error as { code?: string }).code !== objectInUse || attempt === 50) throw error;
      await delay(50 + 50 * Math.random());
    }
  }
  return {
    url: withDatabase(adminUrl, name),
    drop: async () => {
      await administer(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

/**
 * Gives the calling test file a migrated, empty database of its own, dropped after its last test.
 * Call it at the top of the file: `const { db } = await useDatabase();`
 */
export async function useDatabase(): Promise<{ db: Db; url: string }> {
  const { url, drop } = await cloneDatabase();
  const db = connect(url, { max: 5, name: 'setu-most-test' });
  afterAll(async () => {
    await db.$client.end();
    await drop();
  });
  return { db, url };
}
