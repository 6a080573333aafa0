/**
 * Saves the whole installation into one file: `npm run backup -- [FILE] [--with-secrets]`. The portal may run meanwhile.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { backUp } from '#db/backup.server.ts';
import { BackupError } from '#db/backup-archive.server.ts';
import { type Config, SECRET_NAMES } from './platform/config.ts';
import { openFileStore } from './platform/file-store.server.ts';
import { migratingPlaces } from './platform/migrate-installation.server.ts';
import { openInstallation } from './platform/open-installation.server.ts';
import { runCommand, UsageError } from './platform/run-command.ts';
import { keepSecrets } from './platform/secrets.server.ts';

await runCommand(
  async (args, say) => {
    const { file: wanted, withSecrets } = read(args);
    const { config, close } = await openInstallation(process.env, { doing: 'being backed up', say });
    try {
      const file = path.resolve(wanted ?? path.join(config.dataDir, 'backups', nameAt(new Date())));
      fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
      const { tables, files, size } = await backUp({
        file,
        places: migratingPlaces(config),
        files: filesOf(config),
        secrets: withSecrets ? secretsOf(config) : undefined,
      });
      const rows = tables.reduce((sum, table) => sum + table.rows, 0);
      say(`saved ${rows} rows of ${tables.length} tables to ${file} (${megabytes(size)})`);
      if (files.store === 's3') {
        say(`its ${files.count} files stay in the bucket "${files.bucket}", which needs a backup of its own`);
      } else say(`with ${files.count} files (${megabytes(files.bytes)})`);
      if (files.missing.length > 0) {
        say(`WARNING: ${files.missing.length} files that the database knows are not in the store`);
      }
      say(
        withSecrets
          ? 'the keys of the vaults are in it: whoever has this file can read everything'
          : `the keys of the vaults are NOT in it, and without them nobody can read what the vaults hold: keep ${whereSecrets(config)} elsewhere`,
      );
    } finally {
      await close();
    }
  },
  [BackupError],
);

function read(args: string[]): { file: string | undefined; withSecrets: boolean } {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { 'with-secrets': { type: 'boolean' } },
    });
    if (positionals.length < 2) return { file: positionals[0], withSecrets: values['with-secrets'] ?? false };
  } catch {
    // Unknown options are told the same way.
  }
  throw new UsageError('Usage: npm run backup -- [FILE.tar.gz] [--with-secrets]');
}

function nameAt(now: Date): string {
  return `setu-most-${now.toISOString().slice(0, 19).replaceAll(':', '')}Z.tar.gz`;
}

function filesOf(config: Config): Parameters<typeof backUp>[0]['files'] {
  if (config.files.kind === 'disk') return { store: 'disk', folder: path.join(config.dataDir, 'files') };
  return { store: 's3', bucket: config.files.bucket, ids: () => openFileStore(config).ids() };
}

/** As the environment has them, else as the embedded default keeps them. */
function secretsOf(config: Config): Record<string, string> {
  const given = SECRET_NAMES.map((name) => [name, process.env[name]?.trim() ?? ''] as const);
  const kept = given.every(([, value]) => value) ? {} : keepSecrets(config.dataDir);
  return { ...kept, ...Object.fromEntries(given.filter(([, value]) => value)) };
}

function whereSecrets(config: Config): string {
  return SECRET_NAMES.every((name) => process.env[name]?.trim())
    ? SECRET_NAMES.join(', ')
    : path.join(config.dataDir, 'secrets.json');
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
