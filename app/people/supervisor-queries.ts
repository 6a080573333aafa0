import { and, asc, eq, or, sql } from 'drizzle-orm';
import type { DbOrTx } from '#db/client.server.ts';
import { person, roleGrant } from '#db/schema/people.ts';
import { nameColumns } from './queries.ts';

/** More than any institution of the memorandum has; whoever is not in the list is named by hand. */
const MOST = 300;

/** The people who supervise at an institution: by grant, or by the occupation an import named. By surname. */
export async function supervisorsAt(db: DbOrTx, institutionId: string) {
  const granted = sql`exists (
    select 1 from ${roleGrant} g
    where g.person_id = ${person.id} and g.institution_id = ${institutionId} and g.role = 'supervisor'
      and g.effect = 'allow' and g.revoked_at is null
      and current_date between g.valid_from and coalesce(g.valid_until, 'infinity'::date))`;
  return db
    .select({ id: person.id, ...nameColumns })
    .from(person)
    .where(or(granted, and(eq(person.institutionId, institutionId), eq(person.occupation, 'supervisor'))))
    .orderBy(asc(sql`coalesce(${person.familyName}, ${person.familyNameRu})`), asc(person.id))
    .limit(MOST);
}

/** Whether somebody can sign in as this person. */
export async function hasAccount(db: DbOrTx, personId: string): Promise<boolean> {
  const { rows } = await db.execute<{ found: boolean }>(
    sql`select exists (select 1 from account where person_id = ${personId}) as found`,
  );
  return rows[0]?.found ?? false;
}
