import { coordinatorContacts } from '#app/people/coordinator-queries.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { homeSides } from '../parties.ts';
import type { Call } from '../scope.ts';

/**
 * Whom an applicant writes to about a call: the coordinators of their own institution and of the one that signs for
 * their side. People of other organisations are sent by a sponsor, so they write to whoever signs for a home side.
 */
export async function whomToWrite(
  db: DbOrTx,
  actor: PersonActor,
  call: Pick<Call, 'direction' | 'signerIn' | 'signerRu'>,
) {
  const sides = actor.side ? [actor.side] : homeSides(call.direction);
  const signers = sides.map((side) => (side === 'in' ? call.signerIn : call.signerRu));
  const own = actor.side ? [actor.institutionId] : [];
  return coordinatorContacts(db, [...new Set([...own, ...signers])]);
}
export type Contact = Awaited<ReturnType<typeof whomToWrite>>[number];
