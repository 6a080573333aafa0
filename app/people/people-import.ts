import type { PersonActor } from '#app/platform/actor.ts';
import type { FileStore } from '#app/platform/file-store.server.ts';
import { forbidden } from '#app/platform/outcome.ts';
import type { Reading, TableImport } from '#app/platform/table-import.server.ts';
import { fileShelf } from '#app/platform/waiting-table.server.ts';
import type { Db } from '#db/client.server.ts';
import { permits } from './access.ts';
import { importPeople, knownAddresses } from './import-people.ts';
import { peopleRules } from './policy.ts';
import { institutions } from './queries.ts';
import { type PersonRow, readPeople } from './read-people.ts';

/** What a file waiting between preview and confirmation is about. */
export const PEOPLE_IMPORT = 'people-import';

/**
 * Opens the import of people for an actor. Confirming answers how many people were added.
 *
 * @throws Refusal `forbidden`
 */
export function peopleImport(
  db: Db,
  store: FileStore,
  actor: PersonActor,
): TableImport<PersonRow, Reading<PersonRow>, number> {
  if (!permits(peopleRules['people.import'], actor, null)) throw forbidden();
  return {
    shelf: fileShelf(db, store, { ownerId: actor.personId, kind: PEOPLE_IMPORT, subjectId: null }),
    async read(table) {
      const places = await institutions(db);
      const mayAdd = new Map(
        places.map(({ code, id, side }) => [
          code,
          { id, mayAdd: permits(peopleRules['people.add'], actor, { institutionId: id, side }) },
        ]),
      );
      const { people, problems, missingColumns } = readPeople(table, mayAdd);
      const there = await knownAddresses(
        db,
        people.map((who) => who.email),
      );
      const known = people.filter((who) => there.has(who.email));
      return { fresh: people.filter((who) => !there.has(who.email)), known, problems, missingColumns };
    },
    async take({ fresh }) {
      const { added } = await importPeople(db, actor, fresh);
      return added;
    },
  };
}
