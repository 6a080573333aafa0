import { eq } from 'drizzle-orm';
import type { PersonActor } from '#app/platform/actor.ts';
import type { Db } from '#db/client.server.ts';
import { institution, person, roleGrant } from '#db/schema/people.ts';

/** An imported person acting in the demo's past, before anybody had an account. */
export async function actingAs(db: Db, email: string): Promise<PersonActor> {
  const [row] = await db
    .select({
      personId: person.id,
      institutionId: person.institutionId,
      side: institution.side,
      locale: person.locale,
      timeZone: person.timeZone,
    })
    .from(person)
    .innerJoin(institution, eq(institution.id, person.institutionId))
    .where(eq(person.email, email));
  if (!row) throw new Error(`nobody in the demo has the address ${email}`);
  const grants = await db
    .select({ role: roleGrant.role, institutionId: roleGrant.institutionId, effect: roleGrant.effect })
    .from(roleGrant)
    .where(eq(roleGrant.personId, row.personId));
  return {
    kind: 'person',
    ...row,
    accountId: row.personId,
    grants: grants.map((grant) => ({ ...grant, side: row.side })),
    confirmedAt: new Date(0),
  };
}
