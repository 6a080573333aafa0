import { eq, sql } from 'drizzle-orm';
import readWorkbook from 'read-excel-file/node';
import { extractText, getDocumentProxy } from 'unpdf';
import { beforeAll, expect, test } from 'vitest';
import type { PersonActor } from '#app/platform/actor.ts';
import { delegate } from '#db/schema/delegations.ts';
import { person, session } from '#db/schema/people.ts';
import { auditRow } from '#db/schema/platform.ts';
import { trip } from '#db/schema/travel.ts';
import { addDelegation, LIST, received } from '#tests/support/delegation.ts';
import { usePortal } from '#tests/support/portal.ts';
import { confirmPage } from '#tests/support/table-import.ts';
import { addAccount, addPerson } from '#tests/support/thesis.ts';
import type { Visitor } from '#tests/support/visitor.ts';

const portal = await usePortal({ demo: true });
const { db } = portal;

let reference = '';
const addresses = new Map<string, string>();
const visitors = new Map<string, Visitor>();

async function arrive(name: string, actor: PersonActor, lng: 'en' | 'ru' = 'en') {
  addresses.set(name, await addAccount(db, actor));
  const visitor = portal.visitor(lng);
  await visitor.signIn(addresses.get(name) ?? '');
  visitors.set(name, visitor);
}
const at = (name: string): Visitor => {
  const visitor = visitors.get(name);
  if (!visitor) throw new Error(`nobody is called ${name}`);
  return visitor;
};
const paper = (name: string) => `/delegations/${reference}/papers/${name}.xlsx`;
const page = () => `/delegations/${reference}/visa-support`;

/** A file as its bytes: what the visitor reads is text. */
async function bytesOf(name: string, path: string, method: 'GET' | 'POST' = 'GET') {
  const cookie = [...at(name).cookies].map(([key, value]) => `${key}=${value}`).join('; ');
  const headers = { cookie, origin: portal.url, accept: '*/*' };
  const body = method === 'POST' ? { body: new URLSearchParams() } : {};
  const answer = await fetch(new URL(path, portal.url), { method, headers, redirect: 'manual', ...body });
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
}
async function fileOf(email: string) {
  const [row] = await db
    .select({ id: delegate.id })
    .from(delegate)
    .innerJoin(person, eq(person.id, delegate.personId))
    .where(eq(person.email, email));
  return `/delegations/${reference}/people/${row?.id}`;
}
const looks = async () => {
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(auditRow)
    .where(sql`${auditRow.code} = 'vault.revealed' and ${auditRow.facts} ->> 'reason' = 'visa-list'`);
  return row?.count ?? 0;
};
const share = async () => {
  await db.execute(sql`update delegation set state = 'shared' where reference = ${reference}`);
  await db.update(trip).set({ sharedAt: new Date() });
};

beforeAll(async () => {
  reference = await addDelegation(db);
  await arrive('protocolIn', await addPerson(db, 'IITISM', ['protocol']));
  await arrive('coordinatorIn', await addPerson(db, 'TEXMIN', ['coordinator']));
  await arrive('coordinatorRu', await addPerson(db, 'GIREDMET', ['coordinator']), 'ru');
  await arrive('protocolRu', await addPerson(db, 'GIREDMET', ['protocol']), 'ru');
  await arrive('observer', await addPerson(db, 'IITISM', ['observer']));
  await arrive('rohit', await addPerson(db, 'TEXMIN', [], 'rohit.singh@texmin.example'));
  const file = new File([received(LIST)], 'list.csv', { type: 'text/csv' });
  const preview = await at('protocolIn').post(`/delegations/${reference}/import`, { file });
  await confirmPage(at('protocolIn'), new URL(preview.url).pathname);
  await db
    .update(person)
    .set({
      givenNameRu: 'Рохит',
      familyNameRu: 'Сингх',
      cyrillicSpelling: 'confirmed',
      sex: 'm',
      citizenship: 'IND',
    })
    .where(eq(person.email, 'rohit.singh@texmin.example'));
  await db
    .update(person)
    .set({ givenNameRu: 'Неха', familyNameRu: 'Дас', cyrillicSpelling: 'proposed' })
    .where(eq(person.email, 'neha.das@texmin.example'));
  await db
    .update(delegate)
    .set({ notes: '=HYPERLINK("https://evil.example")', position: '+79990000000' })
    .where(sql`${delegate.personId} = (select id from person where email = 'rohit.singh@texmin.example')`);
});

test('nobody but a protocol officer of the sending side gets the passports before they are shared', async () => {
  const allowed = async (name: string) => [
    (await bytesOf(name, page())).status,
    (await bytesOf(name, paper('visa'), 'POST')).status,
  ];
  expect(await allowed('coordinatorIn')).toEqual([403, 403]);
  expect(await allowed('coordinatorRu')).toEqual([404, 404]);
  expect(await allowed('protocolRu')).toEqual([404, 404]);
  expect(await allowed('observer')).toEqual([404, 404]);
  expect(await allowed('rohit')).toEqual([404, 404]);
  const stranger = await portal.visitor().post(paper('visa'), {}, { follow: false });
  expect(stranger.location).toMatch(/^\/sign-in/);
  const foreign = await at('protocolIn').post(paper('visa'), {}, { origin: 'https://evil.example' });
  expect(foreign.status).toBe(403);
  expect(await looks()).toBe(0);
});

test('the visa-support list is asked for by POST, and each passport in it is on the record', async () => {
  const asked = await at('protocolIn').get(paper('visa'));
  expect(new URL(asked.url).pathname).toBe(page());
  expect(asked.text).toContain('Show the passports and download');
  expect(asked.text).not.toContain('P8005831');
  expect(await looks()).toBe(0);

  const { status, headers, bytes } = await bytesOf('protocolIn', paper('visa'), 'POST');
  expect(status).toBe(200);
  expect(headers.get('cache-control')).toContain('no-store');
  expect(headers.get('content-disposition')).toContain(`${reference}-visa-support.xlsx`);
  const [sheet] = await readWorkbook(bytes);
  const rows = sheet?.data ?? [];
  const top = rows.findIndex((row) => row[0] === 'No.\n№');
  const people = rows.slice(top + 1);
  expect(await looks()).toBe(people.length);
  const heads = rows[top]?.map((cell) => String(cell).split('\n')[0]) ?? [];
  const of = (family: string, given: string) => {
    const row = people.find((one) => one[1] === family && one[2] === given) ?? [];
    return Object.fromEntries(heads.map((head, index) => [head, row[index] ?? null]));
  };
  expect(of('Singh', 'Rohit')).toMatchObject({
    'Name, Cyrillic': 'Рохит Сингх',
    'Cyrillic spelling': null,
    Sex: expect.stringContaining('m'),
    'Date of birth': new Date('1962-01-27T00:00:00Z'),
    'Place of birth': 'Patna',
    Citizenship: 'IND',
    Residence: null,
    'City of the consulate': null,
    Employer: expect.stringContaining('TEXMiN'),
    Position: '+79990000000',
    'Passport number': 'P8005831',
    Issued: new Date('2023-06-21T00:00:00Z'),
    'Valid until': new Date('2033-06-20T00:00:00Z'),
    Enters: new Date('2026-05-19T00:00:00Z'),
    Leaves: new Date('2026-05-23T00:00:00Z'),
    Entries: 'single entry / однократная',
    Cities: 'Moscow / Москва',
    'Purpose of visit': 'scientific and technical ties / научно-технические связи',
    Lodging: 'Hotel Uzkoye / Гостиница «Узкое»',
  });
  expect(of('Das', 'Neha')).toMatchObject({ 'Cyrillic spelling': 'not confirmed / не подтверждено' });
});

test('who needs no visa is not in the list, and their passport stays in the vault', async () => {
  const before = await looks();
  const one = sql`${trip.personId} = (select id from person where email = 'rohit.singh@texmin.example')`;
  await db.update(trip).set({ visaRoute: 'none' }).where(one);
  const { bytes } = await bytesOf('protocolIn', paper('visa'), 'POST');
  await db.update(trip).set({ visaRoute: 'e-visa' }).where(one);
  const cells = (await readWorkbook(bytes)).flatMap((sheet) => sheet.data.flat());
  expect(cells).not.toContain('P8005831');
  expect(cells).toContain('U5467878');
  expect((await looks()) - before).toBe(23);
});

test('the password is asked again after a while, and the door leads back to the page', async () => {
  const later = portal.visitor();
  await later.signIn(addresses.get('protocolIn') ?? '');
  await db.update(session).set({ confirmedAt: sql`now() - interval '16 minutes'` });
  const before = await looks();
  const answer = await later.post(paper('visa'), {}, { follow: false });
  expect(answer.location).toBe(`/account/confirm?next=${encodeURIComponent(page())}`);
  expect(await looks()).toBe(before);
  await db.update(session).set({ confirmedAt: sql`now()` });
});

test('the rooming list goes to both who send and who receive, in both scripts, without a formula', async () => {
  expect((await bytesOf('coordinatorRu', paper('rooming'))).status).toBe(404);
  expect((await bytesOf('rohit', paper('rooming'))).status).toBe(404);
  const { status, bytes } = await bytesOf('coordinatorIn', paper('rooming'));
  expect(status).toBe(200);
  const [beds] = await readWorkbook(bytes);
  const cells = beds?.data.flat() ?? [];
  expect(cells).toEqual(expect.arrayContaining(['Rohit Singh', 'Рохит Сингх', 'Неха Дас']));
  expect(cells).toContain('=HYPERLINK("https://evil.example")');
  expect(cells).toContain('not confirmed / не подтверждено');
  expect(cells).not.toContain('P8005831');
  expect(beds?.data.filter((row) => typeof row[0] === 'number')).toHaveLength(24);
});

test('once shared the host’s protocol officer gets the passports, its coordinator the rooms alone', async () => {
  await share();
  expect((await bytesOf('coordinatorRu', paper('rooming'))).status).toBe(200);
  expect((await bytesOf('coordinatorRu', page())).status).toBe(403);
  expect((await bytesOf('coordinatorRu', paper('visa'), 'POST')).status).toBe(403);
  const before = await looks();
  const { bytes } = await bytesOf('protocolRu', paper('visa'), 'POST');
  expect((await readWorkbook(bytes)).flatMap((sheet) => sheet.data.flat())).toContain('P8005831');
  expect((await looks()) - before).toBe(24);
});

test('the itinerary is for the traveller and those who see to the journey', async () => {
  const file = await fileOf('rohit.singh@texmin.example');
  const { status, headers, bytes } = await bytesOf('rohit', `${file}/itinerary.pdf`);
  expect([status, headers.get('content-type')]).toEqual([200, 'application/pdf']);
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true });
  for (const words of ['Rohit Singh', 'Рохит Сингх', 'SU 235', '(UTC+5:30)', 'Конгресс по редким металлам']) {
    expect(text.replaceAll('\u00a0', ' ')).toContain(words);
  }
  expect(text).not.toContain('P8005831');
  const calendar = await at('rohit').get(`${file}/itinerary.ics`);
  expect(calendar.headers.get('content-type')).toContain('text/calendar');
  expect(calendar.text).toContain('DTSTART:20260518T222500Z');
  const other = await fileOf('neha.das@texmin.example');
  expect((await at('rohit').get(`${other}/itinerary.pdf`)).status).toBe(404);
  expect((await at('rohit').get(`${other}/itinerary.ics`)).status).toBe(404);
  expect((await at('observer').get(`${file}/itinerary.pdf`)).status).toBe(404);
  expect((await at('rohit').get(`/delegations/${reference}/people/x/itinerary.pdf`)).status).toBe(404);
});

test('once the passports are erased the page says so, and the list has none', async () => {
  await db.execute(sql`update vault_fact set erased_at = now() where field like 'trip-papers:%'`);
  expect((await at('protocolIn').get(page())).text).toContain('The passports were erased after the event');
  const before = await looks();
  const { bytes } = await bytesOf('protocolIn', paper('visa'), 'POST');
  expect((await readWorkbook(bytes)).flatMap((sheet) => sheet.data.flat())).not.toContain('P8005831');
  expect(await looks()).toBe(before);
});
