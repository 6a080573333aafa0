import { and, eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import { institutionsOf, sidesOf } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { notFound } from '#app/platform/outcome.ts';
import type { DbOrTx, Tx } from '#db/client.server.ts';
import { campaign } from '#db/schema/notifications.ts';

export type Campaign = typeof campaign.$inferSelect;

/**
 * The campaigns an actor sees: their institution's, and the other side's that go to their side, once those
 * have left the draft. Undefined for whoever coordinates nothing.
 */
export function campaignScope(actor: PersonActor): SQL | undefined {
  const institutionIds = institutionsOf(actor, 'coordinator');
  if (institutionIds.length === 0) return undefined;
  const ours = inArray(campaign.institutionId, institutionIds);
  const toSides = sidesOf(actor, 'coordinator').map((side) => sql`${campaign.audience}->'sides' ? ${side}`);
  // Who coordinates an organisation of neither side has no side that anything goes to.
  if (toSides.length === 0) return ours;
  return or(ours, and(inArray(campaign.state, ['awaiting-approval', 'sent']), or(...toSides)));
}

/** One campaign in the actor's scope. @throws Refusal `not-found` */
export async function campaignInScope(db: DbOrTx, actor: PersonActor, reference: string): Promise<Campaign> {
  const scope = campaignScope(actor);
  if (!scope) throw notFound();
  const [row] = await db
    .select()
    .from(campaign)
    .where(and(eq(campaign.reference, reference), scope));
  if (!row) throw notFound();
  return row;
}

/** As `campaignInScope`, held until the transaction ends. */
export async function lockCampaign(tx: Tx, actor: PersonActor, reference: string): Promise<Campaign> {
  const { id } = await campaignInScope(tx, actor, reference);
  const [row] = await tx.select().from(campaign).where(eq(campaign.id, id)).for('update');
  if (!row) throw notFound();
  return row;
}
