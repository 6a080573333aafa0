import { and, asc, desc, eq, gt, ilike, inArray, isNull, lt, or, type SQL } from 'drizzle-orm';
import { validate as isUuid } from 'uuid';
import type { PersonActor } from '#app/platform/actor.ts';
import { notFound } from '#app/platform/outcome.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { account, institution, person, type Role, roleGrant } from '#db/schema/people.ts';
import { institutionsOf, sidesOf } from './access.ts';
import type { NameParts } from './person-name.ts';
import { searchTerm } from './search-text.ts';

/** The columns a name is made of; every list that shows people selects these. */
export const nameColumns = {
  givenName: person.givenName,
  familyName: person.familyName,
  givenNameRu: person.givenNameRu,
  familyNameRu: person.familyNameRu,
  patronymicRu: person.patronymicRu,
};

/** The name of one person, null where the id is nobody's. */
export async function nameOf(db: DbOrTx, personId: string): Promise<NameParts | null> {
  const [row] = await db.select(nameColumns).from(person).where(eq(person.id, personId));
  return row ?? null;
}

/** The names of several people, by id. */
export async function namesOf(db: DbOrTx, personIds: readonly string[]): Promise<Map<string, NameParts>> {
  if (personIds.length === 0) return new Map();
  const rows = await db
    .select({ id: person.id, ...nameColumns })
    .from(person)
    .where(inArray(person.id, [...new Set(personIds)]));
  return new Map(rows.map(({ id, ...name }) => [id, name]));
}

/** Every institution, the two sides' first. */
export async function institutions(db: DbOrTx) {
  return db.select().from(institution).orderBy(asc(institution.side), asc(institution.code));
}

/** People this actor works with: their side's as coordinator or protocol officer, their institution's as administrator. */
function peopleScope(actor: PersonActor): SQL | undefined {
  const sides = sidesOf(actor, 'coordinator', 'protocol');
  const administered = institutionsOf(actor, 'institution-admin');
  return or(
    sides.length > 0 ? inArray(institution.side, sides) : undefined,
    administered.length > 0 ? inArray(person.institutionId, administered) : undefined,
  );
}

export type PeopleFilter = {
  search?: string | undefined;
  institutionId?: string | undefined;
  occupation?: Role | undefined;
  after?: string | undefined;
  before?: string | undefined;
};

const PAGE = 100;

/** A page of people in the actor's scope, newest first, by keyset on the id; UUIDv7 sorts by time. */
export async function listPeople(db: DbOrTx, actor: PersonActor, filter: PeopleFilter) {
  const scope = peopleScope(actor);
  if (!scope) return { rows: [], next: null, previous: null };
  const backwards = filter.before !== undefined;
  const rows = await db
    .select({
      id: person.id,
      ...nameColumns,
      cyrillicSpelling: person.cyrillicSpelling,
      occupation: person.occupation,
      email: person.email,
      locale: person.locale,
      organisation: person.organisation,
      institution: institution.shortName,
      side: institution.side,
      accountId: account.id,
    })
    .from(person)
    .innerJoin(institution, eq(institution.id, person.institutionId))
    .leftJoin(account, eq(account.personId, person.id))
    .where(
      and(
        scope,
        ...searched(filter.search ?? ''),
        filter.institutionId ? eq(person.institutionId, filter.institutionId) : undefined,
        filter.occupation ? eq(person.occupation, filter.occupation) : undefined,
        filter.after ? lt(person.id, filter.after) : undefined,
        filter.before ? gt(person.id, filter.before) : undefined,
      ),
    )
    .orderBy(backwards ? asc(person.id) : desc(person.id))
    .limit(PAGE + 1);
  const more = rows.length > PAGE;
  const page = rows.slice(0, PAGE);
  if (backwards) page.reverse();
  return {
    rows: page,
    next: (backwards || more) && page.length > 0 ? (page.at(-1)?.id ?? null) : null,
    previous: (backwards ? more : filter.after !== undefined) ? (page[0]?.id ?? null) : null,
  };
}

/** Each word has to be there, in either script: people type names in any order. */
const searched = (typed: string) =>
  searchTerm(typed)
    .split(' ')
    .filter(Boolean)
    .map((word) => ilike(person.search, `%${escapeLike(word)}%`));

/** `%` and `_` in what somebody types are letters, not wildcards. */
export const escapeLike = (text: string) => text.replaceAll(/[\\%_]/g, '\\$&');

/**
 * One person in the actor's scope with institution and standing grants.
 *
 * @throws Refusal `not-found`
 */
export async function personInScope(db: DbOrTx, actor: PersonActor, personId: string) {
  const scope = peopleScope(actor);
  if (!scope || !isUuid(personId)) throw notFound();
  const [row] = await db
    .select({ person, institution, accountId: account.id })
    .from(person)
    .innerJoin(institution, eq(institution.id, person.institutionId))
    .leftJoin(account, eq(account.personId, person.id))
    .where(and(eq(person.id, personId), scope));
  if (!row) throw notFound();
  const grants = await db
    .select({ grant: roleGrant, institution })
    .from(roleGrant)
    .innerJoin(institution, eq(institution.id, roleGrant.institutionId))
    .where(and(eq(roleGrant.personId, personId), isNull(roleGrant.revokedAt)))
    .orderBy(asc(roleGrant.createdAt));
  return { ...row, grants };
}
