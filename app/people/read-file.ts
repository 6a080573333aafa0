import type { PersonActor } from '#app/platform/actor.ts';
import { findFile, type StoredFile } from '#app/platform/files.server.ts';
import { notFound } from '#app/platform/outcome.ts';
import type { FileReader } from '#app/platform/room.ts';
import type { Db } from '#db/client.server.ts';

/**
 * A file for whoever may read it: its owner, and those whom the room of its record names.
 *
 * @throws Refusal `not-found` otherwise, and when there is none: the two must look the same.
 */
export async function readFile(
  db: Db,
  actor: PersonActor,
  readers: readonly FileReader[],
  fileId: string,
): Promise<StoredFile> {
  const file = await findFile(db, fileId);
  if (!file) throw notFound();
  if (file.ownerId === actor.personId) return file;
  const reader = readers.find(({ subjectType }) => subjectType === file.subjectType);
  const may = reader && file.subjectId ? await reader.mayRead(db, actor, file.subjectId) : false;
  if (!may) throw notFound();
  return file;
}
