import pg from 'pg';
import { PgBoss } from 'pg-boss';

/** The schema of the queue, beside the portal's own. */
export const QUEUE_SCHEMA = 'pgboss';

/**
 * Brings the queue's schema to the installed pg-boss: part of the migration step, because the portal's own role
 * runs no DDL. Safe to repeat, and to run in two processes at once.
 *
 * @param url the migrating role's connection.
 * @param options.portalRole the portal's own role where it is another one: it is granted what it needs.
 */
export async function installQueue(url: string, options: { portalRole?: string } = {}): Promise<void> {
  const boss = new PgBoss({
    connectionString: url,
    schema: QUEUE_SCHEMA,
    application_name: 'setu-most migrate',
    max: 1,
    supervise: false,
    schedule: false,
  });
  let problem: unknown;
  boss.on('error', (error) => {
    problem ??= error;
  });
  await boss.start();
  await boss.stop({ graceful: false });
  if (problem) throw problem;
  if (options.portalRole) await grantPortal(url, options.portalRole);
}

async function grantPortal(url: string, role: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'setu-most migrate' });
  await client.connect();
  try {
    const name = pg.escapeIdentifier(role);
    await client.query(`grant usage on schema ${QUEUE_SCHEMA} to ${name}`);
    await client.query(
      `grant select, insert, update, delete on all tables in schema ${QUEUE_SCHEMA} to ${name}`,
    );
    await client.query(`grant execute on all functions in schema ${QUEUE_SCHEMA} to ${name}`);
  } finally {
    await client.end();
  }
}
