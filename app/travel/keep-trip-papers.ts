import { permits } from '#app/people/access.ts';
import type { Actor } from '#app/platform/actor.ts';
import { type Kept, keepInVault, keepManyInVault } from '#app/platform/keep-in-vault.server.ts';
import { forbidden } from '#app/platform/outcome.ts';
import type { Vaults } from '#app/platform/vault.server.ts';
import type { Db } from '#db/client.server.ts';
import { checkPassport } from './passport-checks.ts';
import { type OfTrip, travelRules } from './policy.ts';
import { papersField, type TripPapers } from './trip-papers.ts';

export type KeptFor = OfTrip & { id: string; endsOn: string; eraseOn: string };

/** One traveller's papers on their way into the vault. */
export type PapersOf = { trip: KeptFor; papers: TripPapers };

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
  await keepInVault(db, vaults, actor, keptOf(actor, { trip, papers }, today));
}

/**
 * As `keepTripPapers`, for the travellers of one list, who come from one side: a few statements for each some hundred.
 *
 * @throws Refusal `forbidden`: nothing was kept; `unavailable` when the vault is away: who comes before is kept.
 */
export async function keepPapersOfMany(
  db: Db,
  vaults: Vaults,
  actor: Actor,
  travellers: readonly PapersOf[],
  today: string,
): Promise<void> {
  const [first] = travellers;
  if (!first) return;
  const kept = travellers.map((one) => keptOf(actor, one, today));
  await keepManyInVault(db, vaults, actor, first.trip.homeSide, kept);
}

function keptOf(actor: Actor, { trip, papers }: PapersOf, today: string): Kept {
  if (!permits(travelRules['travel.keepTrip'], actor, trip)) throw forbidden();
  const problems = checkPassport(papers, { leaves: trip.endsOn, today });
  return {
    personId: trip.personId,
    institutionId: trip.homeInstitutionId,
    side: trip.homeSide,
    field: papersField(trip.id),
    value: JSON.stringify(papers),
    facts: { oddTerm: problems.some((one) => one.suggestion !== null) },
    validUntil: papers.validUntil,
    eraseOn: trip.eraseOn,
  };
}
