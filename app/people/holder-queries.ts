import { and, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import type { DbOrTx } from '#db/client.server.ts';
import { person, type Role, roleGrant } from '#db/schema/people.ts';
import type { NameParts } from './person-name.ts';
import { nameColumns } from './queries.ts';

/** The people who hold one of the roles at an institution today, by surname. */
export async function holdersAt(
  db: DbOrTx,
  institutionId: string,
  roles: Role[],
): Promise<(NameParts & { id: string })[]> {
  const today = sql`current_date`;
  const rows = await db
    .select({ id: person.id, role: roleGrant.role, effect: roleGrant.effect, ...nameColumns })
    .from(roleGrant)
    .innerJoin(person, eq(person.id, roleGrant.personId))
    .where(
      and(
        eq(roleGrant.institutionId, institutionId),
        inArray(roleGrant.role, roles),
        isNull(roleGrant.revokedAt),
        sql`${roleGrant.validFrom} <= ${today}`,
        or(isNull(roleGrant.validUntil), sql`${roleGrant.validUntil} >= ${today}`),
      ),
    )
    .orderBy(person.familyName, person.familyNameRu, person.givenName, person.id);
  const denied = new Set(rows.filter((row) => row.effect === 'deny').map((row) => `${row.id} ${row.role}`));
  const held = rows.filter((row) => row.effect === 'allow' && !denied.has(`${row.id} ${row.role}`));
  const people = new Map(held.map(({ role: _role, effect: _effect, ...one }) => [one.id, one]));
  return [...people.values()];
}
