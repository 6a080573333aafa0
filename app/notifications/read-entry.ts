import { and, eq, isNull } from 'drizzle-orm';
import type { PersonActor } from '#app/platform/actor.ts';
import { publish } from '#app/platform/live.server.ts';
import type { Db } from '#db/client.server.ts';
import { delivery } from '#db/schema/platform.ts';

/** Marks one of the person's own inbox entries as read, the first time; of others nothing happens. */
export async function readEntry(db: Db, actor: PersonActor, deliveryId: string): Promise<void> {
  await db.transaction(async (tx) => {
    const marked = await tx
      .update(delivery)
      .set({ readAt: new Date() })
      .where(
        and(
          eq(delivery.id, deliveryId),
          eq(delivery.personId, actor.personId),
          eq(delivery.channel, 'inbox'),
          isNull(delivery.readAt),
        ),
      )
      .returning({ id: delivery.id });
    if (marked.length > 0) await publish(tx, `inbox:${actor.personId}`);
  });
}
