import { eq } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import type { PersonActor } from '#app/platform/actor.ts';
import { requirement } from '#db/schema/travel.ts';
import { usePortal } from '#tests/support/portal.ts';
import { addAccount, addPerson } from '#tests/support/thesis.ts';
import type { Visitor } from '#tests/support/visitor.ts';

const portal = await usePortal({ demo: true, jobs: false });
const { db } = portal;
const PASSPORT = '/travel/requirements/passport';

let admin: Visitor;
let second: Visitor;
let host: Visitor;
let coordinator: Visitor;
const arrive = async (actor: PersonActor, lng: 'en' | 'ru' = 'en') => {
  const visitor = portal.visitor(lng);
  await visitor.signIn(await addAccount(db, actor));
  return visitor;
};
beforeAll(async () => {
  admin = await arrive(await addPerson(db, 'IITISM', ['institution-admin']));
  second = await arrive(await addPerson(db, 'IITISM', ['institution-admin']));
  host = await arrive(await addPerson(db, 'GIREDMET', ['institution-admin']), 'ru');
  coordinator = await arrive(await addPerson(db, 'IITISM', ['coordinator']));
});

const form = (more: Record<string, string> = {}) => ({
  'title.en': 'Passport',
  'title.ru': 'Паспорт',
  owner: 'traveller',
  leadDays: '21',
  leadUnit: 'calendar',
  purposes: 'speak',
  minDays: '',
  'source.en': '',
  'source.ru': '',
  sourceOn: '',
  active: 'on',
  version: '',
  ...more,
});
const versionOn = (page: string) => /name="version" value="([^"]*)"/.exec(page)?.[1] ?? '';

test('every requirement stands with its source and date, or as an assumption, in both languages', async () => {
  const english = await admin.get('/travel/requirements');
  expect(english.text).toContain('pec.ac.in');
  expect(english.text).toContain('15\u00a0November\u00a02026');
  expect(english.text).toContain('assumption, no source');
  expect(english.text).toContain('Of those we receive');
  const russian = await host.get('/travel/requirements?lng=ru');
  expect(russian.text).toContain('Пропуск на территорию');
  expect(russian.text).toContain('предположение, источника нет');
  expect((await admin.get('/travel')).text).toContain('href="/travel/requirements"');
  expect((await coordinator.get('/travel')).text).not.toContain('href="/travel/requirements"');
});

test('a form that lacks a language or says too much is refused, and keeps what was typed', async () => {
  const wrong = await admin.post(
    PASSPORT,
    form({ 'title.ru': '', leadDays: '4000', 'source.en': 'Order 7' }),
  );
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain('Give a whole number of days, up to 400.');
  expect(wrong.text).toContain('value="4000"');
  expect(wrong.text).toContain('Order 7');
  const half = await admin.post(PASSPORT, form({ 'source.en': 'Order 7' }));
  expect(half.text).toContain('Give the source in both languages, or in neither.');
  const russian = await host.post('/travel/requirements/hotel?lng=ru', form({ owner: 'home' }));
  expect([russian.status, russian.text.includes('Эта обязанность другой стороны')]).toEqual([422, true]);
  const none = form();
  const bare = Object.fromEntries(Object.entries(none).filter(([name]) => name !== 'purposes'));
  expect((await admin.post(PASSPORT, bare)).text).toContain('Choose at least one.');
  expect(await db.select().from(requirement)).toEqual([]);
});

test('it is saved once: the second form that showed the default is stale, and the default can come back', async () => {
  const saved = await admin.post(PASSPORT, form());
  expect([saved.status, saved.text.includes('Every board counts with it now')]).toEqual([200, true]);
  expect(saved.text).toContain('changed by you');
  const late = await second.post(PASSPORT, form({ leadDays: '99' }));
  expect([late.status, late.text.includes('value="99"')]).toEqual([409, true]);
  const page = await second.get(PASSPORT);
  expect(page.text).toContain('value="21"');
  // The other side's list is its own.
  expect((await host.get(`${PASSPORT}?lng=en`)).text).toContain('value="14"');
  const again = await second.post(PASSPORT, form({ leadDays: '22', version: versionOn(page.text) }));
  expect(again.status).toBe(200);
  const gone = await admin.post(PASSPORT, { intent: 'restore', version: versionOn(page.text) });
  expect(gone.status).toBe(409);
  const { text } = await admin.get(PASSPORT);
  const back = await admin.post(PASSPORT, { intent: 'restore', version: versionOn(text) });
  expect(back.text).toContain('The default stands again');
  expect(await db.select().from(requirement)).toEqual([]);
});

test('nobody else edits it: not a coordinator, not another institution, not a stranger', async () => {
  expect((await coordinator.post(PASSPORT, form())).status).toBe(403);
  expect((await admin.post(`${PASSPORT}?institution=GIREDMET`, form())).status).toBe(404);
  expect((await admin.get('/travel/requirements/nothing')).status).toBe(404);
  const stranger = await portal.visitor().post(PASSPORT, form(), { follow: false });
  expect(stranger.location).toContain('/sign-in');
  const foreign = await admin.post(PASSPORT, form(), { origin: 'https://evil.example' });
  expect(foreign.status).toBe(403);
  expect(await db.select().from(requirement)).toEqual([]);
});

test('an own one is added for those received, and once', async () => {
  const own = form({ 'title.en': 'Film badge', 'title.ru': 'Плёночный дозиметр', party: 'host' });
  const added = await host.post('/travel/requirements/new?lng=ru', own);
  expect(added.text).toContain('Плёночный дозиметр');
  const twice = await host.post('/travel/requirements/new?lng=ru', own);
  expect([twice.status, twice.text.includes('уже есть')]).toEqual([422, true]);
  const [row] = await db.select().from(requirement).where(eq(requirement.code, 'giredmet-film-badge'));
  expect(row).toMatchObject({ party: 'host', owner: 'traveller', purposes: ['speak'], leadDays: 21 });
  expect((await host.get('/travel/requirements/giredmet-film-badge?lng=en')).status).toBe(200);
});
