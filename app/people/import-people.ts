import { sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import type { Db } from '#db/client.server.ts';
import { person } from '#db/schema/people.ts';
import type { PersonRow } from './read-people.ts';
import { searchText } from './search-text.ts';
import { cyrillicFromLatin } from './transliterate.ts';

/** One statement takes so many rows; a parameter each for some twenty columns stays under the protocol's limit. */
const CHUNK = 500;

/**
 * Adds people without accounts. Who is there already, by address, stays as they are: a file sent twice
 * changes nothing. A missing Cyrillic spelling is proposed by transliteration and marked until confirmed.
 *
 * @returns how many were added, and how many were there.
 */
export async function importPeople(
  db: Db,
  actor: Actor,
  people: readonly PersonRow[],
): Promise<{ added: number; known: number }> {
  return db.transaction(async (tx) => {
    let added = 0;
    for (let start = 0; start < people.length; start += CHUNK) {
      const rows = people.slice(start, start + CHUNK).map(toRow);
      const inserted = await tx
        .insert(person)
        .values(rows)
        .onConflictDoNothing({ target: person.email })
        .returning({ id: person.id });
      added += inserted.length;
    }
    if (added > 0) {
      const first = people[0];
      await audit(tx, {
        code: 'people.imported',
        actor,
        subject: { type: 'people-import', id: uuidv7() },
        institutionId: first?.institutionId ?? null,
        facts: { added, known: people.length - added },
      });
    }
    return { added, known: people.length - added };
  });
}

function toRow({ row: _, ...who }: PersonRow) {
  const spelled = who.familyNameRu !== null && who.givenNameRu !== null;
  const names = {
    ...who,
    givenNameRu: who.givenNameRu ?? cyrillicFromLatin(who.givenName),
    familyNameRu: who.familyNameRu ?? cyrillicFromLatin(who.familyName),
  };
  return {
    ...names,
    id: uuidv7(),
    cyrillicSpelling: spelled ? ('confirmed' as const) : ('proposed' as const),
    timeZone: who.locale === 'ru' ? 'Europe/Moscow' : 'Asia/Kolkata',
    search: searchText(names),
  };
}

/** Which of these addresses the portal knows already, for the preview. */
export async function knownAddresses(db: Db, addresses: readonly string[]): Promise<Set<string>> {
  if (addresses.length === 0) return new Set();
  const rows = await db
    .select({ email: sql<string>`lower(${person.email}::text)` })
    .from(person)
    // One parameter, however many addresses: a list may have twenty thousand.
    .where(sql`${person.email} = any(${sql.param([...addresses])}::citext[])`);
  return new Set(rows.map((row) => row.email));
}
