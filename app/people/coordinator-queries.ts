import { and, asc, eq, inArray, isNotNull, isNull, ne, or, sql } from 'drizzle-orm';
import type { DbOrTx } from '#db/client.server.ts';
import { institution, person, roleGrant } from '#db/schema/people.ts';
import { nameColumns } from './queries.ts';

/**
 * The people who coordinate one of the institutions today, each once, without `except`: nobody is asked to decide
 * their own. A denial counts at the institution it was made for.
 */
export async function coordinatorsOf(
  db: DbOrTx,
  institutions: string | readonly (string | null)[],
  except?: string,
): Promise<string[]> {
  const asked = [institutions].flat().filter((id) => id !== null);
  const today = sql`current_date`;
  const rows = await db
    .select({
      personId: roleGrant.personId,
      institutionId: roleGrant.institutionId,
      effect: roleGrant.effect,
    })
    .from(roleGrant)
    .where(
      and(
        inArray(roleGrant.institutionId, asked),
        eq(roleGrant.role, 'coordinator'),
        isNull(roleGrant.revokedAt),
        sql`${roleGrant.validFrom} <= ${today}`,
        or(isNull(roleGrant.validUntil), sql`${roleGrant.validUntil} >= ${today}`),
        except ? ne(roleGrant.personId, except) : undefined,
      ),
    );
  const held = ({ personId, institutionId }: (typeof rows)[number]) => `${personId} ${institutionId}`;
  const denied = new Set(rows.filter((row) => row.effect === 'deny').map(held));
  return [...new Set(rows.filter((row) => !denied.has(held(row))).map((row) => row.personId))];
}

/**
 * The coordinators of an institution today whom one can write to: name, address, and the institution's short name.
 *
 * @param institutionIds whose coordinators; in the order of their names.
 */
export async function coordinatorContacts(db: DbOrTx, institutionIds: readonly string[]) {
  const people = await coordinatorsOf(db, institutionIds);
  if (people.length === 0) return [];
  return db
    .select({ id: person.id, ...nameColumns, email: person.email, institution: institution.shortName })
    .from(person)
    .innerJoin(institution, eq(institution.id, person.institutionId))
    .where(and(inArray(person.id, people), isNotNull(person.email)))
    .orderBy(asc(person.familyName), asc(person.id));
}
