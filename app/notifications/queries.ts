import { and, asc, count, desc, eq, gt, inArray, isNull, lt, notInArray } from 'drizzle-orm';
import { validate as isUuid } from 'uuid';
import { sidesOf } from '#app/people/access.ts';
import { nameColumns } from '#app/people/queries.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { notFound } from '#app/platform/outcome.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { campaign } from '#db/schema/notifications.ts';
import { institution, person } from '#db/schema/people.ts';
import { type DeliveryState, delivery, message } from '#db/schema/platform.ts';
import type { Side } from '#db/schema/shared.ts';
import { campaignScope } from './scope.ts';

const PAGE = 100;

/** A page of the campaigns an actor sees, newest first, by keyset. */
export async function listCampaigns(db: DbOrTx, actor: PersonActor, after?: string) {
  const scope = campaignScope(actor);
  if (!scope) return { rows: [], next: null };
  const rows = await db
    .select({
      id: campaign.id,
      reference: campaign.reference,
      subject: campaign.subject,
      state: campaign.state,
      side: campaign.side,
      institution: institution.shortName,
      audience: campaign.audience,
      recipients: campaign.recipients,
      stateAt: campaign.stateAt,
    })
    .from(campaign)
    .innerJoin(institution, eq(institution.id, campaign.institutionId))
    .where(and(scope, after ? lt(campaign.id, after) : undefined))
    .orderBy(desc(campaign.id))
    .limit(PAGE + 1);
  return { rows: rows.slice(0, PAGE), next: rows.length > PAGE ? (rows[PAGE - 1]?.id ?? null) : null };
}

/** How far a campaign's mails are: deliveries by state. One query, on the index of the message. */
export async function progressOf(
  db: DbOrTx,
  messageId: string,
): Promise<Partial<Record<DeliveryState, number>>> {
  const rows = await db
    .select({ state: delivery.state, count: count() })
    .from(delivery)
    .where(and(eq(delivery.messageId, messageId), eq(delivery.channel, 'mail')))
    .groupBy(delivery.state);
  return Object.fromEntries(rows.map((row) => [row.state, row.count]));
}

/** A row per recipient of a campaign, a page at a time; `states` narrows to those. */
export async function recipientsOf(
  db: DbOrTx,
  messageId: string,
  filter: { state?: DeliveryState | undefined; after?: string | undefined },
) {
  const rows = await db
    .select({
      id: delivery.id,
      state: delivery.state,
      stateAt: delivery.stateAt,
      problem: delivery.problem,
      locale: delivery.locale,
      side: institution.side,
      institution: institution.shortName,
      ...nameColumns,
    })
    .from(delivery)
    .innerJoin(person, eq(person.id, delivery.personId))
    .innerJoin(institution, eq(institution.id, person.institutionId))
    .where(
      and(
        eq(delivery.messageId, messageId),
        eq(delivery.channel, 'mail'),
        filter.state ? eq(delivery.state, filter.state) : undefined,
        filter.after ? gt(delivery.id, filter.after) : undefined,
      ),
    )
    .orderBy(asc(delivery.id))
    .limit(PAGE + 1);
  return { rows: rows.slice(0, PAGE), next: rows.length > PAGE ? (rows[PAGE - 1]?.id ?? null) : null };
}

/** Campaigns of the other side that wait for this actor's approval. */
export async function awaitingApproval(db: DbOrTx, actor: PersonActor) {
  const scope = campaignScope(actor);
  if (!scope) return [];
  return db
    .select({
      reference: campaign.reference,
      subject: campaign.subject,
      side: campaign.side,
      institution: institution.shortName,
      stateAt: campaign.stateAt,
    })
    .from(campaign)
    .innerJoin(institution, eq(institution.id, campaign.institutionId))
    .where(
      and(
        scope,
        eq(campaign.state, 'awaiting-approval'),
        // Another institution of the writer's own side sees it, but has nothing to answer.
        notInArray(campaign.side, sidesOf(actor, 'coordinator')),
      ),
    )
    .orderBy(asc(campaign.stateAt))
    .limit(50);
}

/** Whether a message belongs to a campaign in the actor's scope: who may watch its progress. */
export async function maySeeMessage(db: DbOrTx, actor: PersonActor, messageId: string): Promise<boolean> {
  const scope = campaignScope(actor);
  if (!scope) return false;
  const rows = await db
    .select({ id: campaign.id })
    .from(campaign)
    .where(and(eq(campaign.messageId, messageId), scope));
  return rows.length > 0;
}

/** A page of a person's inbox, newest first. */
export async function listInbox(db: DbOrTx, actor: PersonActor, after?: string) {
  const rows = await db
    .select({
      id: delivery.id,
      code: message.code,
      params: message.params,
      institutionId: message.institutionId,
      createdAt: delivery.createdAt,
      readAt: delivery.readAt,
    })
    .from(delivery)
    .innerJoin(message, eq(message.id, delivery.messageId))
    .where(
      and(
        eq(delivery.personId, actor.personId),
        eq(delivery.channel, 'inbox'),
        after ? lt(delivery.id, after) : undefined,
      ),
    )
    .orderBy(desc(delivery.id))
    .limit(PAGE_INBOX + 1);
  return {
    rows: rows.slice(0, PAGE_INBOX),
    next: rows.length > PAGE_INBOX ? (rows[PAGE_INBOX - 1]?.id ?? null) : null,
  };
}

const PAGE_INBOX = 30;

/** How many inbox entries a person has not opened. */
export async function unreadCount(db: DbOrTx, actor: PersonActor): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(delivery)
    .where(
      and(eq(delivery.personId, actor.personId), eq(delivery.channel, 'inbox'), isNull(delivery.readAt)),
    );
  return row?.count ?? 0;
}

/** One inbox entry of this person. @throws Refusal `not-found` */
export async function inboxEntry(db: DbOrTx, actor: PersonActor, deliveryId: string) {
  if (!isUuid(deliveryId)) throw notFound();
  const [row] = await db
    .select({
      id: delivery.id,
      code: message.code,
      params: message.params,
      institutionId: message.institutionId,
      createdAt: delivery.createdAt,
      readAt: delivery.readAt,
    })
    .from(delivery)
    .innerJoin(message, eq(message.id, delivery.messageId))
    .where(
      and(eq(delivery.id, deliveryId), eq(delivery.personId, actor.personId), eq(delivery.channel, 'inbox')),
    );
  if (!row) throw notFound();
  return row;
}

/** Subjects of campaigns by id, so that a page of the inbox reads them in one query. */
export async function campaignSubjects(db: DbOrTx, campaignIds: readonly string[]) {
  if (campaignIds.length === 0) return new Map<string, { en: string; ru: string }>();
  const rows = await db
    .select({ id: campaign.id, subject: campaign.subject })
    .from(campaign)
    .where(inArray(campaign.id, [...campaignIds]));
  return new Map(rows.map((row) => [row.id, row.subject]));
}

/** The other side, whose people a campaign of `side` needs approval for. */
export const otherSideOf = (side: Side): Side => (side === 'in' ? 'ru' : 'in');
