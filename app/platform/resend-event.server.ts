import { and, eq, inArray, or, sql } from 'drizzle-orm';
import { validate as isUuid } from 'uuid';
import { z } from 'zod';
import type { Db } from '#db/client.server.ts';
import { type DeliveryState, delivery, suppression, webhookEvent } from '#db/schema/platform.ts';
import { publish } from './live.server.ts';
import { DELIVERY_TAG } from './mailer-resend.server.ts';
import { EVERY_TOPIC } from './notify.server.ts';

/** What is read of Resend's events (resend.com/docs, webhook event types); the rest passes by. */
const event = z.object({
  type: z.string(),
  created_at: z.string().optional(),
  data: z.object({
    email_id: z.string().optional(),
    // Given as a list when sending, told as an object in events.
    tags: z.record(z.string(), z.string()).optional().catch(undefined),
    bounce: z.object({ type: z.string().optional() }).optional(),
  }),
});

/** How far a mail has come. An event moves a delivery only to a higher place, in whatever order events arrive. */
const PLACE: Partial<Record<DeliveryState, number>> = {
  queued: 0,
  sending: 1,
  doubtful: 1,
  sent: 2,
  delayed: 3,
  delivered: 4,
  failed: 5,
  suppressed: 5,
  bounced: 5,
  complained: 6,
};

const STATE_OF: Record<string, DeliveryState> = {
  'email.sent': 'sent',
  'email.delivery_delayed': 'delayed',
  'email.delivered': 'delivered',
  'email.bounced': 'bounced',
  'email.complained': 'complained',
  'email.failed': 'failed',
  'email.suppressed': 'suppressed',
};

/** Ours may be told before we have written down that it was sent; later a stranger's stays a stranger's. */
const MAY_BE_EARLY_MS = 10 * 60_000;

/**
 * Takes in one event whose signature was checked. Told twice it changes nothing the second time.
 *
 * @param eventId the provider's id of this event.
 * @returns `unknown` when the mail is not known yet and the provider should tell again.
 */
export async function takeResendEvent(
  db: Db,
  eventId: string,
  payload: unknown,
  now: Date,
): Promise<'taken' | 'known' | 'ignored' | 'unknown'> {
  const parsed = event.safeParse(payload);
  const state = parsed.success ? STATE_OF[parsed.data.type] : undefined;
  if (!parsed.success || !state) return 'ignored';
  const { data, created_at } = parsed.data;
  return db.transaction(async (tx) => {
    const [fresh] = await tx.insert(webhookEvent).values({ id: eventId }).onConflictDoNothing().returning();
    if (!fresh) return 'known';
    const tag = data.tags?.[DELIVERY_TAG];
    const which = [
      ...(tag && isUuid(tag) ? [eq(delivery.id, tag)] : []),
      ...(data.email_id ? [eq(delivery.providerId, data.email_id)] : []),
    ];
    const [row] = which.length
      ? await tx
          .select()
          .from(delivery)
          .where(and(eq(delivery.channel, 'mail'), or(...which)))
          .limit(1)
          .for('update')
      : [];
    if (!row) {
      const early = created_at && now.getTime() - new Date(created_at).getTime() < MAY_BE_EARLY_MS;
      if (!early) return 'ignored';
      await tx.delete(webhookEvent).where(eq(webhookEvent.id, eventId));
      return 'unknown';
    }
    const place = PLACE[state] ?? 0;
    const lower = Object.entries(PLACE).flatMap(([name, at]) => (at < place ? [name as DeliveryState] : []));
    const problem = place >= 5 ? `resend-${state}` : null;
    await tx
      .update(delivery)
      .set({
        state,
        problem,
        stateAt: now,
        providerId: sql`coalesce(${delivery.providerId}, ${data.email_id ?? null})`,
      })
      .where(and(eq(delivery.id, row.id), inArray(delivery.state, lower)));
    const reason = state === 'complained' ? state : state === 'bounced' ? hardBounce(data.bounce) : null;
    if (reason) {
      await tx
        .insert(suppression)
        .values({ personId: row.personId, topic: EVERY_TOPIC, reason })
        .onConflictDoNothing();
    }
    await publish(tx, `message:${row.messageId}`);
    return 'taken';
  });
}

/** A full mailbox empties again; an address that does not exist is not written to any more. */
function hardBounce(bounce: { type?: string | undefined } | undefined): 'bounced' | null {
  return bounce?.type === undefined || bounce.type === 'Permanent' ? 'bounced' : null;
}
