import { and, asc, eq, inArray, isNotNull, isNull, ne, or, sql } from 'drizzle-orm';
import type { DbOrTx } from '#db/client.server.ts';
import { institution, person, roleGrant } from '#db/schema/people.ts';
import { nameColumns } from './queries.ts';

/** The people who coordinate an institution today, without `except`: nobody is asked to decide their own. */
export async function coordinatorsOf(db: DbOrTx, institutionId: string, except?: string): Promise<string[]> {
  const today = sql`current_date`;
  const rows = await db
    .select({ personId: roleGrant.personId, effect: roleGrant.effect })
    .from(roleGrant)
    .where(
      and(
        eq(roleGrant.institutionId, institutionId),
        eq(roleGrant.role, 'coordinator'),
        isNull(roleGrant.revokedAt),
        sql`${roleGrant.validFrom} <= ${today}`,
        or(isNull(roleGrant.validUntil), sql`${roleGrant.validUntil} >= ${today}`),
        except ? ne(roleGrant.personId, except) : undefined,
      ),
    );
  const denied = new Set(rows.filter((row) => row.effect === 'deny').map((row) => row.personId));
  return [...new Set(rows.map((row) => row.personId))].filter((personId) => !denied.has(personId));
}

/**
 * The coordinators of an institution today whom one can write to: name, address, and the institution's short name.
 *
 * @param institutionIds whose coordinators; in the order of their names.
 */
export async function coordinatorContacts(db: DbOrTx, institutionIds: readonly string[]) {
  const people = (await Promise.all(institutionIds.map((id) => coordinatorsOf(db, id)))).flat();
  if (people.length === 0) return [];
  return db
    .select({ id: person.id, ...nameColumns, email: person.email, institution: institution.shortName })
    .from(person)
    .innerJoin(institution, eq(institution.id, person.institutionId))
    .where(and(inArray(person.id, [...new Set(people)]), isNotNull(person.email)))
    .orderBy(asc(person.familyName), asc(person.id));
}
