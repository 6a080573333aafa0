import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { extract, pack } from 'tar-stream';
import { z } from 'zod';

/** What is wrong with an archive, or with where it should go; the message is one clear line for the operator. */
export class BackupError extends Error {
  override name = 'BackupError';
}

/** Where a table lies: the main database or one side's vault. */
export const PLACES = ['main', 'in', 'ru'] as const;
export type Place = (typeof PLACES)[number];

const table = z.object({
  place: z.enum(PLACES),
  name: z.string(),
  columns: z.array(z.string()),
  rows: z.number(),
});
export type SavedTable = z.infer<typeof table>;

const perSide = z.object({ in: z.array(z.string()), ru: z.array(z.string()) });

/** The last part of an archive: what it holds and from which schema. Written last, so a cut archive has none. */
const manifestSchema = z.object({
  format: z.literal('setu-most-backup'),
  formatVersion: z.literal(1),
  madeAt: z.iso.datetime(),
  /** Hashes of the applied migrations, in their order. */
  migrations: z.array(z.string()),
  vaultMigrations: perSide,
  /** Names of the keys under which the vaults' values lie; never a key. */
  vaultKeys: perSide,
  /** In the order in which they can be filled: no table before one that it refers to. */
  tables: z.array(table),
  sequences: z.array(z.object({ name: z.string(), value: z.string() })),
  files: z.object({
    store: z.enum(['disk', 's3']),
    /** The bucket that holds them, where the archive does not. */
    bucket: z.string().nullable(),
    count: z.number(),
    bytes: z.number(),
    /** Ids the database knows and the store did not have. */
    missing: z.array(z.string()),
  }),
  /** Whether the keys and the sign-in secret are in it (`secrets.json`). */
  secrets: z.boolean(),
  /** SHA-256 of the part `SHA256SUMS`, which names that of every other part. */
  sums: z.string(),
});
export type Manifest = z.infer<typeof manifestSchema>;

const MANIFEST = 'manifest.json';
const SUMS = 'SHA256SUMS';

export interface ArchiveWriter {
  /** Adds a part of a known size. Resolves when it was taken; a slow disk holds the caller back. */
  add(name: string, size: number, content: Iterable<Buffer> | AsyncIterable<Buffer>): Promise<void>;
  /** Adds sums and manifest, and gives the file its name. @returns the archive's size in bytes. */
  finish(manifest: Omit<Manifest, 'format' | 'formatVersion' | 'sums'>): Promise<number>;
  /** Leaves nothing behind. */
  abandon(): Promise<void>;
}

/**
 * Begins a `.tar.gz` whose parts are streamed: of its content no more than a few chunks are in memory, of its parts one
 * line each. It is `<file>.part`, readable by its owner alone, until it is finished.
 */
export function writeArchive(file: string): ArchiveWriter {
  const draft = `${file}.part`;
  const tar = pack();
  const written = pipeline(tar, createGzip({ level: 6 }), createWriteStream(draft, { mode: 0o600 }));
  written.catch(() => {});
  const lines: string[] = [];
  const mtime = new Date();

  const add: ArchiveWriter['add'] = async (name, size, content) => {
    const hash = createHash('sha256');
    const entry = tar.entry({ name, size, mode: 0o600, mtime });
    const hashed = async function* () {
      for await (const chunk of content) {
        hash.update(chunk);
        yield chunk;
      }
    };
    // Whichever fails first tells why: the source, or the disk that the archive goes to.
    await Promise.race([pipeline(hashed, entry), written]);
    lines.push(`${hash.digest('hex')}  ${name}\n`);
  };

  return {
    add,
    async finish(manifest) {
      const sums = Buffer.from(lines.join(''));
      await add(SUMS, sums.length, [sums]);
      const whole = {
        format: 'setu-most-backup',
        formatVersion: 1,
        ...manifest,
        sums: sha256(sums),
      } satisfies Manifest;
      const text = Buffer.from(`${JSON.stringify(whole, null, 2)}\n`);
      await add(MANIFEST, text.length, [text]);
      tar.finalize();
      await written;
      const handle = await open(draft, 'r+');
      const { size } = await handle.stat();
      await handle.sync();
      await handle.close();
      await rename(draft, file);
      return size;
    },
    async abandon() {
      tar.destroy();
      await written.catch(() => {});
      await rm(draft, { force: true });
    },
  };
}

/** The hash of every part, by name. */
export type Sums = Map<string, string>;

/**
 * Walks through an archive from its beginning. What a visit leaves of a part is read on, so that every part is hashed.
 *
 * @param visit given each part in turn; the next one comes when it is done.
 * @throws BackupError when the file cannot be read or is damaged.
 */
export async function walkArchive(
  file: string,
  visit: (name: string, content: AsyncIterable<Buffer>) => Promise<void>,
): Promise<Sums> {
  const sums: Sums = new Map();
  const tar = extract();
  const reading = pipeline(createReadStream(file), createGunzip(), tar);
  reading.catch(() => {});
  let visiting = false;
  try {
    for await (const entry of tar) {
      const hash = createHash('sha256');
      const content = (async function* () {
        for await (const chunk of entry as AsyncIterable<Buffer>) {
          hash.update(chunk);
          yield chunk;
        }
      })();
      visiting = true;
      await visit(entry.header.name, content);
      visiting = false;
      for await (const _ of content);
      sums.set(entry.header.name, hash.digest('hex'));
    }
    await reading;
  } catch (error) {
    if (visiting && !isReadingProblem(error)) throw error;
    throw new BackupError(`${file} cannot be read: ${problemOf(error)}`);
  } finally {
    tar.destroy();
  }
  return sums;
}

/**
 * Reads an archive through, compares every part with its sum, and gives its manifest and the sums.
 *
 * @throws BackupError naming what is damaged or missing.
 */
export async function checkArchive(file: string): Promise<{ manifest: Manifest; sums: Sums }> {
  const texts = new Map<string, Buffer>();
  const sums = await walkArchive(file, async (name, content) => {
    if (name === MANIFEST || name === SUMS) texts.set(name, Buffer.concat(await Array.fromAsync(content)));
  });
  const manifest = readManifest(file, texts.get(MANIFEST));
  if (sums.get(SUMS) !== manifest.sums) throw new BackupError(`${file} is damaged: ${SUMS} was changed`);
  const promised = readSums(texts.get(SUMS)?.toString() ?? '');
  for (const [name, sum] of promised) {
    if (!sums.has(name)) throw new BackupError(`${file} is damaged: its part ${name} is missing`);
    if (sums.get(name) !== sum) throw new BackupError(`${file} is damaged: its part ${name} was changed`);
  }
  for (const name of sums.keys()) {
    if (name !== MANIFEST && name !== SUMS && !promised.has(name)) {
      throw new BackupError(`${file} is damaged: nothing is known of its part ${name}`);
    }
  }
  return { manifest, sums };
}

/** One small part of an archive, null where it has none. */
export async function readPart(file: string, wanted: string): Promise<Buffer | null> {
  let found: Buffer | null = null;
  await walkArchive(file, async (name, content) => {
    if (name === wanted) found = Buffer.concat(await Array.fromAsync(content));
  });
  return found;
}

function readManifest(file: string, text: Buffer | undefined): Manifest {
  if (!text) throw new BackupError(`${file} is no backup of this portal, or was cut off`);
  let value: unknown;
  try {
    value = JSON.parse(text.toString());
  } catch {
    throw new BackupError(`${file} is damaged: ${MANIFEST} was changed`);
  }
  const parsed = manifestSchema.safeParse(value);
  if (!parsed.success) throw new BackupError(`${file} has a ${MANIFEST} that this version cannot read`);
  return parsed.data;
}

function readSums(text: string): Sums {
  const lines = text.split('\n').filter((line) => line !== '');
  return new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]));
}

function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function isReadingProblem(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code.startsWith('Z_') || /tar header|end of data/i.test(problemOf(error));
}

function problemOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
