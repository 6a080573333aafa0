import { and, eq, isNull } from 'drizzle-orm';
import type { Db } from '#db/client.server.ts';
import { file } from '#db/schema/platform.ts';
import type { FileStore } from './file-store.server.ts';
import { notFound } from './outcome.ts';
import { readTable, type Table } from './table.ts';

/**
 * Reads the table that waits between the preview of an import and its confirmation: whoever sent it, and nobody else.
 *
 * @throws Refusal `not-found` for a file that is not theirs or of another import, `invalid` for what is no table
 */
export async function waitingTable(
  db: Db,
  store: FileStore,
  waiting: { fileId: string; ownerId: string; subjectType: string },
): Promise<Table> {
  const [found] = await db
    .select({ id: file.id })
    .from(file)
    .where(
      and(
        eq(file.id, waiting.fileId),
        eq(file.ownerId, waiting.ownerId),
        eq(file.subjectType, waiting.subjectType),
        isNull(file.erasedAt),
      ),
    );
  const stream = found && (await store.open(waiting.fileId));
  if (!stream) throw notFound();
  return readTable(new Uint8Array(await new Response(stream).arrayBuffer()));
}
