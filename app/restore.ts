/**
 * Brings a backup into an empty installation: `npm run restore -- FILE [--without-keys]`. The portal does not run
 * meanwhile.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { BackupError, type Manifest, readPart } from '#db/backup-archive.server.ts';
import { connect } from '#db/client.server.ts';
import { examineBackup, restoreBackup } from '#db/restore.server.ts';
import { verifyAudit } from './platform/audit-verify.server.ts';
import { type Config, parseSettings, SECRET_NAMES, type Settings } from './platform/config.ts';
import { openFileStore } from './platform/file-store.server.ts';
import { migrateInstallation, migratingPlaces } from './platform/migrate-installation.server.ts';
import { holdsDatabase, openInstallation } from './platform/open-installation.server.ts';
import { runCommand, UsageError } from './platform/run-command.ts';
import { sweepMail } from './platform/sweep-mail.server.ts';

await runCommand(
  async (args, say) => {
    const { file, withoutKeys } = read(args);
    const settings = parseSettings(process.env);
    if (settings.embedded && holdsDatabase(settings.dataDir)) {
      throw new BackupError(
        `DATA_DIR ${settings.dataDir} holds a database already: restore only into an empty one`,
      );
    }
    say(`checking ${file}`);
    const backup = await examineBackup(file);
    const madeSecrets = await bringSecrets(file, settings, backup.manifest, withoutKeys);
    let config: Config | undefined;
    let close = async () => {};
    try {
      const opened = await openInstallation(process.env, { doing: 'being restored', fresh: true, say });
      ({ config, close } = opened);
      if (!withoutKeys) refuseOtherKeys(backup.manifest, config);
      const store = openFileStore(config);
      await restoreBackup(backup, {
        file,
        places: migratingPlaces(config),
        incoming: store.incoming,
        takeFile: (id, local, content) =>
          store.take(id, local, { ...content, mediaType: 'application/octet-stream' }),
        removeFile: (id) => store.remove(id),
        say,
      });
    } catch (error) {
      await close();
      if (settings.embedded) forget(settings, madeSecrets);
      throw error;
    }
    try {
      say('bringing the database up to date');
      await migrateInstallation(config);
      await report(backup.manifest, config, say);
    } finally {
      await close();
    }
  },
  [BackupError],
);

function read(args: string[]): { file: string; withoutKeys: boolean } {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { 'without-keys': { type: 'boolean' } },
    });
    const [file, ...rest] = positionals;
    if (file && rest.length === 0)
      return { file: path.resolve(file), withoutKeys: values['without-keys'] ?? false };
  } catch {
    // Unknown options are told the same way.
  }
  throw new UsageError('Usage: npm run restore -- FILE.tar.gz [--without-keys]');
}

/**
 * On the embedded default the secrets come from the environment, else from `secrets.json` in the new data directory,
 * else from the archive. New ones are made only where nothing sealed needs the old.
 *
 * @returns whether a file was written.
 */
async function bringSecrets(
  file: string,
  settings: Settings,
  manifest: Manifest,
  withoutKeys: boolean,
): Promise<boolean> {
  const kept = path.join(settings.dataDir, 'secrets.json');
  if (!settings.embedded || SECRET_NAMES.every((name) => process.env[name]?.trim()) || fs.existsSync(kept)) {
    return false;
  }
  const saved = manifest.secrets ? await readPart(file, 'secrets.json') : null;
  if (saved) {
    fs.mkdirSync(settings.dataDir, { recursive: true });
    fs.writeFileSync(kept, saved, { mode: 0o600, flag: 'wx' });
    return true;
  }
  const sealed = manifest.vaultKeys.in.length + manifest.vaultKeys.ru.length > 0;
  if (sealed && !withoutKeys) {
    throw new BackupError(
      `The vaults hold values, and their keys are not in the archive: put the former secrets.json into ${settings.dataDir}, or give up those values with --without-keys`,
    );
  }
  return true;
}

function refuseOtherKeys(manifest: Manifest, config: Config): void {
  for (const side of ['in', 'ru'] as const) {
    const ours = new Set(config.vaults[side].keys.map((key) => key.name));
    const absent = manifest.vaultKeys[side].filter((name) => !ours.has(name));
    if (absent.length === 0) continue;
    const variable = `VAULT_${side.toUpperCase()}_KEY`;
    throw new BackupError(
      `${variable} lacks the key "${absent.join('", "')}" under which values of the archive lie: add it, or give up those values with --without-keys`,
    );
  }
}

/** A restore that came to nothing leaves a data directory as it was, so that it can be tried again. */
function forget({ dataDir }: Settings, madeSecrets: boolean): void {
  for (const name of ['postgres', 'postgres.json', ...(madeSecrets ? ['secrets.json'] : [])]) {
    fs.rmSync(path.join(dataDir, name), { recursive: true, force: true });
  }
}

async function report(manifest: Manifest, config: Config, say: (text: string) => void): Promise<void> {
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  say(`restored ${rows} rows of ${manifest.tables.length} tables, as they were at ${manifest.madeAt}`);
  if (manifest.files.store === 's3') {
    say(
      `its ${manifest.files.count} files lie in the bucket "${manifest.files.bucket}": bring that back too`,
    );
  } else say(`restored ${manifest.files.count} files`);
  const db = connect(config.databaseUrl, { max: 2, name: 'setu-most restore' });
  try {
    const waiting = await sweepMail(db);
    if (waiting > 0) say(`${waiting} mails that waited are in the queue again`);
    const audit = await verifyAudit(db, config.authSecret);
    if (audit.firstBroken) {
      const { sequence, auditId, what } = audit.firstBroken;
      say(
        `WARNING: the audit chain is broken at ${sequence} (${what}, row ${auditId ?? 'unknown'}), as it was saved`,
      );
    } else {
      say(`the audit chain is whole: ${audit.sealed} rows sealed, ${audit.unsealed} waiting for the sealer`);
    }
    if (audit.otherKey > 0) say(`${audit.otherKey} days were signed under another AUTH_SECRET`);
  } finally {
    await db.$client.end();
  }
}
