import path from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { installQueue } from './install-queue.server.ts';
import { projectRoot } from './project-root.ts';

/** Any number, the same in every process: whoever migrates first lets the others wait. */
const MIGRATION_LOCK = 7_305_2026;

/** Tables into which the portal's own role may only INSERT and from which it may only SELECT. */
const APPEND_ONLY = ['audit_row', 'audit_seal', 'audit_head'];

/**
 * Brings the main database to the schema of this code, under an advisory lock: forward only.
 *
 * @param url the migrating role's connection.
 * @param options.portalRole the portal's own role where it is another one: it is granted what it needs, no more.
 */
export async function migrateDatabase(url: string, options: { portalRole?: string } = {}): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'setu-most migrate' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await migrate(drizzle(client), { migrationsFolder: path.join(projectRoot, 'db/migrations') });
    await installQueue(url, options);
    if (options.portalRole) await grantPortal(client, options.portalRole);
  } finally {
    await client.end();
  }
}

async function grantPortal(client: pg.Client, role: string): Promise<void> {
  const name = pg.escapeIdentifier(role);
  await client.query(`grant usage on schema public to ${name}`);
  await client.query(`grant select, insert, update, delete on all tables in schema public to ${name}`);
  await client.query(`grant usage on all sequences in schema public to ${name}`);
  await client.query(`revoke update, delete, truncate on ${APPEND_ONLY.join(', ')} from ${name}`);
}
