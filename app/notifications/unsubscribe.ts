import type { Db } from '#db/client.server.ts';
import { suppression } from '#db/schema/platform.ts';

/** Ends mails about a topic to a person; again changes nothing. The inbox keeps its entries. */
export async function unsubscribe(db: Db, input: { personId: string; topic: string }): Promise<void> {
  await db
    .insert(suppression)
    .values({ ...input, reason: 'unsubscribed' })
    .onConflictDoNothing({ target: [suppression.personId, suppression.topic] });
}
