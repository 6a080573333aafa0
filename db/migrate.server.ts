import path from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { installQueue } from './install-queue.server.ts';
import { migrateVault } from './migrate-vault.server.ts';
import { projectRoot } from './project-root.ts';
import { SIDES, type Side } from './schema/shared.ts';

/** Any number, the same in every process: whoever migrates first lets the others wait. */
const MIGRATION_LOCK = 7_305_2026;

/** Tables into which the portal's own role may only INSERT and from which it may only SELECT. */
const APPEND_ONLY = ['audit_row', 'audit_seal', 'audit_head'];

/** Where a side's vault lives: a database of its own, or a schema of the main one. */
type VaultPlace = { url: string; schemaName?: string | undefined };

/** The vaults of an installation that names none: a schema each in the main database. */
const vaultsWithin = (url: string): Record<Side, VaultPlace> => ({
  in: { url, schemaName: 'vault_in' },
  ru: { url, schemaName: 'vault_ru' },
});

/**
 * Brings an installation to the schema of this code, forward only: main tables, queue, vaults. Each part
 * waits for whoever else is migrating it.
 *
 * @param url the migrating role's connection.
 * @param options.portalRole the portal's own role where it is another one: it is granted what it needs, no more.
 * @param options.vaults where the vaults live; schemas of the same database unless told.
 * @returns the sides whose vault did not answer: the portal works without it, and says so.
 */
export async function migrateDatabase(
  url: string,
  options: { portalRole?: string; vaults?: Record<Side, VaultPlace> } = {},
): Promise<{ vaultsAway: Side[] }> {
  const { portalRole, vaults = vaultsWithin(url) } = options;
  await migrateMain(url, portalRole);
  await installQueue(url, portalRole ? { portalRole } : {});
  const vaultsAway: Side[] = [];
  for (const side of SIDES) {
    const { url: vaultUrl, schemaName } = vaults[side];
    try {
      await migrateVault(vaultUrl, { schemaName, portalRole: schemaName ? portalRole : undefined });
    } catch (error) {
      // A vault in the main database cannot be away alone: that is a failure like any other.
      if (schemaName) throw error;
      vaultsAway.push(side);
    }
  }
  return { vaultsAway };
}

async function migrateMain(url: string, portalRole: string | undefined): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'setu-most migrate' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await migrate(drizzle(client), { migrationsFolder: path.join(projectRoot, 'db/migrations') });
    if (portalRole) await grantPortal(client, portalRole);
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
