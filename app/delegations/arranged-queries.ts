import { validate as isUuid } from 'uuid';
import { personName } from '#app/people/person-name.ts';
import { institutions } from '#app/people/queries.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { forbidden, notFound } from '#app/platform/outcome.ts';
import { travelPermits } from '#app/travel/trip-rights.ts';
import type { DbOrTx } from '#db/client.server.ts';
import type { Locale, Side } from '#db/schema/shared.ts';
import { mayArrange, travelFileInScope } from './queries.ts';
import { type DelegateAddress, demandOpen } from './scope.ts';

type Found = Awaited<ReturnType<typeof travelFileInScope>>;

/**
 * The travel file behind a form: of whom the actor arranges the delegation of, or, for what they may see to themselves,
 * of the traveller.
 *
 * @param by `arrange` for officers alone; `share` for officers and the traveller; `keep` for who may keep papers
 * @throws Refusal `not-found`, `forbidden`, also for a delegation that is closed
 */
export async function fileForForm(
  db: DbOrTx,
  actor: PersonActor,
  where: DelegateAddress,
  by: 'arrange' | 'share' | 'keep',
): Promise<Found> {
  if (!isUuid(where.delegateId)) throw notFound();
  const found = await travelFileInScope(db, actor, where);
  const { one, delegation } = found;
  const arranges = mayArrange(actor, delegation);
  const own = one.personId === actor.personId;
  const may = {
    arrange: arranges,
    share: arranges || own,
    keep: travelPermits('travel.keepTrip', actor, one.file.trip),
  };
  if (!may[by]) throw forbidden();
  demandOpen(delegation);
  return found;
}

/** What stands above a form about a person of a delegation. */
export function headOf({ one, delegation, event, board }: Found, locale: Locale) {
  return {
    reference: delegation.reference,
    id: one.id,
    revision: one.revision,
    name: personName(one.name, locale),
    event: event.title[locale] || event.title.en,
    board,
  };
}
export type FormHead = ReturnType<typeof headOf>;

/** The institutions that send together with this one: where a person of the delegation may be employed. */
export async function employersFor(db: DbOrTx, side: Side, locale: Locale, own?: string) {
  const places = await institutions(db);
  const sending = places
    .filter((place) => place.side === side)
    .map((place) => ({ value: place.code, label: place.name[locale] }));
  // What a list brought stays a choice.
  const listed = own === undefined || sending.some((place) => place.value === own);
  return listed ? sending : [...sending, { value: own, label: own }];
}
