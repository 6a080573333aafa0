import type { PersonActor } from '#app/platform/actor.ts';
import { forbidden, invalid } from '#app/platform/outcome.ts';
import type { Vaults } from '#app/platform/vault.server.ts';
import { keepTripPapers } from '#app/travel/keep-trip-papers.ts';
import { checkPassport, type PassportProblem } from '#app/travel/passport-checks.ts';
import { travelPermits } from '#app/travel/trip-rights.ts';
import type { Db } from '#db/client.server.ts';
import { travelFileInScope } from './queries.ts';
import type { PassportData } from './schemas.ts';
import { type DelegateAddress, demandOpen } from './scope.ts';

/** What a form says of what the checks find. The rest is only pointed at by the board: a passport can be renewed. */
const SENTENCES: Partial<Record<PassportProblem['code'], string>> = {
  missing: 'required',
  lookAlike: 'travel.passportNumber',
  form: 'travel.passportNumber',
  noSuchIssue: 'date',
  noSuchExpiry: 'date',
  issuedLater: 'travel.issuedLater',
  expiresBeforeIssue: 'travel.validBeforeIssued',
};

/**
 * Keeps a delegate's passport and birth, as the delegation's list would have brought them; what was kept is replaced.
 *
 * @throws Refusal `not-found`, `forbidden`, also for a delegation that is closed; `invalid` with the field to blame;
 * `unavailable` when the vault is away
 */
export async function keepPassport(
  db: Db,
  vaults: Vaults,
  actor: PersonActor,
  input: DelegateAddress & { passport: PassportData },
  today: string,
): Promise<void> {
  const { one, delegation } = await travelFileInScope(db, actor, input);
  const { trip } = one.file;
  if (!travelPermits('travel.keepTrip', actor, trip)) throw forbidden();
  demandOpen(delegation);
  const { passport } = input;
  const fields: Record<string, string[]> = {};
  for (const { field, code } of checkPassport(passport, { leaves: trip.endsOn, today })) {
    const sentence = SENTENCES[code];
    if (sentence) fields[field] = [sentence];
  }
  if (passport.birthDate && passport.birthDate >= today) fields.birthDate = ['delegations.bornLater'];
  if (Object.keys(fields).length > 0) throw invalid('invalid', { fields });
  const number = passport.number.replaceAll(/[\s-]/g, '').toUpperCase();
  await keepTripPapers(db, vaults, actor, trip, { ...passport, number }, today);
}
