import { sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { notify } from '#app/platform/notify.server.ts';
import { defineJob } from '#app/platform/queue.server.ts';
import type { Db, Tx } from '#db/client.server.ts';
import { dueSoonMessage, overdueMessage } from './review-messages.ts';

/** How many days before its date a review is called to mind. */
const SOON_DAYS = 3;

/**
 * Reminds reviewers three days before a review is due, and once it is overdue: once each. Whoever the committee has
 * reminded by hand in the same span is not reminded again. The mark and the message are one transaction.
 */
export const remindOfReviews = defineJob({
  name: 'exchanges.remind-of-reviews',
  schema: z.object({}),
  cron: '10 5 * * *',
  async handle(_payload, { db }) {
    await remindOfDueReviews(db);
  },
});

/** @param now for tests. */
export async function remindOfDueReviews(db: Db, now = new Date()): Promise<void> {
  await db.transaction(async (tx) => {
    const overdue = await mark(
      tx,
      now,
      sql`r.due_at <= ${now} and (r.reminded_at is null or r.reminded_at < r.due_at)`,
    );
    await notify(tx, overdueMessage, { to: overdue, params: {}, cause: `reviews:overdue:${uuidv7()}` });
    const from = sql`r.due_at - make_interval(days => ${SOON_DAYS})`;
    const soon = await mark(
      tx,
      now,
      sql`r.due_at > ${now} and ${from} <= ${now} and (r.reminded_at is null or r.reminded_at < ${from})`,
    );
    // One mail is enough for somebody who has reviews of both kinds.
    const others = soon.filter((personId) => !overdue.includes(personId));
    await notify(tx, dueSoonMessage, { to: others, params: {}, cause: `reviews:due-soon:${uuidv7()}` });
  });
}

/** Marks the open reviews of which `due` is true; answers whose they are. */
async function mark(tx: Tx, now: Date, due: ReturnType<typeof sql>): Promise<string[]> {
  const { rows } = await tx.execute<{ reviewer_id: string }>(sql`
    update review r set reminded_at = ${now}
    from application a join call c on c.id = a.call_id
    where a.id = r.application_id and r.state = 'assigned' and a.state = 'eligible' and c.state = 'in-review' and ${due}
    returning r.reviewer_id`);
  return [...new Set(rows.map((row) => row.reviewer_id))];
}
