import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { connectPlace, type PlaceUrl } from './backup.server.ts';
import {
  BackupError,
  checkArchive,
  type Manifest,
  PLACES,
  type Place,
  type SavedTable,
  type Sums,
  walkArchive,
} from './backup-archive.server.ts';
import { tablesInOrder } from './backup-tables.server.ts';
import { migrateVault, vaultSteps } from './migrate-vault.server.ts';
import { projectRoot } from './project-root.ts';

const migrationsFolder = path.join(projectRoot, 'db/migrations');
const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

export interface RestoreOptions {
  file: string;
  /** As the migrating role reaches them. */
  places: Record<Place, PlaceUrl>;
  /** Takes over a file that was read from the archive. */
  takeFile: (id: string, localPath: string, content: { size: number; hash: string }) => Promise<void>;
  /** Forgets a file taken over before the restore failed. */
  removeFile: (id: string) => Promise<void>;
  /** A folder for one file at a time, on the disk of the store. */
  incoming: string;
  say: (text: string) => void;
}

/**
 * Reads an archive through before anything is touched.
 *
 * @throws BackupError when it is damaged, or of a schema that this version does not know.
 */
export async function examineBackup(file: string): Promise<{ manifest: Manifest; sums: Sums }> {
  const { manifest, sums } = await checkArchive(file);
  const ours = readMigrationFiles({ migrationsFolder }).map((migration) => migration.hash);
  const known = manifest.migrations.every((hash, index) => ours[index] === hash);
  const vaultsKnown = [...manifest.vaultMigrations.in, ...manifest.vaultMigrations.ru].every((name) =>
    vaultSteps().includes(name),
  );
  if (!known || !vaultsKnown) {
    throw new BackupError(
      `${file} was made by another version of the portal (its schema is not known here): restore it with that version, or a newer one`,
    );
  }
  return { manifest, sums };
}

/**
 * Brings the content of an archive into empty databases: the schema as it was when the archive was made, then every row
 * as it was, then the files. All or nothing in each database; the caller migrates further. Every part is compared with
 * its sum a second time before anything is committed.
 *
 * @throws BackupError when a database is not empty, or the archive changed since it was examined.
 */
export async function restoreBackup(
  { manifest, sums: expected }: { manifest: Manifest; sums: Sums },
  options: RestoreOptions,
): Promise<void> {
  const { file, places, say } = options;
  const clients = new Map<Place, pg.Client>();
  const taken: string[] = [];
  try {
    for (const place of PLACES) clients.set(place, await connectPlace(place, places[place]));
    for (const [place, client] of clients) await refuseUnlessEmpty(place, client);
    say('making the schema as it was');
    await migrateTo(manifest, places);
    for (const [place, client] of clients) await beginLoading(place, client, manifest);
    say('reading rows and files back');
    const loader = openLoader(manifest, clients);
    const sums = await walkArchive(file, async (name, content) => {
      const [first = '', second = ''] = name.split('/');
      if (first === 'files') {
        await loader.close();
        await takeFile(second, content, options);
        taken.push(second);
      } else if (isPlace(first)) await loader.load(first, second, content);
    });
    await loader.close();
    for (const [name, sum] of expected) {
      if (sums.get(name) !== sum) throw new BackupError(`${file} was changed while it was being read`);
    }
    // As when they were written: the vaults first, then what knows of them.
    for (const place of ['in', 'ru', 'main'] as const) {
      await finishLoading(place, clients.get(place) as pg.Client, manifest);
    }
    // Empty until now, so nothing is known of how the rows lie.
    await clients.get('main')?.query('analyze');
  } catch (error) {
    for (const id of taken) await options.removeFile(id);
    throw error;
  } finally {
    await Promise.all([...clients.values()].map((client) => client.end()));
  }
}

function isPlace(text: string): text is Place {
  return PLACES.some((place) => place === text);
}

async function refuseUnlessEmpty(place: Place, client: pg.Client): Promise<void> {
  if (place === 'main') {
    const tables = await tablesInOrder(client);
    if (tables.length === 0) return;
    throw new BackupError(
      `The database holds ${tables.length} tables already: restore only into a new, empty one`,
    );
  }
  const { rows } = await client.query<{ there: boolean }>(
    `select to_regclass('vault_record') is not null as there`,
  );
  if (!rows[0]?.there) return;
  const { rowCount } = await client.query('select from vault_record limit 1');
  if (rowCount)
    throw new BackupError(`The vault of side "${place}" holds values already: restore only into empty ones`);
}

/** Applies the migrations that the archive names, and no later one. */
async function migrateTo(manifest: Manifest, places: Record<Place, PlaceUrl>): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'setu-most-migrations-'));
  const client = new pg.Client({ connectionString: places.main.url, application_name: 'setu-most restore' });
  try {
    cpSync(migrationsFolder, folder, { recursive: true });
    const journalFile = path.join(folder, 'meta', '_journal.json');
    const journal = JSON.parse(readFileSync(journalFile, 'utf8')) as { entries: unknown[] };
    journal.entries = journal.entries.slice(0, manifest.migrations.length);
    writeFileSync(journalFile, JSON.stringify(journal));
    await client.connect();
    await migrate(drizzle(client), { migrationsFolder: folder });
  } finally {
    await client.end();
    rmSync(folder, { recursive: true, force: true });
  }
  for (const side of ['in', 'ru'] as const) {
    const { url, schemaName } = places[side];
    await migrateVault(url, { schemaName, steps: manifest.vaultMigrations[side] });
  }
}

/**
 * Opens the transaction of a place and clears what its migrations wrote: the archive has that too. Our own triggers rest
 * until the rows are in, as they do when a dump is loaded: the rows have passed them once.
 */
async function beginLoading(place: Place, client: pg.Client, manifest: Manifest): Promise<void> {
  const saved = manifest.tables.filter((table) => table.place === place);
  const tables = await tablesInOrder(client);
  const names = (list: { name: string }[]) => JSON.stringify(list.map((table) => table.name).sort());
  if (names(saved) !== names(tables)) {
    throw new BackupError('The archive has other tables than its schema: it was not made by this portal');
  }
  await client.query('begin');
  for (const { name } of tables) await client.query(`alter table ${quoted(name)} disable trigger user`);
  for (const { name } of tables.toReversed()) await client.query(`delete from ${quoted(name)}`);
}

async function finishLoading(place: Place, client: pg.Client, manifest: Manifest): Promise<void> {
  const tables = manifest.tables.filter((table) => table.place === place);
  await client.query('set constraints all immediate');
  for (const { name } of tables) await client.query(`alter table ${quoted(name)} enable trigger user`);
  for (const { name, rows } of tables) {
    const counted = await client.query<{ count: string }>(`select count(*) as count from ${quoted(name)}`);
    if (Number(counted.rows[0]?.count) !== rows) {
      throw new BackupError(`The archive promises ${rows} rows of ${name} and has ${counted.rows[0]?.count}`);
    }
  }
  if (place === 'main') {
    for (const { name, value } of manifest.sequences) {
      await client.query('select setval($1::regclass, $2::bigint)', [quoted(name), value]);
    }
  }
  await client.query('commit');
}

/** Feeds the parts of a table to one COPY after the other; the parts of a table follow each other. */
function openLoader(manifest: Manifest, clients: Map<Place, pg.Client>) {
  let current: { place: Place; name: string; input: PassThrough; done: Promise<void> } | undefined;
  const close = async () => {
    const former = current;
    current = undefined;
    former?.input.end();
    await former?.done;
  };
  const begin = (place: Place, { name, columns }: SavedTable) => {
    const list = columns.map(quoted).join(', ');
    const input = new PassThrough();
    const copy = clients.get(place)?.query(copyFrom(`copy ${quoted(name)} (${list}) from stdin`));
    if (!copy) throw new Error(`No connection to ${place}`);
    const done = pipeline(input, copy);
    done.catch(() => {});
    return { place, name, input, done };
  };
  return {
    close,
    async load(place: Place, name: string, content: AsyncIterable<Buffer>): Promise<void> {
      if (current?.place !== place || current.name !== name) {
        await close();
        const table = manifest.tables.find((one) => one.place === place && one.name === name);
        if (!table)
          throw new BackupError(`The archive has rows of ${place}/${name}, which its manifest does not know`);
        current = begin(place, table);
      }
      const { input, done } = current;
      for await (const chunk of content) {
        // A failed COPY ends the wait: nothing would drain any more.
        if (!input.write(chunk)) await Promise.race([once(input, 'drain'), done]);
      }
    },
  };
}

async function takeFile(id: string, content: AsyncIterable<Buffer>, options: RestoreOptions): Promise<void> {
  if (!ID.test(id)) throw new BackupError(`The archive has a file with an impossible name: ${id}`);
  await mkdir(options.incoming, { recursive: true, mode: 0o700 });
  const local = path.join(options.incoming, id);
  const handle = await open(local, 'w', 0o600);
  const hash = createHash('sha256');
  let size = 0;
  try {
    for await (const chunk of content) {
      hash.update(chunk);
      size += chunk.length;
      await handle.write(chunk);
    }
    await handle.close();
    await options.takeFile(id, local, { size, hash: hash.digest('hex') });
  } catch (error) {
    await handle.close().catch(() => {});
    await rm(local, { force: true });
    throw error;
  }
}

function quoted(name: string): string {
  return pg.escapeIdentifier(name);
}
