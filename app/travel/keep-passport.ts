import { permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { keepInVault } from '#app/platform/keep-in-vault.server.ts';
import { forbidden, invalid } from '#app/platform/outcome.ts';
import type { Vaults } from '#app/platform/vault.server.ts';
import type { Db } from '#db/client.server.ts';
import { travelRules } from './policy.ts';
import { PASSPORT } from './queries.ts';
import { passportForm } from './schemas.ts';

/**
 * Keeps the actor's own passport in the vault of their institution's side; a former one is erased. Main learns the date
 * until which it is valid. The value is erased on the day after: an expired passport is of no use to anybody.
 *
 * @throws Refusal `invalid` (`travel.noSide` for people of an institution that belongs to neither side),
 *   `unavailable` when the vault is away.
 */
export async function keepPassport(
  db: Db,
  vaults: Vaults,
  actor: PersonActor,
  typed: Record<string, string>,
  now: Date,
): Promise<void> {
  const { personId, institutionId, side } = actor;
  if (!permits(travelRules['travel.keepOwn'], actor, { personId })) throw forbidden();
  if (side === null) throw invalid('travel.noSide');
  const parsed = passportForm(now.toISOString().slice(0, 10)).safeParse({ ...blank, ...typed });
  if (!parsed.success) {
    const fields: Record<string, string[]> = {};
    for (const issue of parsed.error.issues) fields[String(issue.path[0])] ??= [issue.message];
    throw invalid('invalid', { fields });
  }
  await keepInVault(db, vaults, actor, {
    personId,
    institutionId,
    side,
    field: PASSPORT,
    value: JSON.stringify(parsed.data),
    validUntil: parsed.data.validUntil,
    eraseOn: dayAfter(parsed.data.validUntil),
  });
}

const blank = { number: '', nationality: '', issued: '', validUntil: '' };

function dayAfter(date: string): string {
  return new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10);
}
