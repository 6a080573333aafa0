import type { Direction } from '#db/schema/exchanges.ts';
import type { LocalizedText, Side } from '#db/schema/shared.ts';

/** What of an institution an application needs to know. */
export type Party = { id: string; side: Side | null; shortName: LocalizedText };

/** The sides from which a direction lets people travel. */
export const homeSides = (direction: Direction): Side[] =>
  direction === 'both' ? ['in', 'ru'] : [direction === 'in-ru' ? 'in' : 'ru'];

/**
 * Who can send this person under the call, and who can receive them. People of the two sides are sent by
 * their own institution; people of other organisations by a sponsor they name.
 *
 * @returns `homes` is empty when the call does not take people of the person's side.
 */
export function possibleParties(
  institutions: readonly Party[],
  direction: Direction,
  own: { institutionId: string; side: Side | null },
): { homes: Party[]; hosts: Party[]; sponsored: boolean } {
  const from = homeSides(direction);
  const sponsored = own.side === null;
  const homes = institutions.filter(
    (one) => one.side !== null && from.includes(one.side) && (sponsored || one.id === own.institutionId),
  );
  const sides = new Set(homes.map((home) => home.side));
  // A host lies on the other side of somebody who may send.
  const hosts = institutions.filter((one) => one.side !== null && sides.has(one.side === 'in' ? 'ru' : 'in'));
  return { homes, hosts, sponsored };
}
