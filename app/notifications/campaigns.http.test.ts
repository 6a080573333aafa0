import { eq, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import type { PersonActor } from '#app/platform/actor.ts';
import { unsubscribeToken } from '#app/platform/unsubscribe.server.ts';
import { campaign } from '#db/schema/notifications.ts';
import { person } from '#db/schema/people.ts';
import { delivery, suppression } from '#db/schema/platform.ts';
import { usePortal } from '#tests/support/portal.ts';
import { addAccount, addPerson } from '#tests/support/thesis.ts';
import type { Visitor } from '#tests/support/visitor.ts';

const portal = await usePortal({ jobs: false, demo: true });
const { db } = portal;
let writer: Visitor;
let across: Visitor;
let platformAdmin: Visitor;
let reader: PersonActor;
let readerSees: Visitor;

async function signedIn(actor: PersonActor, lng: 'en' | 'ru'): Promise<Visitor> {
  const visitor = portal.visitor(lng);
  await visitor.signIn(await addAccount(db, actor));
  return visitor;
}

beforeAll(async () => {
  writer = await signedIn(await addPerson(db, 'IITISM', ['coordinator']), 'en');
  across = await signedIn(await addPerson(db, 'GIREDMET', ['coordinator']), 'ru');
  platformAdmin = await signedIn(await addPerson(db, 'OTHER', ['platform-admin']), 'en');
  reader = await addPerson(db, 'IITISM', [], 'asha.das@t.example');
  await db.update(person).set({ occupation: 'expert' }).where(eq(person.id, reader.personId));
  readerSees = await signedIn(reader, 'en');
});

const form = {
  'subject.en': 'Open day',
  'subject.ru': 'День открытых дверей',
  'body.en': 'Come and see.',
  'body.ru': 'Приходите.',
  roles: ['expert'],
  sides: ['in'],
  locales: ['en', 'ru'],
};

/** Saves a draft through the form; answers its address. */
async function saved(change: Partial<typeof form> = {}): Promise<string> {
  const answer = await writer.post('/campaigns/new', { ...form, ...change }, { follow: false });
  expect(answer.status).toBe(303);
  return answer.location ?? '';
}
const rowOf = async (path: string) =>
  (
    await db
      .select()
      .from(campaign)
      .where(eq(campaign.reference, path.split('/')[2] ?? ''))
  )[0];
const revisionOf = async (path: string) => (await rowOf(path))?.revision ?? '';
const step = async (who: Visitor, path: string, name: string, more: Record<string, string> = {}) =>
  who.post(path, { step: name, revision: await revisionOf(path), ...more }, { follow: false });
const deliveries = async () => (await db.execute(sql`select count(*)::int as n from delivery`)).rows[0]?.n;

describe('a campaign', () => {
  test('goes from its form over the count and the preview to one’s own side', async () => {
    const path = await saved();
    const page = await writer.get(path);
    expect(page.text).toContain('1 recipient');
    expect((await writer.get(`${path}/preview`)).text).toContain('Come and see.');
    expect((await step(writer, path, 'send')).location).toBe(path);
    expect((await writer.get(path)).text).toContain('Das');
    expect(await rowOf(path)).toMatchObject({ state: 'sent', recipients: 1 });
  });

  test('keeps what was typed where its form is refused, and says why in the reader’s language', async () => {
    const broken = {
      'subject.en': 'My <b>subject</b>',
      'body.ru': 'Текст',
      sides: undefined,
      locales: ['xx'],
    };
    const answer = await across.post('/campaigns/new', broken);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('My &lt;b&gt;subject&lt;/b&gt;');
    expect(answer.text).toContain('Текст');
    expect(answer.text).toContain('хотя бы одну сторону');
  });

  test('takes no text that is too long, and no letter that cannot be kept', async () => {
    expect((await writer.post('/campaigns/new', { ...form, 'subject.en': 'x'.repeat(151) })).status).toBe(
      422,
    );
    expect((await writer.post('/campaigns/new', { ...form, 'body.en': 'a\u0000b' })).status).toBe(422);
    const path = await saved();
    expect((await step(writer, path, 'cancel', { reason: '\u0000' })).status).toBe(422);
    expect((await writer.get('/people?search=%00')).status).toBe(400);
  });

  test('named twice for one side goes to that side once', async () => {
    const path = await saved({ sides: ['in', 'in'], locales: ['en', 'en'], roles: ['expert', 'expert'] });
    expect((await step(writer, path, 'send')).status).toBe(303);
    expect((await rowOf(path))?.audience).toEqual({ roles: ['expert'], sides: ['in'], locales: ['en'] });
  });

  test('sent twice goes out once, and the second is told so', async () => {
    const path = await saved();
    const revision = await revisionOf(path);
    const send = () => writer.post(path, { step: 'send', revision }, { follow: false });
    const statuses = await Promise.all([send(), send()]);
    expect(statuses.map(({ status }) => status).sort()).toEqual([303, 409]);
    const cause = `campaign:${(await rowOf(path))?.id}`;
    expect(await db.select().from(delivery).where(eq(delivery.cause, cause))).toHaveLength(2);
  });

  test('is neither read, changed nor sent by the other side or the platform administrator', async () => {
    const path = await saved({ sides: ['in', 'ru'] });
    for (const who of [across, platformAdmin, readerSees]) {
      for (const page of [path, `${path}/edit`, `${path}/preview`, `${path}/approval`]) {
        expect((await who.get(page)).status, page).toBe(404);
      }
      expect((await who.post(`${path}/edit`, { ...form, revision: await revisionOf(path) })).status).toBe(
        404,
      );
      expect((await step(who, path, 'send')).status).toBe(404);
    }
    expect((await platformAdmin.get('/campaigns')).status).toBe(403);
    expect((await step(writer, path, 'requestApproval')).status).toBe(303);
    // Now the other side sees it, and may answer it, but nothing else.
    expect((await across.get(path)).status).toBe(200);
    expect((await across.get(`${path}/edit`)).status).toBe(403);
    expect((await across.post(`${path}/edit`, { ...form, revision: await revisionOf(path) })).status).toBe(
      403,
    );
    for (const name of ['send', 'requestApproval', 'cancel']) {
      expect((await step(across, path, name)).status, name).toBe(403);
    }
    expect((await step(writer, `${path}/approval`, 'approve')).status).toBe(403);
    expect((await step(platformAdmin, `${path}/approval`, 'approve')).status).toBe(404);
    expect((await rowOf(path))?.state).toBe('awaiting-approval');
  });

  test('comes back with a reason, and whoever sent it back lands on a page they may read', async () => {
    const path = await saved({ sides: ['in', 'ru'] });
    await step(writer, path, 'requestApproval');
    const unexplained = await step(across, `${path}/approval`, 'return');
    expect(unexplained.status).toBe(422);
    const answer = await across.post(`${path}/approval`, {
      step: 'return',
      revision: await revisionOf(path),
      reason: 'Укажите дату.',
    });
    expect(answer.status).toBe(200);
    expect((await writer.get(path)).text).toContain('Укажите дату.');
  });

  test('that was answered offers no answer any more', async () => {
    const path = await saved({ sides: ['in', 'ru'] });
    await step(writer, path, 'requestApproval');
    await step(across, `${path}/approval`, 'approve');
    expect((await across.get(`${path}/approval`)).text).not.toContain('value="approve"');
  });

  test('is never changed by being looked at', async () => {
    const path = await saved();
    const before = [await rowOf(path), await deliveries()];
    for (const page of [path, `${path}/edit`, `${path}/preview`, '/campaigns', '/inbox', '/home']) {
      await writer.get(`${page}?step=send&revision=${await revisionOf(path)}`);
    }
    expect([await rowOf(path), await deliveries()]).toEqual(before);
  });
});

describe('the inbox', () => {
  test('is read by opening nothing: a form marks the entry', async () => {
    await step(writer, await saved(), 'send');
    const list = await readerSees.get('/inbox');
    const entry = list.text.match(/\/inbox\/[\da-f-]{36}/)?.[0] ?? '';
    const unread = () => readerSees.get('/inbox').then(({ text }) => text.split('>new<').length);
    const before = await unread();
    expect((await readerSees.get(entry)).text).toContain('Come and see.');
    expect(await unread()).toBe(before);
    expect((await readerSees.post(entry, {}, { follow: false })).location).toBe('/inbox');
    expect(await unread()).toBe(before - 1);
    expect((await writer.get(entry)).status).toBe(404);
    expect((await writer.post(entry)).status).toBe(404);
  });
});

describe('the link that ends announcements', () => {
  const secret = 'only-for-tests-only-for-tests-only-for-tests';
  const link = () => `/u/${unsubscribeToken(secret, { personId: reader.personId, topic: 'announcements' })}`;
  const kept = () => db.select().from(suppression).where(eq(suppression.personId, reader.personId));

  test('asks when it is opened, and changes nothing by that', async () => {
    const page = await portal.visitor('ru').get(link());
    expect(page.status).toBe(200);
    expect(await kept()).toEqual([]);
  });

  test('works in one click from a mail program, which has no origin, and twice is once', async () => {
    for (const origin of [null, 'https://mail.example'] as const) {
      const answer = await portal.visitor().post(link(), { 'List-Unsubscribe': 'One-Click' }, { origin });
      expect(answer.status).toBe(200);
    }
    expect(await kept()).toMatchObject([{ topic: 'announcements', reason: 'unsubscribed' }]);
  });

  test('is made by the portal alone', async () => {
    const forged = `/u/${unsubscribeToken('another secret that is long enough', { personId: reader.personId, topic: '*' })}`;
    expect((await portal.visitor().post(forged, {}, { origin: null })).status).toBe(404);
    expect((await portal.visitor().get('/u/x')).status).toBe(404);
    expect(await kept()).toHaveLength(1);
  });

  test('of somebody who is no more says so and breaks nothing', async () => {
    const gone = { personId: '01900000-0000-7000-8000-000000000000', topic: 'announcements' };
    const answer = await portal.visitor().post(`/u/${unsubscribeToken(secret, gone)}`, {}, { origin: null });
    expect(answer.status).toBe(200);
  });
});
