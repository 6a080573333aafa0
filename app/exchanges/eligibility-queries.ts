import { and, eq, gte, isNull, ne, or, sql } from 'drizzle-orm';
import type { DbOrTx } from '#db/client.server.ts';
import type { call } from '#db/schema/exchanges.ts';
import { institution, person, type Role, roleGrant } from '#db/schema/people.ts';
import { placement } from '#db/schema/placements.ts';
import { checkEligibility, type EligibilityCheck } from './eligibility.ts';

/** What of an application its eligibility depends on. */
type Applied = {
  id: string | null;
  applicantId: string;
  homeInstitutionId: string | null;
  hostInstitutionId: string | null;
  wishedStart: string | null;
  weeks: number | null;
};

/**
 * The portal's own checks of an application the caller has found in the actor's scope.
 *
 * @param applied.id null before the first save
 */
export async function eligibilityOf(
  db: DbOrTx,
  applied: Applied,
  of: Pick<typeof call.$inferSelect, 'direction' | 'eligible' | 'stayFrom' | 'stayUntil'>,
): Promise<EligibilityCheck[]> {
  // One after the other: within a transaction there is one connection.
  const roles = await rolesOf(db, applied.applicantId);
  const sides = await db.select({ id: institution.id, side: institution.side }).from(institution);
  const stays = await staysOf(db, applied.applicantId, applied.id);
  const sideOf = (id: string | null) => sides.find((one) => one.id === id)?.side ?? null;
  return checkEligibility({
    call: of,
    roles,
    homeSide: sideOf(applied.homeInstitutionId),
    hostSide: sideOf(applied.hostInstitutionId),
    wishedStart: applied.wishedStart,
    weeks: applied.weeks,
    stays,
  });
}

async function rolesOf(db: DbOrTx, personId: string): Promise<Role[]> {
  const [who] = await db
    .select({ occupation: person.occupation })
    .from(person)
    .where(eq(person.id, personId));
  const granted = await db
    .select({ role: roleGrant.role })
    .from(roleGrant)
    .where(
      and(
        eq(roleGrant.personId, personId),
        eq(roleGrant.effect, 'allow'),
        isNull(roleGrant.revokedAt),
        or(isNull(roleGrant.validUntil), gte(roleGrant.validUntil, sql`current_date`)),
      ),
    );
  return [...granted.map(({ role }) => role), ...(who?.occupation ? [who.occupation] : [])];
}

async function staysOf(db: DbOrTx, personId: string, applicationId: string | null) {
  return db
    .select({
      reference: placement.reference,
      state: placement.state,
      startsOn: placement.startsOn,
      endsOn: placement.endsOn,
      reportedAt: placement.reportedAt,
    })
    .from(placement)
    .where(
      and(
        eq(placement.participantId, personId),
        applicationId ? ne(placement.applicationId, applicationId) : undefined,
      ),
    )
    .orderBy(placement.startsOn);
}
