import { and, eq, inArray, isNull } from 'drizzle-orm';
import { z } from 'zod';
import type { Db, DbOrTx } from '#db/client.server.ts';
import { file } from '#db/schema/platform.ts';
import type { FileStore } from './file-store.server.ts';
import { defineJob, type JobDef } from './queue.server.ts';
import type { ReceivedFile } from './receive-form.server.ts';

export type StoredFile = typeof file.$inferSelect;

/**
 * Makes a received file somebody's, as part of the caller's transaction. A rollback leaves it to `discard`, and what
 * even that misses to the nightly sweep.
 */
export async function keepFile(
  tx: DbOrTx,
  received: ReceivedFile,
  whose: { ownerId: string; subjectType: string; subjectId: string | null },
): Promise<StoredFile> {
  const { id, name, mediaType, size, hash } = received;
  const [row] = await tx
    .insert(file)
    .values({ id, name, mediaType, size, hash, ...whose })
    .returning();
  if (!row) throw new Error('a file was not kept');
  return row;
}

/** A file that was kept and not erased, null otherwise. Rights are the caller's business. */
export async function findFile(db: DbOrTx, id: string): Promise<StoredFile | null> {
  const [row] = await db
    .select()
    .from(file)
    .where(and(eq(file.id, id), isNull(file.erasedAt)))
    .limit(1);
  return row ?? null;
}

/**
 * Erases a file: the row stays and says when, the bytes go once the transaction is committed, at the latest with the
 * nightly sweep.
 */
export async function eraseFile(tx: DbOrTx, id: string, now: Date): Promise<void> {
  await tx.update(file).set({ erasedAt: now, name: '' }).where(eq(file.id, id));
}

/** Jobs that keep store and database in step. */
export function fileJobs(store: FileStore): JobDef[] {
  return [
    defineJob({
      name: 'files.sweep',
      schema: z.object({}),
      cron: '40 1 * * *',
      handle: async (_, { db, signal }) => {
        await sweepFiles(db, store, new Date(), signal);
      },
    }) as JobDef,
  ];
}

const DAY = 24 * 3600 * 1000;

/**
 * Removes bytes that are nobody's: received with a form that came to nothing, or erased. What is younger than a day
 * may still become somebody's.
 *
 * @returns how many were removed.
 */
export async function sweepFiles(db: Db, store: FileStore, now: Date, signal?: AbortSignal): Promise<number> {
  let removed = 0;
  let some: string[] = [];
  const look = async () => {
    if (some.length === 0) return;
    const standing = await db
      .select({ id: file.id })
      .from(file)
      .where(and(inArray(file.id, some), isNull(file.erasedAt)));
    const kept = new Set(standing.map((row) => row.id));
    for (const id of some) {
      if (kept.has(id)) continue;
      await store.remove(id);
      removed += 1;
    }
    some = [];
  };
  for await (const id of store.ids()) {
    signal?.throwIfAborted();
    const made = madeAt(id);
    if (made === null || now.getTime() - made < DAY) continue;
    some.push(id);
    if (some.length === 500) await look();
  }
  await look();
  return removed;
}

/** The time in a UUIDv7 (RFC 9562, 5.7), null for what is none: not ours, so left alone. */
function madeAt(id: string): number | null {
  if (!/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[\da-f]{4}-[\da-f]{12}$/.test(id)) return null;
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}
