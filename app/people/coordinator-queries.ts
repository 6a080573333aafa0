import { and, eq, isNull, ne, or, sql } from 'drizzle-orm';
import type { DbOrTx } from '#db/client.server.ts';
import { roleGrant } from '#db/schema/people.ts';

/** The people who coordinate an institution today, without `except`: nobody is asked to decide their own. */
export async function coordinatorsOf(db: DbOrTx, institutionId: string, except: string): Promise<string[]> {
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
        ne(roleGrant.personId, except),
      ),
    );
  const denied = new Set(rows.filter((row) => row.effect === 'deny').map((row) => row.personId));
  return [...new Set(rows.map((row) => row.personId))].filter((personId) => !denied.has(personId));
}
