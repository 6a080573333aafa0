import { eq, max, min } from 'drizzle-orm';
import type { Db } from '#db/client.server.ts';
import { eventSession } from '#db/schema/delegations.ts';

/** When an event's programme begins and ends; null where it has none yet. */
export async function dutyOf(
  db: Pick<Db, 'select'>,
  eventId: string,
): Promise<{ first: Date | null; last: Date | null }> {
  const [row] = await db
    .select({ first: min(eventSession.startsAt), last: max(eventSession.endsAt) })
    .from(eventSession)
    .where(eq(eventSession.eventId, eventId));
  return { first: row?.first ?? null, last: row?.last ?? null };
}
