import { and, eq } from 'drizzle-orm';
import { validate as isUuid } from 'uuid';
import type { Db } from '#db/client.server.ts';
import { file } from '#db/schema/platform.ts';
import type { FileStore } from './file-store.server.ts';
import { notFound, stale } from './outcome.ts';
import { readTable, type Table } from './table.ts';

/**
 * Reads the table that waits between the preview of an import and its confirmation: whoever sent it, and nobody else.
 *
 * @throws Refusal `not-found` for a file that is not theirs or of another import, `stale` once it was imported,
 * `invalid` for what is no table
 */
export async function waitingTable(
  db: Db,
  store: FileStore,
  waiting: { fileId: string; ownerId: string; subjectType: string },
): Promise<Table> {
  if (!isUuid(waiting.fileId)) throw notFound();
  const [found] = await db
    .select({ erasedAt: file.erasedAt })
    .from(file)
    .where(
      and(
        eq(file.id, waiting.fileId),
        eq(file.ownerId, waiting.ownerId),
        eq(file.subjectType, waiting.subjectType),
      ),
    );
  // Sent twice, it was imported by the first.
  if (found?.erasedAt) throw stale('staleState');
  const stream = found && (await store.open(waiting.fileId));
  if (!stream) throw notFound();
  return readTable(new Uint8Array(await new Response(stream).arrayBuffer()));
}
