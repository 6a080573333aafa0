import { and, eq, isNull, or, sql } from 'drizzle-orm';
import type { DbOrTx } from '#db/client.server.ts';
import { institution, person, roleGrant } from '#db/schema/people.ts';
import { nameColumns } from './queries.ts';

/** Everybody who may review today, of whichever institution, by surname; with where they work. */
export async function reviewersToday(db: DbOrTx) {
  const today = sql`current_date`;
  const rows = await db
    .select({
      id: person.id,
      ...nameColumns,
      institutionId: person.institutionId,
      institution: institution.shortName,
      side: institution.side,
      laboratory: person.laboratory,
      effect: roleGrant.effect,
      grantedAt: roleGrant.institutionId,
    })
    .from(roleGrant)
    .innerJoin(person, eq(person.id, roleGrant.personId))
    .innerJoin(institution, eq(institution.id, person.institutionId))
    .where(
      and(
        eq(roleGrant.role, 'reviewer'),
        isNull(roleGrant.revokedAt),
        sql`${roleGrant.validFrom} <= ${today}`,
        or(isNull(roleGrant.validUntil), sql`${roleGrant.validUntil} >= ${today}`),
      ),
    )
    .orderBy(person.familyName, person.familyNameRu, person.givenName, person.id);
  const denied = new Set(
    rows.filter((row) => row.effect === 'deny').map((row) => `${row.id} ${row.grantedAt}`),
  );
  const held = rows.filter((row) => row.effect === 'allow' && !denied.has(`${row.id} ${row.grantedAt}`));
  const people = new Map(held.map(({ effect: _effect, grantedAt: _at, ...one }) => [one.id, one]));
  return [...people.values()];
}
