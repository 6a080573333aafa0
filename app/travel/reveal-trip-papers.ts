import { and, eq, isNull } from 'drizzle-orm';
import { permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { forbidden, notFound } from '#app/platform/outcome.ts';
import { revealValue } from '#app/platform/reveal-value.server.ts';
import type { Vaults } from '#app/platform/vault.server.ts';
import type { Db } from '#db/client.server.ts';
import { vaultFact } from '#db/schema/platform.ts';
import { type OfTrip, travelRules } from './policy.ts';
import { papersField, type TripPapers, tripPapers } from './trip-papers.ts';

/**
 * A traveller's passport and birth in clear. The look is in the audit log before the value is read.
 *
 * @param reason `own`, `officer` for one person's file, `visa-list` for the list a host asks for.
 * @throws Refusal `forbidden`; `not-found` when nothing is kept; `unavailable` when the vault is away.
 */
export async function revealTripPapers(
  db: Db,
  vaults: Vaults,
  actor: PersonActor,
  trip: OfTrip & { id: string },
  reason: 'own' | 'officer' | 'visa-list',
): Promise<TripPapers> {
  if (!permits(travelRules['travel.revealTrip'], actor, trip)) throw forbidden();
  const [fact] = await db
    .select({ id: vaultFact.id })
    .from(vaultFact)
    .where(
      and(
        eq(vaultFact.personId, trip.personId),
        eq(vaultFact.field, papersField(trip.id)),
        isNull(vaultFact.erasedAt),
      ),
    );
  if (!fact) throw notFound();
  return tripPapers.parse(JSON.parse(await revealValue(db, vaults, actor, fact.id, reason)));
}
