import { migrateDatabase } from '#db/migrate.server.ts';
import type { Side } from '#db/schema/shared.ts';
import type { Config } from './config.ts';

/** The databases of an installation as the migrating role reaches them. */
export function migratingPlaces({ migrateDatabaseUrl, vaults }: Config) {
  const vault = (side: Side) => {
    const { url, schemaName } = vaults[side];
    return schemaName ? { url: migrateDatabaseUrl, schemaName } : { url };
  };
  return { main: { url: migrateDatabaseUrl }, in: vault('in'), ru: vault('ru') };
}

/**
 * Brings the databases of an installation to the schema of this code.
 *
 * @returns the sides whose vault did not answer.
 */
export async function migrateInstallation(config: Config): ReturnType<typeof migrateDatabase> {
  const own = decodeURIComponent(new URL(config.databaseUrl).username);
  const migrating = decodeURIComponent(new URL(config.migrateDatabaseUrl).username);
  const { main, ...vaults } = migratingPlaces(config);
  return migrateDatabase(main.url, { ...(own === migrating ? {} : { portalRole: own }), vaults });
}
