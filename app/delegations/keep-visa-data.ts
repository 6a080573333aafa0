import { and, eq, isNull } from 'drizzle-orm';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { forbidden } from '#app/platform/outcome.ts';
import type { Vaults } from '#app/platform/vault.server.ts';
import { keepResidence } from '#app/travel/keep-residence.ts';
import { travelPermits } from '#app/travel/trip-rights.ts';
import type { Db } from '#db/client.server.ts';
import { delegate } from '#db/schema/delegations.ts';
import { travelFileInScope } from './queries.ts';
import type { VisaData } from './schemas.ts';
import { type DelegateAddress, demandOpen } from './scope.ts';

/**
 * Keeps what hosts ask for in an invitation besides the passport: the residence in the vault of the side, the city of the
 * consulate and the street of the employer with the delegation. An empty residence leaves the one that is kept.
 *
 * @throws Refusal `not-found`, `forbidden`, also for a delegation that is closed; `unavailable` when the vault is away
 */
export async function keepVisaData(
  db: Db,
  vaults: Vaults,
  actor: PersonActor,
  input: DelegateAddress & VisaData,
): Promise<void> {
  const { one, delegation } = await travelFileInScope(db, actor, input);
  if (!travelPermits('travel.keepTrip', actor, one.file.trip)) throw forbidden();
  demandOpen(delegation);
  // The vault first: where it is away, nothing was changed.
  if (input.residence) await keepResidence(db, vaults, actor, one.file.trip, input.residence);
  const { consulateCity, employerAddress } = input;
  await db.transaction(async (tx) => {
    await tx
      .update(delegate)
      .set({ consulateCity, employerAddress })
      .where(and(eq(delegate.id, one.id), isNull(delegate.endedAt)));
    await audit(tx, {
      code: 'delegate.visaData',
      actor,
      subject: { type: 'delegate', id: one.id },
      institutionId: delegation.homeInstitutionId,
      facts: { reference: delegation.reference, residence: input.residence !== null },
    });
  });
}
