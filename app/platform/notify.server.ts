import { and, eq, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Tx } from '#db/client.server.ts';
import { message } from '#db/schema/platform.ts';
import { LIVE_CHANNEL } from './live-channel.ts';
import { MAIL_CHUNK, mailSend } from './mail-job.ts';
import type { MessageDef } from './messages.ts';
import { enqueueAll } from './queue.server.ts';

/** The topic under which a person is written to about nothing at all: their address bounced, or they complained. */
export const EVERY_TOPIC = '*';

/**
 * Tells people something, as part of the caller's transaction: one message, an inbox entry and a mail for each
 * person in their language, and the jobs that hand the mails over. Repeated with the same `cause` it reaches only
 * those whom it did not reach before.
 *
 * @param input.to person ids; repeated ones count once. Those who are no persons are left out.
 * @param input.cause what happened, once: e.g. `exchange:<id>:nominated`, `campaign:<id>`.
 * @param input.institutionId whose mailer carries it; default the portal's.
 * @param input.topic overrides the message's topic.
 * @returns the message's id, and how many mails wait to be handed over.
 */
export async function notify<P>(
  tx: Tx,
  def: MessageDef<P>,
  input: {
    to: readonly string[];
    params: P;
    cause: string;
    institutionId?: string | null;
    topic?: string | null;
  },
): Promise<{ messageId: string | null; queued: number }> {
  const people = [...new Set(input.to)];
  if (people.length === 0) return { messageId: null, queued: 0 };
  const params = def.params.parse(input.params) as Record<string, unknown>;
  const topic = input.topic ?? def.topic ?? null;
  const messageId = await theMessage(tx, {
    code: def.code,
    cause: input.cause,
    params,
    topic,
    institutionId: input.institutionId ?? null,
  });
  const queued = await insertDeliveries(tx, messageId, input.cause, people, topic);
  const chunks = Array.from({ length: Math.ceil(queued.length / MAIL_CHUNK) }, (_, i) => ({
    deliveryIds: queued.slice(i * MAIL_CHUNK, (i + 1) * MAIL_CHUNK),
  }));
  await enqueueAll(tx, mailSend, chunks);
  return { messageId, queued: queued.length };
}

async function theMessage(tx: Tx, values: typeof message.$inferInsert): Promise<string> {
  const [known] = await tx
    .select({ id: message.id })
    .from(message)
    .where(and(eq(message.cause, values.cause), eq(message.code, values.code)))
    .limit(1);
  if (known) return known.id;
  const id = uuidv7();
  await tx.insert(message).values({ ...values, id });
  return id;
}

/** One statement for ten people or ten thousand; answers the mails that wait, in the order of their ids. */
async function insertDeliveries(
  tx: Tx,
  messageId: string,
  cause: string,
  people: readonly string[],
  topic: string | null,
): Promise<string[]> {
  // Ids are made here, so that they sort by time on PostgreSQL 15 as well.
  const inboxIds = people.map(() => uuidv7());
  const mailIds = people.map(() => uuidv7());
  const { rows } = await tx.execute<{ id: string }>(sql`
    with recipient as (
      select person.id, person.locale, person.email, asked.inbox_id, asked.mail_id,
        exists (
          select 1 from suppression
          where suppression.person_id = person.id and suppression.topic in (${EVERY_TOPIC}, ${topic ?? EVERY_TOPIC})
        ) as suppressed
      from unnest(
        ${sql.param(people)}::uuid[], ${sql.param(inboxIds)}::uuid[], ${sql.param(mailIds)}::uuid[]
      ) as asked (person_id, inbox_id, mail_id)
      join person on person.id = asked.person_id
    ),
    told as (
      insert into delivery (id, message_id, cause, person_id, channel, locale, state)
      select inbox_id, ${messageId}::uuid, ${cause}, id, 'inbox', locale, 'sent' from recipient
      union all
      select mail_id, ${messageId}::uuid, ${cause}, id, 'mail', locale,
        case when email is null then 'no-address' when suppressed then 'suppressed' else 'queued' end
      from recipient
      on conflict (cause, person_id, channel) do nothing
      returning id, person_id, channel, state
    ),
    rung as (
      select pg_notify(${LIVE_CHANNEL}, 'inbox:' || person_id) from told where channel = 'inbox'
    )
    select id from told cross join (select count(*) from rung) as counted
    where channel = 'mail' and state = 'queued' order by id`);
  return rows.map((row) => row.id);
}
