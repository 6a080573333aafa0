import { eq, sql } from 'drizzle-orm';
import type { Grant, PersonActor } from '#app/platform/actor.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { account, institution, person } from '#db/schema/people.ts';

/**
 * The grants of the joined person that hold today, each by the calendar of its own institution; a deny
 * stands beside what it denies.
 */
const grants = sql<Grant[]>`coalesce((
  select json_agg(json_build_object(
    'role', g.role, 'institutionId', g.institution_id, 'side', i.side, 'effect', g.effect))
  from role_grant g join institution i on i.id = g.institution_id
  where g.person_id = ${person.id} and g.revoked_at is null
    and (now() at time zone i.time_zone)::date
        between g.valid_from and coalesce(g.valid_until, 'infinity'::date)), '[]'::json)`;

/** What a query over `account` left-joined with `person` and `institution` selects to make an actor. */
export const actorColumns = {
  accountId: account.id,
  personId: person.id,
  institutionId: person.institutionId,
  side: institution.side,
  locale: person.locale,
  timeZone: person.timeZone,
  grants,
};

type ActorRow = {
  accountId: string;
  personId: string | null;
  institutionId: string | null;
  side: PersonActor['side'];
  locale: PersonActor['locale'] | null;
  timeZone: string | null;
  grants: Grant[];
};

/** The actor of such a row; null while no person stands behind the account. */
export function toActor(row: ActorRow, confirmedAt: Date): PersonActor | null {
  const { personId, institutionId, locale, timeZone } = row;
  if (!personId || !institutionId || !locale || !timeZone) return null;
  const { accountId, side, grants } = row;
  return { kind: 'person', personId, accountId, institutionId, side, grants, locale, timeZone, confirmedAt };
}

/** The person behind an account as an actor, for what is recorded outside a request; null where there is none. */
export async function loadActor(db: DbOrTx, accountId: string): Promise<PersonActor | null> {
  const [row] = await db
    .select(actorColumns)
    .from(account)
    .leftJoin(person, eq(person.id, account.personId))
    .leftJoin(institution, eq(institution.id, person.institutionId))
    .where(eq(account.id, accountId));
  // Nobody asked for a password here: such an actor is never fresh.
  return row ? toActor(row, new Date(0)) : null;
}
