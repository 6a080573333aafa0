import { and, eq, exists, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { institutionsOf, permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { forbidden, notFound, stale } from '#app/platform/outcome.ts';
import type { DbOrTx, Tx } from '#db/client.server.ts';
import { delegate, delegation } from '#db/schema/delegations.ts';
import { delegationRules } from './policy.ts';

export type Delegation = typeof delegation.$inferSelect;
export type Delegate = typeof delegate.$inferSelect;
/** One person of one delegation, as an address names them. */
export type DelegateAddress = { reference: string; delegateId: string };

/**
 * Delegations whose board the actor may see: of their institution as coordinator, of their side as protocol officer,
 * and as host those that were shared.
 */
export function boardScope(actor: PersonActor): SQL | undefined {
  const coordinated = institutionsOf(actor, 'coordinator');
  const protocol = institutionsOf(actor, 'protocol');
  const hosting = [...new Set([...coordinated, ...protocol])];
  const sides = actor.grants
    .filter((g) => g.role === 'protocol' && protocol.includes(g.institutionId))
    .flatMap((g) => g.side ?? []);
  return (
    or(
      coordinated.length > 0 ? inArray(delegation.homeInstitutionId, coordinated) : undefined,
      sides.length > 0 ? inArray(delegation.homeSide, sides) : undefined,
      hosting.length > 0
        ? and(inArray(delegation.hostInstitutionId, hosting), eq(delegation.state, 'shared'))
        : undefined,
    ) ?? sql`false`
  );
}

/** As `boardScope`, and the delegations in which the actor travels. */
export function listScope(db: DbOrTx, actor: PersonActor): SQL | undefined {
  const travels = exists(
    db
      .select({ one: sql`1` })
      .from(delegate)
      .where(
        and(
          eq(delegate.delegationId, delegation.id),
          eq(delegate.personId, actor.personId),
          isNull(delegate.endedAt),
        ),
      ),
  );
  return or(boardScope(actor), travels);
}

/**
 * A delegation that was closed is written to no more: not its people, not their journeys, not their beds.
 *
 * @throws Refusal `forbidden` with a sentence
 */
export function demandOpen(record: Pick<Delegation, 'state'>): void {
  if (record.state === 'closed') throw forbidden('delegations.closed');
}

/**
 * A delegation whose board the actor may see, held until the transaction ends.
 *
 * @throws Refusal `not-found`
 */
export async function lockDelegation(tx: Tx, actor: PersonActor, reference: string): Promise<Delegation> {
  const [row] = await tx
    .select()
    .from(delegation)
    .where(and(eq(delegation.reference, reference), boardScope(actor)))
    .for('update');
  if (!row) throw notFound();
  return row;
}

/** @throws Refusal `not-found` */
export async function findDelegation(db: DbOrTx, actor: PersonActor, reference: string): Promise<Delegation> {
  const [row] = await db
    .select()
    .from(delegation)
    .where(and(eq(delegation.reference, reference), boardScope(actor)));
  if (!row) throw notFound();
  return row;
}

/**
 * A person of a delegation the actor arranges, both held until the transaction ends.
 *
 * @throws Refusal `not-found`, `forbidden`, also for a delegation that is closed
 */
export async function lockDelegate(
  tx: Tx,
  actor: PersonActor,
  where: DelegateAddress,
): Promise<{ record: Delegation; one: Delegate }> {
  const record = await lockDelegation(tx, actor, where.reference);
  if (!permits(delegationRules['delegations.arrange'], actor, record)) throw forbidden();
  demandOpen(record);
  return { record, one: await delegateIn(tx, record.id, where.delegateId) };
}

/**
 * The delegate the actor is themself, with the delegation, both held until the transaction ends.
 *
 * @throws Refusal `not-found`; `forbidden` for a delegation that is closed
 */
export async function lockOwnDelegate(
  tx: Tx,
  actor: PersonActor,
  where: DelegateAddress,
): Promise<{ record: Delegation; one: Delegate }> {
  const [record] = await tx
    .select()
    .from(delegation)
    .where(and(eq(delegation.reference, where.reference), listScope(tx, actor)))
    .for('update');
  if (!record) throw notFound();
  const one = await delegateIn(tx, record.id, where.delegateId);
  if (one.personId !== actor.personId) throw notFound();
  demandOpen(record);
  return { record, one };
}

async function delegateIn(tx: Tx, delegationId: string, delegateId: string): Promise<Delegate> {
  const [one] = await tx
    .select()
    .from(delegate)
    .where(
      and(eq(delegate.delegationId, delegationId), eq(delegate.id, delegateId), isNull(delegate.endedAt)),
    )
    .for('update');
  if (!one) throw notFound();
  return one;
}

/**
 * Gives a person's record a new revision, as every form about them does.
 *
 * @param revision what the form showed.
 * @throws Refusal `stale` where something changed in between
 */
export async function reviseDelegate(
  tx: Tx,
  one: Delegate,
  revision: string,
  set: Partial<typeof delegate.$inferInsert> = {},
): Promise<void> {
  if (revision !== one.revision) throw stale();
  await tx
    .update(delegate)
    .set({ ...set, revision: uuidv7() })
    .where(eq(delegate.id, one.id));
}
