import { and, asc, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import { nameColumns } from '#app/people/queries.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { institution, person, roleGrant } from '#db/schema/people.ts';

const teaches = and(
  eq(roleGrant.role, 'instructor'),
  eq(roleGrant.effect, 'allow'),
  isNull(roleGrant.revokedAt),
  or(isNull(roleGrant.validUntil), sql`${roleGrant.validUntil} >= current_date`),
);

/** More than any partnership has; a select with more would be no help. */
const SHOWN = 200;

/** Everybody who is granted the role of an instructor, of either side, with their institution. */
export async function instructors(db: DbOrTx) {
  return db
    .selectDistinct({ id: person.id, ...nameColumns, institution: institution.shortName })
    .from(roleGrant)
    .innerJoin(person, eq(person.id, roleGrant.personId))
    .innerJoin(institution, eq(institution.id, person.institutionId))
    .where(teaches)
    .orderBy(asc(person.familyName), asc(person.id))
    .limit(SHOWN);
}

/** Which of these people are instructors. */
export async function instructorsAmong(db: DbOrTx, personIds: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .select({ id: roleGrant.personId })
    .from(roleGrant)
    .where(and(teaches, inArray(roleGrant.personId, [...personIds])));
  return new Set(rows.map(({ id }) => id));
}
