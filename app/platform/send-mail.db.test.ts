import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eq, inArray, sql } from 'drizzle-orm';
import pino from 'pino';
import { SMTPServer } from 'smtp-server';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { institution, person } from '#db/schema/people.ts';
import { delivery, deliveryAttempt, suppression } from '#db/schema/platform.ts';
import { useDatabase } from '#tests/support/database.ts';
import { fakeResend } from '#tests/support/fake-resend.ts';
import { messagesByCode } from './compose-message.server.ts';
import type { MailTransport } from './config.ts';
import { listMailbox } from './mailer-mailbox.server.ts';
import { openMailers } from './mailers.server.ts';
import { defineMessage } from './messages.ts';
import { notify } from './notify.server.ts';
import { drainQueue, startQueue, stopQueue } from './queue.server.ts';
import { mailJobs } from './send-mail.server.ts';
import { sweepMail } from './sweep-mail.server.ts';
import { readUnsubscribeToken } from './unsubscribe.server.ts';

const { db, url } = await useDatabase();
const resend = await fakeResend();
const dataDir = mkdtempSync(path.join(tmpdir(), 'setu-most-mail-'));
const authSecret = 'a secret for tests, long enough to be one';

/** What the SMTP server under test does with the next letters; it takes those for which nothing is planned. */
const plans: ('refuse' | 'later' | 'cut')[] = [];
const taken: string[] = [];
const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  logger: false,
  closeTimeout: 100,
  onRcptTo(_address, _session, callback) {
    const plan = plans[0] === 'cut' ? undefined : plans.shift();
    if (!plan) return callback();
    callback(Object.assign(new Error('no'), { responseCode: plan === 'refuse' ? 550 : 451 }));
  },
  onData(stream, _session, callback) {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      taken.push(Buffer.concat(chunks).toString());
      if (plans.shift() === 'cut') {
        // The letter is in, but its sender never hears so.
        for (const connection of smtp.connections) connection.close();
      } else callback();
    });
  },
});

const told = defineMessage({
  code: 'account.passwordChanged',
  params: z.object({ name: z.string() }),
  path: () => '/account',
  topic: 'announcements',
  compose: async (_db, { params, locale }) => ({
    subject: locale === 'ru' ? `Новости: ${params.name}` : `News: ${params.name}`,
    body: `First & foremost.\n\n${params.name}`,
    action: 'Go',
  }),
});

let people: { id: string; email: string | null }[] = [];
let cause = 0;
let stop: () => Promise<void> = async () => {};

function start(transport: MailTransport) {
  const { port } = smtp.server.address() as { port: number };
  const config = {
    appUrl: 'https://portal.example',
    dataDir,
    authSecret,
    mail: {
      transport,
      smtpUrl: `smtp://127.0.0.1:${port}`,
      resendApiKey: 're_test',
      resendBaseUrl: resend.url,
      resendWebhookSecret: undefined,
    },
  };
  const mailers = openMailers(config);
  const parts = {
    mailers,
    messages: messagesByCode([{ messages: [told] }]),
    appUrl: config.appUrl,
    authSecret,
  };
  const jobs = mailJobs(parts);
  stop = async () => {
    await stopQueue();
    mailers.close();
  };
  return startQueue({ url, db, jobs, work: false, log: pino({ level: 'silent' }) });
}

async function tell(to: string[]) {
  cause += 1;
  const { messageId } = await db.transaction((tx) =>
    notify(tx, told, { to, params: { name: 'Ёлка' }, cause: `test:${cause}` }),
  );
  return messageId ?? '';
}

const mails = (messageId: string) =>
  db
    .select()
    .from(delivery)
    .where(sql`message_id = ${messageId} and channel = 'mail'`)
    .orderBy(delivery.personId);

const states = async (messageId: string) => (await mails(messageId)).map((row) => row.state);

/** As after `kill -9` between handing over and writing down: on its way, and no job in anybody's hands. */
async function interrupt(messageId: string) {
  const rows = await mails(messageId);
  const ids = rows.map((row) => row.id);
  await db.update(delivery).set({ state: 'sending' }).where(inArray(delivery.id, ids));
  await db
    .update(deliveryAttempt)
    .set({ finishedAt: null, outcome: null })
    .where(inArray(deliveryAttempt.deliveryId, ids));
  await runAgain();
}

/** Makes every mail job due at once. */
const runAgain = () =>
  db.execute(
    sql`update pgboss.job set state = 'created', start_after = now(), retry_count = 0, completed_on = null
      where name = 'mail.send'`,
  );

beforeAll(async () => {
  await new Promise<void>((resolve) => {
    smtp.listen(0, '127.0.0.1', resolve);
  });
  const [home] = await db
    .insert(institution)
    .values({
      code: 'giredmet',
      name: { en: 'GIREDMET', ru: 'ГИРЕДМЕТ' },
      shortName: { en: 'GIREDMET', ru: 'ГИРЕДМЕТ' },
      side: 'ru',
      timeZone: 'Europe/Moscow',
    })
    .returning();
  people = await db
    .insert(person)
    .values(
      Array.from({ length: 240 }, (_, i) => ({
        institutionId: home?.id ?? '',
        givenName: 'Olga',
        familyName: `No ${i}`,
        givenNameRu: 'Ольга',
        patronymicRu: 'Сергеевна',
        familyNameRu: 'Никитина',
        sex: 'f' as const,
        locale: i % 2 ? ('ru' as const) : ('en' as const),
        email: i === 239 ? null : `person${i}@example.org`,
      })),
    )
    .returning();
});

afterEach(async () => {
  await stop();
  resend.mails.length = 0;
  resend.requests.length = 0;
  resend.next.length = 0;
  resend.refuse(() => false);
  plans.length = 0;
  taken.length = 0;
  await db.delete(suppression);
  await db.execute(sql`delete from pgboss.job`);
});

afterAll(async () => {
  await resend.close();
  await new Promise<void>((resolve) => {
    smtp.close(resolve);
  });
});

const ids = (from: number, to: number) => people.slice(from, to).map((one) => one.id);

describe('notify', () => {
  it('reaches 240 people once each in their language, however often it is asked', async () => {
    await start('mailbox');
    const messageId = await tell(ids(0, 240));
    cause -= 1;
    await tell(ids(0, 240));
    await drainQueue();
    const rows = await mails(messageId);
    expect(rows).toHaveLength(240);
    expect(Object.entries(Object.groupBy(rows, (row) => row.state)).map(([k, v]) => [k, v?.length])).toEqual([
      ['sent', 239],
      ['no-address', 1],
    ]);
    const letters = await listMailbox(dataDir, 1000);
    expect(letters).toHaveLength(239);
    const russian = letters.find((letter) => letter.to === 'person1@example.org');
    expect(russian?.subject).toBe('Новости: Ёлка');
    expect(russian?.text).toContain('Уважаемая Ольга Сергеевна!');
    expect(russian?.html).toContain('First &amp; foremost.');
    expect(russian?.html).toContain('lang="ru"');
    const token = /\/u\/([\w-]+)>/.exec(russian?.headers['List-Unsubscribe'] ?? '')?.[1] ?? '';
    expect(readUnsubscribeToken(authSecret, token)).toEqual({
      personId: people[1]?.id,
      topic: 'announcements',
    });
    expect(readUnsubscribeToken(authSecret, `${token.slice(0, -2)}AA`)).toBeNull();
    expect(russian?.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
    const inbox = await db
      .select()
      .from(delivery)
      .where(sql`message_id = ${messageId} and channel = 'inbox'`);
    expect(inbox.filter((row) => row.state === 'sent')).toHaveLength(240);
  });

  it('leaves nothing behind when the transaction is rolled back', async () => {
    await start('mailbox');
    await expect(
      db.transaction(async (tx) => {
        await notify(tx, told, { to: ids(0, 2), params: { name: 'x' }, cause: 'test:rolled-back' });
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    expect(await drainQueue()).toBe(0);
    expect(await db.select().from(delivery).where(eq(delivery.cause, 'test:rolled-back'))).toEqual([]);
  });

  it('writes to nobody who left the topic, before or after the message', async () => {
    await start('mailbox');
    const [early = '', late = ''] = ids(0, 2);
    const leave = (personId: string) =>
      db.insert(suppression).values({ personId, topic: 'announcements', reason: 'unsubscribed' });
    await leave(early);
    const messageId = await tell([early, late]);
    await leave(late);
    await drainQueue();
    expect(await states(messageId)).toEqual(['suppressed', 'suppressed']);
  });

  it('takes ten thousand people in one go', async () => {
    const many = Array.from({ length: 10_000 }, (_, i) => people[i % 240]?.id ?? '');
    const { queued } = await db.transaction((tx) =>
      notify(tx, told, { to: many, params: { name: 'x' }, cause: 'test:many' }),
    );
    expect(queued).toBe(239);
  });
});

describe('Resend', () => {
  it('sends 239 mails in three requests, at most five requests a second', async () => {
    await start('resend');
    const messageId = await tell(ids(0, 239));
    await drainQueue();
    expect(resend.mails).toHaveLength(239);
    expect(resend.requests.map((request) => request.size)).toEqual([100, 100, 39]);
    expect((resend.requests[2]?.at ?? 0) - (resend.requests[0]?.at ?? 0)).toBeGreaterThanOrEqual(350);
    expect((await mails(messageId)).every((row) => row.state === 'sent' && row.providerId)).toBe(true);
  });

  it('sends once when the answer was lost, and once when the worker was', async () => {
    await start('resend');
    resend.next.push('cut');
    const messageId = await tell(ids(0, 3));
    await drainQueue();
    expect(resend.requests).toHaveLength(2);
    expect(resend.mails).toHaveLength(3);
    await interrupt(messageId);
    await drainQueue();
    expect(resend.requests).toHaveLength(3);
    expect(new Set(resend.requests.map((request) => request.key)).size).toBe(1);
    expect(resend.mails).toHaveLength(3);
    expect(await states(messageId)).toEqual(['sent', 'sent', 'sent']);
  });

  it('does not send again what has changed since, nor what the provider has forgotten', async () => {
    await start('resend');
    const messageId = await tell(ids(0, 1));
    await drainQueue();
    await db
      .update(person)
      .set({ email: 'moved@example.org' })
      .where(eq(person.id, people[0]?.id ?? ''));
    await interrupt(messageId);
    await drainQueue();
    expect(await states(messageId)).toEqual(['doubtful']);
    await db
      .update(person)
      .set({ email: 'person0@example.org' })
      .where(eq(person.id, people[0]?.id ?? ''));
    const old = await tell(ids(0, 1));
    await drainQueue();
    await db.execute(sql`update delivery_attempt set started_at = now() - interval '24 hours'`);
    await interrupt(old);
    await drainQueue();
    expect(await states(old)).toEqual(['doubtful']);
    expect(resend.mails).toHaveLength(2);
  });

  it('waits as long as it is told to', async () => {
    await start('resend');
    const body = { statusCode: 429, name: 'rate_limit_exceeded', message: 'slow down' };
    resend.next.push({ status: 429, body, headers: { 'retry-after': '1' } });
    const messageId = await tell(ids(0, 2));
    await drainQueue();
    expect((resend.requests[1]?.at ?? 0) - (resend.requests[0]?.at ?? 0)).toBeGreaterThanOrEqual(950);
    expect(await states(messageId)).toEqual(['sent', 'sent']);
    expect(resend.mails).toHaveLength(2);
  });

  it('sends the others when one address is refused', async () => {
    await start('resend');
    resend.refuse((email) => email.to === 'person1@example.org');
    const permissive = await tell(ids(0, 3));
    await drainQueue();
    expect((await states(permissive)).toSorted()).toEqual(['failed', 'sent', 'sent']);
    const body = { statusCode: 422, name: 'validation_error', message: 'one is bad' };
    resend.next.push({ status: 422, body });
    const strict = await tell(ids(0, 3));
    await drainQueue();
    expect((await states(strict)).toSorted()).toEqual(['failed', 'sent', 'sent']);
    expect(resend.mails).toHaveLength(4);
  });

  it('tries again later when the provider is away, and finds what lost its job', async () => {
    await start('resend');
    const body = { statusCode: 403, name: 'invalid_api_key', message: 'no' };
    resend.next.push({ status: 403, body });
    const messageId = await tell(ids(0, 2));
    await expect(drainQueue()).rejects.toMatchObject({ code: 'resend-key' });
    expect(await states(messageId)).toEqual(['sending', 'sending']);
    await db.execute(
      sql`update delivery set state_at = now() - interval '1 hour' where message_id = ${messageId}`,
    );
    expect(await sweepMail(db)).toBe(0);
    await db.execute(sql`delete from pgboss.job`);
    expect(await sweepMail(db)).toBe(2);
    await drainQueue();
    expect(await states(messageId)).toEqual(['sent', 'sent']);
    expect(new Set(resend.requests.map((request) => request.key)).size).toBe(1);
    expect(resend.mails).toHaveLength(2);
  });
});

describe('SMTP', () => {
  it('hands letters over one by one, in UTF-8 and with text beside HTML', async () => {
    await start('smtp');
    const messageId = await tell(ids(0, 3));
    await drainQueue();
    expect(await states(messageId)).toEqual(['sent', 'sent', 'sent']);
    expect(taken).toHaveLength(3);
    expect(taken[0]).toContain('multipart/alternative');
    expect(taken[0]).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
  });

  it('never sends twice: a connection lost after the text leaves the letter doubtful', async () => {
    await start('smtp');
    plans.push('cut');
    const messageId = await tell(ids(0, 1));
    await drainQueue();
    expect(await states(messageId)).toEqual(['doubtful']);
    await runAgain();
    await drainQueue();
    expect(taken).toHaveLength(1);
  });

  it('leaves a letter doubtful whose worker was killed, and sends the rest', async () => {
    await start('smtp');
    const messageId = await tell(ids(0, 2));
    const [first] = await mails(messageId);
    await db
      .update(delivery)
      .set({ state: 'sending' })
      .where(eq(delivery.id, first?.id ?? ''));
    await db
      .insert(deliveryAttempt)
      .values({ deliveryId: first?.id ?? '', batchId: first?.id ?? '', transport: 'smtp' });
    await drainQueue();
    expect(await states(messageId)).toEqual(['doubtful', 'sent']);
    expect(taken).toHaveLength(1);
  });

  it('tells a refusal for good from one for now', async () => {
    await start('smtp');
    plans.push('refuse', 'later');
    const messageId = await tell(ids(0, 3));
    await expect(drainQueue()).rejects.toMatchObject({ code: 'smtp-451' });
    expect(await states(messageId)).toEqual(['failed', 'queued', 'queued']);
    await runAgain();
    await drainQueue();
    expect(await states(messageId)).toEqual(['failed', 'sent', 'sent']);
    expect(taken).toHaveLength(2);
  });
});

describe('an institution’s own mailer', () => {
  it('carries its messages, and nothing else does when it is not set up', async () => {
    await start('resend');
    await db.update(institution).set({ mailTransport: 'smtp' });
    const [home] = await db.select().from(institution).limit(1);
    await db.transaction((tx) =>
      notify(tx, told, { to: ids(0, 1), params: { name: 'x' }, cause: 'test:own', institutionId: home?.id }),
    );
    await drainQueue();
    expect(taken).toHaveLength(1);
    expect(resend.requests).toHaveLength(0);
    await db.update(institution).set({ mailTransport: 'mailbox' });
    await db.transaction((tx) =>
      notify(tx, told, { to: ids(0, 1), params: { name: 'x' }, cause: 'test:none', institutionId: home?.id }),
    );
    await expect(drainQueue()).rejects.toMatchObject({ code: 'no-mailbox' });
    expect(resend.requests).toHaveLength(0);
  });
});
