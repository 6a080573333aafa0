import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import {
  type ArchiveWriter,
  BackupError,
  type Manifest,
  PLACES,
  type Place,
  type SavedTable,
  writeArchive,
} from './backup-archive.server.ts';
import { appliedMigrations, appliedVaultSteps, sequencesOf, tablesInOrder } from './backup-tables.server.ts';
import { vaultSearchPath } from './migrate-vault.server.ts';

/** A table goes into the archive in parts of this size: a part's length stands before it. Bytes. */
const PART = 4 * 1024 * 1024;

/** Where one of the three places lies: a database, or a schema of one. */
export type PlaceUrl = { url: string; schemaName?: string | undefined };

export interface BackupOptions {
  /** Where the archive goes; it must not exist. */
  file: string;
  places: Record<Place, PlaceUrl>;
  files:
    | { store: 'disk'; folder: string }
    | { store: 's3'; bucket: string; ids: () => AsyncIterable<string> };
  /** The keys and the sign-in secret, where they are wanted in the archive. */
  secrets?: Record<string, string> | undefined;
}

export type BackupResult = Pick<Manifest, 'tables' | 'files' | 'vaultKeys'> & { size: number };

/**
 * Writes one archive of the whole installation while the portal runs: every table of the main database and of both
 * vaults, each database as it stood at one moment (`repeatable read`), and every file of the disk store. The main
 * database is looked at first: what a vault keeps before main knows of it is then an orphan that the sweep removes, not
 * the other way round. Queue and local mailbox stay out.
 *
 * @throws BackupError with one clear line when a database does not answer or the archive exists.
 */
export async function backUp(options: BackupOptions): Promise<BackupResult> {
  if (await stat(options.file).catch(() => null)) throw new BackupError(`${options.file} exists already`);
  const clients = new Map<Place, pg.Client>();
  const archive = writeArchive(options.file);
  try {
    for (const place of PLACES) clients.set(place, await openSnapshot(place, options.places[place]));
    const client = (place: Place) => clients.get(place) as pg.Client;
    const tables: SavedTable[] = [];
    for (const place of PLACES) {
      for (const table of await tablesInOrder(client(place))) {
        const rows = await saveTable(client(place), archive, place, table);
        tables.push({ place, ...table, rows });
      }
    }
    const manifest = {
      madeAt: new Date().toISOString(),
      migrations: await appliedMigrations(client('main')),
      vaultMigrations: {
        in: await appliedVaultSteps(client('in')),
        ru: await appliedVaultSteps(client('ru')),
      },
      vaultKeys: { in: await keyNames(client('in')), ru: await keyNames(client('ru')) },
      tables,
      sequences: await sequencesOf(client('main')),
      files: await saveFiles(client('main'), archive, options.files),
      secrets: options.secrets !== undefined,
    };
    if (options.secrets) {
      const text = Buffer.from(`${JSON.stringify(options.secrets, null, 2)}\n`);
      await archive.add('secrets.json', text.length, [text]);
    }
    const size = await archive.finish(manifest);
    return { tables, files: manifest.files, vaultKeys: manifest.vaultKeys, size };
  } catch (error) {
    await archive.abandon();
    throw error;
  } finally {
    await Promise.all([...clients.values()].map((client) => client.end()));
  }
}

/** Connects to a place; a vault's connection sees its own schema alone. */
export async function connectPlace(place: Place, { url, schemaName }: PlaceUrl): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'setu-most backup',
    connectionTimeoutMillis: 10_000,
    ...(schemaName && { options: vaultSearchPath(schemaName) }),
  });
  // A connection that breaks is told by the query that was running.
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    const what = place === 'main' ? 'The database' : `The vault of side "${place}"`;
    throw new BackupError(`${what} does not answer: ${error instanceof Error ? error.message : error}`);
  }
  // Texts mean the same wherever they are read back.
  await client.query(`set client_encoding = 'UTF8'; set datestyle = 'ISO'; set intervalstyle = 'postgres';
    set timezone = 'UTC'; set extra_float_digits = 3; set statement_timeout = 0; set idle_in_transaction_session_timeout = 0`);
  return client;
}

async function openSnapshot(place: Place, where: PlaceUrl): Promise<pg.Client> {
  const client = await connectPlace(place, where);
  await client.query('begin isolation level repeatable read read only');
  // The snapshot is taken by the first statement.
  await client.query('select 1');
  return client;
}

/** Streams one table into the archive. @returns how many rows it has. */
async function saveTable(
  client: pg.Client,
  archive: ArchiveWriter,
  place: Place,
  { name, columns }: { name: string; columns: string[] },
): Promise<number> {
  const list = columns.map((column) => pg.escapeIdentifier(column)).join(', ');
  const stream = client.query(copyTo(`copy ${pg.escapeIdentifier(name)} (${list}) to stdout`));
  let number = 0;
  let waiting: Buffer[] = [];
  let size = 0;
  const flush = async () => {
    number += 1;
    const content = waiting;
    const length = size;
    waiting = [];
    size = 0;
    await archive.add(`${place}/${name}/${String(number).padStart(6, '0')}.copy`, length, content);
  };
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    waiting.push(chunk);
    size += chunk.length;
    if (size >= PART) await flush();
  }
  if (size > 0) await flush();
  return stream.rowCount;
}

async function keyNames(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    'select distinct key_name as name from vault_record where erased_at is null order by 1',
  );
  return rows.map((row) => row.name);
}

async function saveFiles(
  client: pg.Client,
  archive: ArchiveWriter,
  files: BackupOptions['files'],
): Promise<Manifest['files']> {
  const known = await client.query<{ id: string }>('select id from file where erased_at is null');
  const missing = new Set(known.rows.map((row) => row.id));
  let count = 0;
  let bytes = 0;
  if (files.store === 's3') {
    for await (const id of files.ids()) {
      missing.delete(id);
      count += 1;
    }
    return { store: 's3', bucket: files.bucket, count, bytes, missing: [...missing] };
  }
  for await (const { id, file } of filesIn(files.folder)) {
    const found = await stat(file).catch(() => null);
    // Erased since the folder was listed.
    if (!found) continue;
    // Bytes under an id never change, so the size stands.
    await archive.add(`files/${id}`, found.size, createReadStream(file));
    missing.delete(id);
    count += 1;
    bytes += found.size;
  }
  return { store: 'disk', bucket: null, count, bytes, missing: [...missing] };
}

/** The finished files of the disk store: `<folder>/<two characters>/<id>`; uploads under way are nobody's yet. */
async function* filesIn(folder: string): AsyncIterable<{ id: string; file: string }> {
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    if (!entry.isDirectory() || entry.name === 'incoming') continue;
    for (const id of await readdir(path.join(folder, entry.name))) {
      yield { id, file: path.join(folder, entry.name, id) };
    }
  }
}
