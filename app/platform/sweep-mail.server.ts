import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.server.ts';
import { MAIL_CHUNK, mailSend } from './mail-job.ts';
import { enqueueAll } from './queue.server.ts';

/** After so long a mail is old news: it is given up, visibly. */
const GIVE_UP_HOURS = 48;

/**
 * Finds mails whose job is no more (its retries ran out in a long outage) and puts in another; gives up on those that
 * are two days old, so that a page shows them instead of promising.
 *
 * @returns how many got a job again.
 */
export async function sweepMail(db: Db): Promise<number> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`
      update delivery set state_at = now(), problem = coalesce(problem, 'gave-up'),
        state = case when state = 'sending' then 'doubtful' else 'failed' end
      where channel = 'mail' and state in ('queued', 'sending')
        and created_at < now() - make_interval(hours => ${GIVE_UP_HOURS})`);
    const { rows } = await tx.execute<{ id: string; message_id: string }>(sql`
      with in_hand as (
        select jsonb_array_elements_text(data -> 'deliveryIds')::uuid as id
        from pgboss.job where name = ${mailSend.name} and state < 'completed'
      )
      select id, message_id from delivery
      where channel = 'mail' and state in ('queued', 'sending')
        and state_at < now() - interval '2 minutes' and id not in (select id from in_hand)
      order by message_id, id limit 10000`);
    const byMessage = Map.groupBy(rows, (row) => row.message_id);
    const chunks = [...byMessage.values()].flatMap((waiting) =>
      Array.from({ length: Math.ceil(waiting.length / MAIL_CHUNK) }, (_, i) => ({
        deliveryIds: waiting.slice(i * MAIL_CHUNK, (i + 1) * MAIL_CHUNK).map((row) => row.id),
      })),
    );
    await enqueueAll(tx, mailSend, chunks);
    return rows.length;
  });
}
