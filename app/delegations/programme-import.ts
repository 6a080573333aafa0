import { isDeepStrictEqual } from 'node:util';
import type { PersonActor } from '#app/platform/actor.ts';
import type { FileStore } from '#app/platform/file-store.server.ts';
import { forbidden } from '#app/platform/outcome.ts';
import type { Reading, TableImport } from '#app/platform/table-import.server.ts';
import { fileShelf } from '#app/platform/waiting-table.server.ts';
import type { Db } from '#db/client.server.ts';
import { type Brought, bringSessions } from './import-programme.ts';
import { mayPlanEvent, publicEvent } from './queries.ts';
import { readProgramme, type SessionRow } from './read-programme.ts';

/** What a file waiting between preview and confirmation is about. */
const PROGRAMME_IMPORT = 'programme-import';

/** `fresh` are the sessions that are new or changed, `known` those that stay as they are. */
export type ProgrammeReading = Reading<SessionRow> & {
  /** Codes of the sessions among the fresh ones that are there already. */
  changed: string[];
};

/**
 * Opens the import of an event's programme for an actor.
 *
 * @throws Refusal `not-found`, `forbidden`
 */
export async function programmeImport(
  db: Db,
  store: FileStore,
  actor: PersonActor,
  reference: string,
): Promise<TableImport<SessionRow, ProgrammeReading, Brought> & { timeZone: string }> {
  const { event, sessions: present } = await publicEvent(db, reference);
  if (!mayPlanEvent(actor, event)) throw forbidden();
  const { id, startsOn, endsOn, timeZone } = event;
  return {
    timeZone,
    shelf: fileShelf(db, store, { ownerId: actor.personId, kind: PROGRAMME_IMPORT, subjectId: id }),
    async read(table) {
      const { sessions, problems, missingColumns } = readProgramme(table, { startsOn, endsOn });
      const standing = new Map(present.map((one) => [one.code, one]));
      const stays = ({ row: _, code, ...session }: SessionRow) => {
        const { title, kind, hall, startsAt, endsAt } = standing.get(code) ?? {};
        return isDeepStrictEqual(session, { title, kind, hall, startsAt, endsAt });
      };
      const fresh = sessions.filter((session) => !stays(session));
      const changed = fresh.flatMap(({ code }) => (standing.has(code) ? [code] : []));
      return { fresh, known: sessions.filter(stays), problems, missingColumns, changed };
    },
    take: ({ fresh }) => bringSessions(db, actor, reference, fresh),
  };
}
