import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { projectRoot } from './project-root.ts';

/** The same number in every process: whoever migrates a vault first lets the others wait. */
const VAULT_LOCK = 7_305_2028;

/** The connection option that lets a connection see one vault's schema and nothing else. */
export function vaultSearchPath(schemaName: string): string {
  return `-c search_path=${schemaName}`;
}

/**
 * Brings one vault to the schema of this code: forward only, under an advisory lock, each step in its transaction.
 *
 * @param url the vault's connection, by a role that may create tables there.
 * @param options.schemaName the schema it lives in, created when absent; without one the connection's own is used.
 * @param options.portalRole the portal's own role where it is another one: it is granted what it needs.
 * @param options.steps the steps to have; all unless told, a backup's when one is restored.
 */
export async function migrateVault(
  url: string,
  options: { schemaName?: string | undefined; portalRole?: string | undefined; steps?: string[] } = {},
): Promise<void> {
  const { schemaName, portalRole, steps = vaultSteps() } = options;
  const client = new pg.Client({
    connectionString: url,
    application_name: 'setu-most migrate vault',
    connectionTimeoutMillis: 5000,
    ...(schemaName && { options: vaultSearchPath(schemaName) }),
  });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [VAULT_LOCK]);
    if (schemaName) await client.query(`create schema if not exists ${pg.escapeIdentifier(schemaName)}`);
    await client.query(
      'create table if not exists vault_migration (name text primary key, applied_at timestamptz not null default now())',
    );
    for (const name of await missingSteps(client, steps)) await applyStep(client, name);
    if (portalRole) await grantPortal(client, portalRole);
  } finally {
    await client.end();
  }
}

const folder = path.join(projectRoot, 'db/vault-migrations');

/** Names of all steps this code knows, in their order. */
export function vaultSteps(): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort();
}

async function missingSteps(client: pg.Client, steps: string[]): Promise<string[]> {
  const done = await client.query<{ name: string }>('select name from vault_migration');
  const applied = new Set(done.rows.map((row) => row.name));
  return steps.filter((name) => !applied.has(name));
}

async function applyStep(client: pg.Client, name: string): Promise<void> {
  await client.query('begin');
  try {
    await client.query(readFileSync(path.join(folder, name), 'utf8'));
    await client.query('insert into vault_migration (name) values ($1)', [name]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

async function grantPortal(client: pg.Client, role: string): Promise<void> {
  const name = pg.escapeIdentifier(role);
  const found = await client.query<{ schema: string }>('select current_schema() as schema');
  await client.query(
    `grant usage on schema ${pg.escapeIdentifier(found.rows[0]?.schema ?? 'public')} to ${name}`,
  );
  await client.query(`grant select, insert, update, delete on vault_record to ${name}`);
}
