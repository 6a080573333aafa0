import { permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { forbidden, notFound } from '#app/platform/outcome.ts';
import { revealValue } from '#app/platform/reveal-value.server.ts';
import type { Vaults } from '#app/platform/vault.server.ts';
import type { Db } from '#db/client.server.ts';
import { travelRules } from './policy.ts';
import { ownPassport } from './queries.ts';
import { type Passport, passportSchema } from './schemas.ts';

/**
 * The actor's own passport in clear. The look is in the audit log before the value is read.
 *
 * @throws Refusal `not-found` when none is kept, `unavailable` when the vault is away.
 */
export async function revealPassport(db: Db, vaults: Vaults, actor: PersonActor): Promise<Passport> {
  const fact = await ownPassport(db, actor);
  if (!fact) throw notFound();
  if (!permits(travelRules['travel.revealOwn'], actor, fact)) throw forbidden();
  const value = await revealValue(db, vaults, actor, fact.id, 'own');
  return passportSchema.parse(JSON.parse(value));
}
