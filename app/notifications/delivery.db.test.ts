import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import pino from 'pino';
import { afterAll, expect, test } from 'vitest';
import { received } from '#app/demo/seed-people.ts';
import { importPeople } from '#app/people/import-people.ts';
import { institutions } from '#app/people/queries.ts';
import { readPeople } from '#app/people/read-people.ts';
import { system } from '#app/platform/actor.ts';
import { messagesByCode } from '#app/platform/compose-message.server.ts';
import { listMailbox } from '#app/platform/mailer-mailbox.server.ts';
import { openMailers } from '#app/platform/mailers.server.ts';
import { drainQueue, startQueue, stopQueue } from '#app/platform/queue.server.ts';
import { mailJobs } from '#app/platform/send-mail.server.ts';
import { readUnsubscribeToken } from '#app/platform/unsubscribe.server.ts';
import { person } from '#db/schema/people.ts';
import { delivery } from '#db/schema/platform.ts';
import { useDatabase } from '#tests/support/database.ts';
import { addPerson } from '#tests/support/thesis.ts';
import { approveCampaign } from './approve-campaign.ts';
import { countAudience } from './audience.ts';
import { draftCampaign } from './draft-campaign.ts';
import { progressOf, recipientsOf } from './queries.ts';
import { requestApproval } from './request-approval.ts';
import { room } from './room.ts';
import { AUDIENCE_ROLES } from './schemas.ts';
import { unsubscribe } from './unsubscribe.ts';

const { db, url } = await useDatabase();
const dataDir = await mkdtemp(join(tmpdir(), 'setu-most-campaign-'));
const authSecret = 'a secret for tests, long enough to be one';
const appUrl = 'https://portal.example';
const mail = { transport: 'mailbox' as const, smtpUrl: undefined, resendApiKey: undefined };
const mailers = openMailers({
  dataDir,
  appUrl,
  authSecret,
  mail: { ...mail, resendBaseUrl: 'https://api.resend.com', resendWebhookSecret: undefined },
});
await startQueue({
  url,
  db,
  jobs: mailJobs({ mailers, messages: messagesByCode([room]), appUrl, authSecret }),
  work: false,
  log: pino({ level: 'silent' }),
});
afterAll(async () => {
  await stopQueue();
  mailers.close();
  await rm(dataDir, { recursive: true, force: true });
});

test('each of the 240 gets one letter in their language and one inbox entry, but for who cannot or will not', async () => {
  const places = new Map((await institutions(db)).map(({ code, id }) => [code, { id, mayAdd: true }]));
  const { people } = readPeople(received('people.csv'), places);
  await importPeople(db, system('test'), people);
  const [quiet, away] = people;
  if (!quiet || !away) throw new Error('nobody was imported');
  const idOf = async (email: string) =>
    (await db.select({ id: person.id }).from(person).where(eq(person.email, email)))[0]?.id ?? '';
  await unsubscribe(db, { personId: await idOf(quiet.email), topic: 'announcements' });
  await db.update(person).set({ email: null }).where(eq(person.email, away.email));

  const writer = await addPerson(db, 'IITISM', ['coordinator'], 'writer.in@t.example');
  const across = await addPerson(db, 'GIREDMET', ['coordinator'], 'across.ru@t.example');
  const audience = {
    roles: [...AUDIENCE_ROLES],
    sides: ['in' as const, 'ru' as const],
    locales: ['en' as const, 'ru' as const],
  };
  expect(await countAudience(db, audience)).toMatchObject({ total: 240, noAddress: 1, unsubscribed: 1 });
  const draft = await draftCampaign(db, writer, {
    subject: { en: 'Open day', ru: 'День открытых дверей' },
    body: { en: 'Come & see.', ru: 'Приходите.' },
    ...audience,
  });
  const sent = await approveCampaign(db, across, await requestApproval(db, writer, draft));
  expect(sent.recipients).toBe(240);
  const messageId = sent.messageId ?? '';
  expect(await progressOf(db, messageId)).toEqual({ queued: 238, suppressed: 1, 'no-address': 1 });

  await drainQueue();
  expect(await progressOf(db, messageId)).toEqual({ sent: 238, suppressed: 1, 'no-address': 1 });
  const letters = (await listMailbox(dataDir, 1000)).filter(({ subject }) =>
    /Open day|День открытых/.test(subject),
  );
  const wanted = people.filter((who) => who !== quiet && who !== away);
  expect(letters.map(({ to }) => to).sort()).toEqual(wanted.map(({ email }) => email).sort());
  const languageOf = new Map(people.map(({ email, locale }) => [email, locale]));
  for (const letter of letters) {
    const russian = languageOf.get(letter.to) === 'ru';
    expect(letter.subject).toContain(russian ? 'День открытых дверей' : 'Open day');
    expect(letter.text).toContain(russian ? 'Приходите.' : 'Come & see.');
    expect(letter.html).toContain(russian ? 'lang="ru"' : 'lang="en"');
    expect(letter.html).toContain(russian ? 'Приходите.' : 'Come &amp; see.');
  }
  const [first] = letters;
  const token = first?.headers['List-Unsubscribe']?.match(/\/u\/([\w-]+)/)?.[1] ?? '';
  expect(readUnsubscribeToken(authSecret, token)).toEqual({
    personId: await idOf(first?.to ?? ''),
    topic: 'announcements',
  });

  const entries = await db.execute(
    sql`select person_id from delivery where cause = ${`campaign:${draft.id}`} and channel = 'inbox'`,
  );
  expect(new Set(entries.rows.map((row) => row.person_id)).size).toBe(240);
  expect(entries.rows).toHaveLength(240);

  // The same once more, as after a crash before the jobs were marked as done.
  await db.execute(sql`update pgboss.job set state = 'created', started_on = null, completed_on = null
    where name like 'mail%'`);
  await drainQueue();
  expect(
    (await listMailbox(dataDir, 1000)).filter(({ subject }) => /Open day|День открытых/.test(subject)),
  ).toHaveLength(238);
});

test('the rows of the recipients come by pages, each once, and by state', async () => {
  const [one] = await db.select().from(delivery).where(eq(delivery.state, 'no-address'));
  const messageId = one?.messageId ?? '';
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await recipientsOf(db, messageId, { after });
    seen.push(...page.rows.map(({ id }) => id));
    after = page.next ?? undefined;
  } while (after);
  expect(seen).toHaveLength(240);
  expect(new Set(seen).size).toBe(240);
  const without = await recipientsOf(db, messageId, { state: 'no-address' });
  expect(without.rows.map(({ id }) => id)).toEqual([one?.id]);
});
