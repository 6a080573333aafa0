import { and, eq, isNull, lt } from 'drizzle-orm';
import type { PersonActor } from '#app/platform/actor.ts';
import type { FileStore } from '#app/platform/file-store.server.ts';
import { eraseFile } from '#app/platform/files.server.ts';
import { forbidden, invalid } from '#app/platform/outcome.ts';
import type { Table } from '#app/platform/table.ts';
import { waitingTable } from '#app/platform/waiting-table.server.ts';
import type { Db } from '#db/client.server.ts';
import { file } from '#db/schema/platform.ts';
import { permits } from './access.ts';
import { importPeople, knownAddresses } from './import-people.ts';
import { peopleRules } from './policy.ts';
import { institutions } from './queries.ts';
import { type PersonRow, type RowProblem, readPeople } from './read-people.ts';

/** What a file waiting between preview and confirmation is about. */
export const PEOPLE_IMPORT = 'people-import';

export type ImportPreview = {
  encoding: Table['encoding'];
  fresh: PersonRow[];
  known: number;
  problems: RowProblem[];
};

/**
 * What an import of a received file would do, for this actor: nothing is stored.
 *
 * @throws Refusal `not-found` for a file that is not the actor's, `stale` for one that is done with, `invalid` for
 * what is no table of people
 */
export async function previewImport(
  db: Db,
  store: FileStore,
  actor: PersonActor,
  fileId: string,
): Promise<ImportPreview> {
  if (!permits(peopleRules['people.import'], actor, null)) throw forbidden();
  const waiting = { fileId, ownerId: actor.personId, subjectType: PEOPLE_IMPORT };
  const table = await waitingTable(db, store, waiting);
  const places = await institutions(db);
  const mayAdd = new Map(
    places.map((place) => [
      place.code,
      {
        id: place.id,
        mayAdd: permits(peopleRules['people.add'], actor, { institutionId: place.id, side: place.side }),
      },
    ]),
  );
  const { people, problems, missingColumns } = readPeople(table, mayAdd);
  if (missingColumns.length > 0) {
    throw invalid('table.columns', { params: { columns: missingColumns.join(', ') } });
  }
  const known = await knownAddresses(
    db,
    people.map((who) => who.email),
  );
  const fresh = people.filter((who) => !known.has(who.email));
  return { encoding: table.encoding, fresh, known: people.length - fresh.length, problems };
}

/**
 * Imports the sound rows of a previewed file and erases it: it has personal data in it and is done with.
 *
 * @returns how many people were added.
 * @throws Refusal as `previewImport`
 */
export async function confirmImport(
  db: Db,
  store: FileStore,
  actor: PersonActor,
  fileId: string,
  now: Date,
): Promise<number> {
  const { fresh } = await previewImport(db, store, actor, fileId);
  const { added } = await importPeople(db, actor, fresh);
  await eraseFile(db, fileId, now);
  return added;
}

const DAY = 24 * 60 * 60 * 1000;

/** Erases the files of imports that nobody confirmed within a day: people's data wait for no one. */
export async function forgetImports(db: Db, now: Date): Promise<void> {
  const abandoned = await db
    .select({ id: file.id })
    .from(file)
    .where(
      and(
        eq(file.subjectType, PEOPLE_IMPORT),
        isNull(file.erasedAt),
        lt(file.createdAt, new Date(now.getTime() - DAY)),
      ),
    );
  for (const { id } of abandoned) await eraseFile(db, id, now);
}
