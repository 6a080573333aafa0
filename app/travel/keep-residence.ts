import { and, inArray, isNull } from 'drizzle-orm';
import { permits } from '#app/people/access.ts';
import type { Actor, PersonActor } from '#app/platform/actor.ts';
import { keepInVault } from '#app/platform/keep-in-vault.server.ts';
import { forbidden } from '#app/platform/outcome.ts';
import { revealValue } from '#app/platform/reveal-value.server.ts';
import type { Vaults } from '#app/platform/vault.server.ts';
import type { Db, DbOrTx } from '#db/client.server.ts';
import { vaultFact } from '#db/schema/platform.ts';
import type { KeptFor } from './keep-trip-papers.ts';
import { type OfTrip, travelRules } from './policy.ts';
import { residenceField } from './trip-papers.ts';

/**
 * Keeps a traveller's place of residence in the vault of the home side, until the day after the journey. Main learns that
 * it is there.
 *
 * @throws Refusal `forbidden`; `unavailable` when the vault is away.
 */
export async function keepResidence(
  db: Db,
  vaults: Vaults,
  actor: Actor,
  trip: KeptFor,
  residence: string,
): Promise<void> {
  if (!permits(travelRules['travel.keepTrip'], actor, trip)) throw forbidden();
  await keepInVault(db, vaults, actor, {
    personId: trip.personId,
    institutionId: trip.homeInstitutionId,
    side: trip.homeSide,
    field: residenceField(trip.id),
    value: residence,
    eraseOn: trip.eraseOn,
  });
}

/** Of which of these journeys a residence is kept: the ids of the facts by that of the journey. */
export async function residencesKept(db: DbOrTx, tripIds: readonly string[]): Promise<Map<string, string>> {
  if (tripIds.length === 0) return new Map();
  const fields = new Map(tripIds.map((id) => [residenceField(id), id]));
  const rows = await db
    .select({ id: vaultFact.id, field: vaultFact.field })
    .from(vaultFact)
    .where(and(inArray(vaultFact.field, [...fields.keys()]), isNull(vaultFact.erasedAt)));
  return new Map(rows.map((row) => [fields.get(row.field) ?? '', row.id]));
}

/**
 * A traveller's residence in clear, null where none is kept. The look is in the audit log before the value is read.
 *
 * @throws Refusal `forbidden`; `unavailable` when the vault is away.
 */
export async function revealResidence(
  db: Db,
  vaults: Vaults,
  actor: PersonActor,
  trip: OfTrip & { id: string },
  reason: 'own' | 'officer' | 'visa-list',
): Promise<string | null> {
  if (!permits(travelRules['travel.revealTrip'], actor, trip)) throw forbidden();
  const factId = (await residencesKept(db, [trip.id])).get(trip.id);
  return factId ? revealValue(db, vaults, actor, factId, reason) : null;
}
