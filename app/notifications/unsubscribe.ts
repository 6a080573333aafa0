import { eq } from 'drizzle-orm';
import type { Db } from '#db/client.server.ts';
import { person } from '#db/schema/people.ts';
import { suppression } from '#db/schema/platform.ts';

/** Ends mails about a topic to a person; again changes nothing. The inbox keeps its entries. */
export async function unsubscribe(db: Db, input: { personId: string; topic: string }): Promise<void> {
  const [known] = await db.select({ id: person.id }).from(person).where(eq(person.id, input.personId));
  // The link outlives the person: whoever is erased gets no mail anyway.
  if (!known) return;
  await db
    .insert(suppression)
    .values({ ...input, reason: 'unsubscribed' })
    .onConflictDoNothing({ target: [suppression.personId, suppression.topic] });
}
