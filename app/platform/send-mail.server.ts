import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Db, Tx } from '#db/client.server.ts';
import { institution, person } from '#db/schema/people.ts';
import { delivery, deliveryAttempt, message } from '#db/schema/platform.ts';
import { composeMessage } from './compose-message.server.ts';
import { greetingFor, renderTemplate, type Template } from './letter.server.ts';
import { publish } from './live.server.ts';
import { mailSend } from './mail-job.ts';
import type { HandOver, Letter, Mailer } from './mailer.ts';
import type { Mailers } from './mailers.server.ts';
import type { MessageDef } from './messages.ts';
import { EVERY_TOPIC } from './notify.server.ts';
import { defineJob, type JobContext, type JobDef } from './queue.server.ts';
import { sweepMail } from './sweep-mail.server.ts';
import { unsubscribeToken } from './unsubscribe.server.ts';

/** What handing over needs of the running portal. */
export type MailParts = {
  mailers: Mailers;
  messages: ReadonlyMap<string, MessageDef>;
  appUrl: string;
  authSecret: string;
};

/** Resend forgets idempotency keys after 24 hours; an hour is left for clocks and slow requests. */
const KEY_HOLDS_HOURS = 23;

/** Some letters were not taken yet; the queue runs the job again, later each time. */
class MailDelayed extends Error {
  override name = 'MailDelayed';
  readonly code: string;
  constructor(problem: string) {
    super(`mail delayed: ${problem}`);
    this.code = problem;
  }
}

/** The jobs that hand mails over, and that look for what a crash left behind. */
export function mailJobs(parts: MailParts): JobDef[] {
  return [
    defineJob({
      ...mailSend,
      concurrency: 2,
      handle: ({ deliveryIds }, context) => sendChunk(parts, deliveryIds, context),
    }) as JobDef,
    defineJob({
      name: 'mail.sweep',
      schema: z.object({}),
      cron: '*/5 * * * *',
      handle: async (_, { db }) => {
        await sweepMail(db);
      },
    }) as JobDef,
  ];
}

/**
 * Hands over what of a chunk waits. A batch is written down (state `sending`, one attempt per letter under one batch
 * id) and committed before anything leaves, so that after a crash it is known what may have left:
 * with an exactly-once transport the same batch goes again under the same key; with SMTP it is `doubtful`.
 */
async function sendChunk(parts: MailParts, deliveryIds: string[], context: JobContext): Promise<void> {
  const { db, signal } = context;
  let delayed: string | null = null;
  const note = (outcomes: HandOver[]) => {
    for (const outcome of outcomes) if (outcome.state === 'later') delayed = outcome.problem;
  };
  const transport = await transportOf(db, deliveryIds);
  const mailer = parts.mailers.of(transport);
  for (const former of await interrupted(db, deliveryIds)) {
    const again = mailer?.promise === 'exactly-once' && mailer.kind === former.transport && former.keyHolds;
    if (again && mailer) note(await handOver(parts, mailer, former.batchId, context));
    else await settle(db, former.batchId, () => ({ state: 'doubtful', problem: 'interrupted' }), false);
  }
  if (!mailer) throw new MailDelayed(`no-${transport}`);
  while (delayed === null) {
    signal.throwIfAborted();
    const batchId = await claim(db, deliveryIds, mailer);
    if (batchId === null) return;
    note(await handOver(parts, mailer, batchId, context));
  }
  throw new MailDelayed(delayed);
}

/** The transport that the institution of these deliveries asks for. A chunk belongs to one message. */
async function transportOf(db: Db, deliveryIds: string[]) {
  const [row] = await db
    .select({ transport: institution.mailTransport })
    .from(delivery)
    .innerJoin(message, eq(message.id, delivery.messageId))
    .leftJoin(institution, eq(institution.id, message.institutionId))
    .where(inArray(delivery.id, deliveryIds))
    .limit(1);
  return row?.transport ?? null;
}

/** Batches of this chunk that were on their way when their worker ended. */
async function interrupted(db: Db, deliveryIds: string[]) {
  return db
    .selectDistinct({
      batchId: deliveryAttempt.batchId,
      transport: deliveryAttempt.transport,
      keyHolds: sql<boolean>`${deliveryAttempt.startedAt} > now() - make_interval(hours => ${KEY_HOLDS_HOURS})`,
    })
    .from(deliveryAttempt)
    .innerJoin(delivery, eq(delivery.id, deliveryAttempt.deliveryId))
    .where(
      and(
        inArray(delivery.id, deliveryIds),
        eq(delivery.state, 'sending'),
        isNull(deliveryAttempt.finishedAt),
      ),
    );
}

/**
 * Takes the next letters that wait, leaving out whom one may no longer write to, and commits that they are on their
 * way. Two workers with the same chunk never take the same letter.
 */
async function claim(db: Db, deliveryIds: string[], mailer: Mailer): Promise<string | null> {
  return db.transaction(async (tx) => {
    await leaveOut(tx, deliveryIds);
    const waiting = tx
      .select({ id: delivery.id })
      .from(delivery)
      .where(and(inArray(delivery.id, deliveryIds), eq(delivery.state, 'queued')))
      .orderBy(delivery.id)
      .limit(mailer.batchSize)
      .for('update', { skipLocked: true });
    const taken = await tx
      .update(delivery)
      .set({ state: 'sending', stateAt: sql`now()`, problem: null })
      .where(inArray(delivery.id, waiting))
      .returning({ id: delivery.id });
    if (taken.length === 0) return null;
    const batchId = uuidv7();
    await tx
      .insert(deliveryAttempt)
      .values(taken.map(({ id }) => ({ deliveryId: id, batchId, transport: mailer.kind })));
    return batchId;
  });
}

/** Between the message and its mail an address can go and a topic can be left. */
async function leaveOut(tx: Tx, deliveryIds: string[]): Promise<void> {
  await tx.execute(sql`
    update delivery set state_at = now(), state = case when person.email is null then 'no-address' else 'suppressed' end
    from person, message
    where person.id = delivery.person_id and message.id = delivery.message_id
      and delivery.state = 'queued' and delivery.id = any(${sql.param(deliveryIds)}::uuid[])
      and (person.email is null or exists (
        select 1 from suppression
        where suppression.person_id = person.id
          and suppression.topic in (${EVERY_TOPIC}, coalesce(message.topic, ${EVERY_TOPIC}))
      ))`);
}

/** Writes the letters of a batch, the same each time, hands them over, and writes down what became of them. */
async function handOver(
  parts: MailParts,
  mailer: Mailer,
  batchId: string,
  { db, signal }: JobContext,
): Promise<HandOver[]> {
  const { letters, unwritable } = await lettersOf(parts, db, batchId);
  const outcomes = letters.length > 0 ? await mailer.send(letters, `setu-most-${batchId}`, signal) : [];
  const byId = new Map<string, HandOver>(letters.map((letter, i) => [letter.id, outcomes[i] ?? lost]));
  for (const id of unwritable) byId.set(id, { state: 'failed', problem: 'unknown-message' });
  await settle(db, batchId, (id) => byId.get(id) ?? lost, mailer.promise === 'exactly-once');
  return [...byId.values()];
}

const lost: HandOver = { state: 'doubtful', problem: 'interrupted' };

async function lettersOf(parts: MailParts, db: Db, batchId: string) {
  const rows = await db
    .select({ delivery, message, person })
    .from(deliveryAttempt)
    .innerJoin(delivery, eq(delivery.id, deliveryAttempt.deliveryId))
    .innerJoin(message, eq(message.id, delivery.messageId))
    .innerJoin(person, eq(person.id, delivery.personId))
    .where(and(eq(deliveryAttempt.batchId, batchId), eq(delivery.state, 'sending')))
    .orderBy(delivery.id);
  const templates = new Map<string, Promise<Template | null>>();
  const letters: Letter[] = [];
  const unwritable: string[] = [];
  for (const row of rows) {
    const { locale, personId } = row.delivery;
    const personal = parts.messages.get(row.message.code)?.personal ?? false;
    const key = [row.message.id, locale, personal ? personId : ''].join();
    const making =
      templates.get(key) ?? templateOf(parts, db, row.message, locale, personal ? personId : null);
    templates.set(key, making);
    const fill = await making;
    const to = row.person.email;
    if (!fill || to === null) {
      unwritable.push(row.delivery.id);
      continue;
    }
    const { topic } = row.message;
    const unsubscribe = topic
      ? `${parts.appUrl}/u/${unsubscribeToken(parts.authSecret, { personId, topic })}`
      : null;
    letters.push({
      id: row.delivery.id,
      from: parts.mailers.from,
      to,
      headers: headersOf(locale, unsubscribe),
      ...fill({ greeting: greetingFor({ ...row.person, locale }), unsubscribe }),
    });
  }
  return { letters, unwritable };
}

async function templateOf(
  parts: MailParts,
  db: Db,
  stored: typeof message.$inferSelect,
  locale: typeof delivery.$inferSelect.locale,
  personId: string | null,
): Promise<Template | null> {
  const composed = await composeMessage(db, parts.messages, stored, { locale, personId });
  if (!composed) return null;
  const href = composed.path === null ? null : `${parts.appUrl}${composed.path}`;
  return renderTemplate({ composed, locale, href, kind: stored.topic ? 'topic' : 'own' });
}

/** One click in the mail program ends mails of a topic (RFC 8058). */
function headersOf(locale: string, unsubscribe: string | null): Record<string, string> {
  const headers = { 'Auto-Submitted': 'auto-generated', 'Content-Language': locale };
  if (!unsubscribe) return headers;
  return {
    ...headers,
    'List-Unsubscribe': `<${unsubscribe}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  };
}

/**
 * Writes down what became of a batch. A letter that goes again under the same key stays `sending`; with SMTP one that
 * was certainly not taken waits again. A state that a webhook has moved on meanwhile is left alone.
 */
async function settle(
  db: Db,
  batchId: string,
  outcomeOf: (deliveryId: string) => HandOver,
  keepLater: boolean,
): Promise<void> {
  await db.transaction(async (tx) => {
    const open = await tx
      .select({ id: deliveryAttempt.deliveryId, messageId: delivery.messageId })
      .from(deliveryAttempt)
      .innerJoin(delivery, eq(delivery.id, deliveryAttempt.deliveryId))
      .where(and(eq(deliveryAttempt.batchId, batchId), isNull(deliveryAttempt.finishedAt)));
    const rows = open
      .map(({ id }) => ({ id, outcome: outcomeOf(id) }))
      .filter(({ outcome }) => !(keepLater && outcome.state === 'later'))
      .map(({ id, outcome }) => ({
        id,
        state: outcome.state === 'later' ? 'queued' : outcome.state,
        problem: outcome.state === 'sent' ? null : outcome.problem,
        provider: outcome.state === 'sent' ? (outcome.providerId ?? null) : null,
      }));
    if (rows.length === 0) return;
    const settled = sql`json_to_recordset(${JSON.stringify(rows)}::json)
      as settled (id uuid, state text, problem text, provider text)`;
    await tx.execute(sql`
      update delivery set
        provider_id = coalesce(settled.provider, delivery.provider_id),
        state = case when delivery.state in ('sending', 'doubtful') then settled.state else delivery.state end,
        problem = case when delivery.state in ('sending', 'doubtful') then settled.problem else delivery.problem end,
        state_at = case when delivery.state in ('sending', 'doubtful') then now() else delivery.state_at end
      from ${settled} where delivery.id = settled.id`);
    await tx.execute(sql`
      update delivery_attempt set finished_at = now(), outcome = settled.state, problem = settled.problem
      from ${settled}
      where delivery_attempt.delivery_id = settled.id and batch_id = ${batchId}::uuid and finished_at is null`);
    for (const messageId of new Set(open.map((row) => row.messageId)))
      await publish(tx, `message:${messageId}`);
  });
}
