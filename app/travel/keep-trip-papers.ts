import { permits } from '#app/people/access.ts';
import type { Actor } from '#app/platform/actor.ts';
import { keepInVault } from '#app/platform/keep-in-vault.server.ts';
import { forbidden } from '#app/platform/outcome.ts';
import type { Vaults } from '#app/platform/vault.server.ts';
import type { Db } from '#db/client.server.ts';
import { checkPassport } from './passport-checks.ts';
import { type OfTrip, travelRules } from './policy.ts';
import { papersField, type TripPapers } from './trip-papers.ts';

export type KeptFor = OfTrip & { id: string; endsOn: string; eraseOn: string };

/**
 * Keeps a traveller's passport and birth in the vault of the home side, until the day after the journey. Main learns
 * until when the passport is valid and whether its dates look right.
 *
 * @throws Refusal `forbidden`; `unavailable` when the vault is away.
 */
export async function keepTripPapers(
  db: Db,
  vaults: Vaults,
  actor: Actor,
  trip: KeptFor,
  papers: TripPapers,
  today: string,
): Promise<void> {
  if (!permits(travelRules['travel.keepTrip'], actor, trip)) throw forbidden();
  const problems = checkPassport(papers, { leaves: trip.endsOn, today });
  await keepInVault(db, vaults, actor, {
    personId: trip.personId,
    institutionId: trip.homeInstitutionId,
    side: trip.homeSide,
    field: papersField(trip.id),
    value: JSON.stringify(papers),
    facts: { oddTerm: problems.some((one) => one.suggestion !== null) },
    validUntil: papers.validUntil,
    eraseOn: trip.eraseOn,
  });
}
