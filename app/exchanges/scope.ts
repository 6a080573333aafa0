import { and, eq, inArray, ne, or, type SQL, sql } from 'drizzle-orm';
import { institutionsOf } from '#app/people/access.ts';
import type { Actor, PersonActor } from '#app/platform/actor.ts';
import { notFound } from '#app/platform/outcome.ts';
import type { DbOrTx, Tx } from '#db/client.server.ts';
import { application, call } from '#db/schema/exchanges.ts';

export type Application = typeof application.$inferSelect;
export type Call = typeof call.$inferSelect;

/**
 * Applications the actor may see: their own, those handed in to institutions they coordinate, and whoever they
 * receive as host supervisor. For single records: lists read the ranges of their own indexes.
 */
export function visibleTo(actor: PersonActor): SQL | undefined {
  return or(
    partyTo(actor),
    and(eq(application.hostSupervisorId, actor.personId), eq(application.state, 'accepted')),
  );
}

/** Applications the actor is a party to: their own, and those handed in to institutions they coordinate. */
export function partyTo(actor: PersonActor): SQL | undefined {
  const coordinated = institutionsOf(actor, 'coordinator');
  const own = eq(application.applicantId, actor.personId);
  if (coordinated.length === 0) return own;
  const theirs = or(
    inArray(application.homeInstitutionId, coordinated),
    inArray(application.hostInstitutionId, coordinated),
  );
  return or(own, and(ne(application.state, 'draft'), theirs));
}

/** A call that was published stays public whatever becomes of it; the predicate is that of the index `call_public`. */
export const isPublic = sql`${call.state} not in ('draft', 'half-signed')`;

/** Calls the actor may see: those that were published, and those their institution signs. */
export function callsVisibleTo(actor: Actor | null): SQL | undefined {
  const coordinated = actor ? institutionsOf(actor, 'coordinator') : [];
  if (coordinated.length === 0) return isPublic;
  return or(isPublic, inArray(call.signerIn, coordinated), inArray(call.signerRu, coordinated));
}

/**
 * The application with its call, held until the transaction ends, so that two deciders take turns.
 *
 * @throws Refusal `not-found` when it is out of the actor's scope.
 */
export async function lockApplication(
  tx: Tx,
  actor: PersonActor,
  reference: string,
): Promise<{ record: Application; call: Call }> {
  const [record] = await tx
    .select()
    .from(application)
    .where(and(eq(application.reference, reference), visibleTo(actor)))
    .for('update');
  if (!record) throw notFound();
  const [found] = await tx.select().from(call).where(eq(call.id, record.callId));
  if (!found) throw notFound();
  return { record, call: found };
}

/**
 * A call in the actor's scope, held until the transaction ends.
 *
 * @throws Refusal `not-found`
 */
export async function lockCall(tx: Tx, actor: Actor, reference: string): Promise<Call> {
  const [found] = await tx
    .select()
    .from(call)
    .where(and(eq(call.reference, reference), callsVisibleTo(actor)))
    .for('update');
  if (!found) throw notFound();
  return found;
}

/**
 * A call in the actor's scope.
 *
 * @throws Refusal `not-found`
 */
export async function findCall(db: DbOrTx, actor: Actor | null, reference: string): Promise<Call> {
  const [found] = await callSeen(db, actor, reference);
  if (!found) throw notFound();
  return found;
}

/**
 * As `findCall`, and the call stays as it is until the transaction ends: those who submit to it do not wait for one
 * another, but an extension or a cancellation and a submission take turns.
 */
export async function shareCall(tx: Tx, actor: Actor | null, reference: string): Promise<Call> {
  const [found] = await callSeen(tx, actor, reference).for('share');
  if (!found) throw notFound();
  return found;
}

const callSeen = (db: DbOrTx, actor: Actor | null, reference: string) =>
  db
    .select()
    .from(call)
    .where(and(eq(call.reference, reference), callsVisibleTo(actor)));
