import { eq } from 'drizzle-orm';
import readWorkbook from 'read-excel-file/node';
import { beforeAll, describe, expect, test } from 'vitest';
import type { PersonActor } from '#app/platform/actor.ts';
import { delegate, delegation } from '#db/schema/delegations.ts';
import { person } from '#db/schema/people.ts';
import { addDelegation } from '#tests/support/delegation.ts';
import { usePortal } from '#tests/support/portal.ts';
import { addAccount, addPerson } from '#tests/support/thesis.ts';
import type { Visitor } from '#tests/support/visitor.ts';

const portal = await usePortal({ demo: true });
const { db } = portal;

let reference = '';
const who: Record<string, Visitor> = {};

async function arrive(name: string, actor: PersonActor, lng: 'en' | 'ru' = 'en') {
  const email = await addAccount(db, actor);
  const visitor = portal.visitor(lng);
  await visitor.signIn(email);
  await visitor.get(`/home?lng=${lng}`);
  who[name] = visitor;
}
const at = (name: string): Visitor => {
  const visitor = who[name];
  if (!visitor) throw new Error(`nobody is called ${name}`);
  return visitor;
};
const fileOf = async (email: string) => {
  const [row] = await db
    .select({ id: delegate.id })
    .from(delegate)
    .innerJoin(person, eq(person.id, delegate.personId))
    .where(eq(person.email, email));
  return `/delegations/${reference}/people/${row?.id}`;
};
const idIn = (file: string) => file.split('/').at(-1) ?? '';
const versionOf = async (file: string) => {
  const [row] = await db
    .select()
    .from(delegate)
    .where(eq(delegate.id, idIn(file)));
  return row?.revision ?? '';
};
const somebody = {
  email: 'asha.rao@texmin.example',
  familyName: 'Rao',
  givenName: 'Asha',
  citizenship: 'IND',
  role: 'member',
  employer: 'TEXMIN',
  visaRoute: 'e-visa',
  hotelIn: '2026-05-19',
  hotelOut: '2026-05-23',
  roomWish: 'twin',
};
const ASHA = somebody.email;
const MIRA = 'mira.sen@texmin.example';
const add = (name: string, more = {}) =>
  at(name).post(`/delegations/${reference}/people/new`, { ...somebody, ...more });
const leg = {
  direction: 'out',
  carrier: 'SU 235',
  from: 'DEL',
  departs: '2026-05-19T03:55',
  to: 'SVO',
  arrives: '2026-05-19T08:20',
};
const saveLeg = async (name: string, file: string, more = {}) =>
  at(name).post(`${file}/legs/new`, { ...leg, version: await versionOf(file), ...more });

beforeAll(async () => {
  reference = await addDelegation(db);
  await arrive('protocolIn', await addPerson(db, 'IITISM', ['protocol']));
  await arrive('coordinatorIn', await addPerson(db, 'TEXMIN', ['coordinator']), 'ru');
  await arrive('protocolRu', await addPerson(db, 'GIREDMET', ['protocol', 'coordinator']), 'ru');
  await arrive('asha', await addPerson(db, 'TEXMIN', [], ASHA));
  await arrive('mira', await addPerson(db, 'TEXMIN', [], MIRA), 'ru');
});

describe('a person', () => {
  test('is added by a form that keeps what was typed and says what is wrong in the reader’s language', async () => {
    const page = `/delegations/${reference}/people/new`;
    expect((await at('protocolRu').get(page)).status).toBe(404);
    expect((await at('asha').get(page)).status).toBe(404);
    const wrong = await add('coordinatorIn', { familyName: 'Рао', hotelOut: '2026-05-19' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('Введите имя латиницей');
    expect(wrong.text).toContain('value="Рао"');
    const backwards = await add('protocolIn', { hotelOut: '2026-05-19' });
    expect(backwards.text).toContain('The check-out is not after the check-in');
    const done = await add('protocolIn');
    expect(new URL(done.url).pathname).toBe(await fileOf(ASHA));
    expect(done.text).toContain('The person is in the delegation now');
    expect((await add('protocolIn')).text).toContain('This person is in the delegation already');
    expect((await add('coordinatorIn', { email: MIRA })).status).toBe(200);
  });

  test('is changed and the older form is told so, with what it held', async () => {
    const page = `${await fileOf(ASHA)}/edit`;
    const shown = await at('protocolIn').get(page);
    expect(shown.text).toContain('2026-05-19');
    const form = { ...somebody, version: await versionOf(await fileOf(ASHA)), position: 'Metallurgist' };
    expect((await at('protocolIn').post(page, form)).text).toContain('Changed.');
    const late = await at('coordinatorIn').post(page, { ...form, position: 'Chemist' });
    expect([late.status, late.text.includes('value="Chemist"')]).toEqual([409, true]);
    expect((await at('asha').get(page)).status).toBe(403);
    expect((await at('protocolRu').post(page, form)).status).toBe(404);
  });
});

describe('a leg', () => {
  test('is added, refused with what was typed where it cannot be, and what may fail stands on the page', async () => {
    const file = await fileOf(ASHA);
    const landed = await saveLeg('protocolIn', file, {
      from: 'SVO',
      to: 'DEL',
      departs: '2026-05-24T10:00',
      arrives: '2026-05-24T12:00',
    });
    expect(landed.status).toBe(422);
    expect(landed.text).toContain('it lands before it takes off');
    expect(landed.text).toContain('value="2026-05-24T12:00"');
    const nowhere = await saveLeg('coordinatorIn', file, { from: 'QQQ' });
    expect(nowhere.text).toContain('Портал не знает этого аэропорта');
    const never = await saveLeg('protocolIn', file, { departs: '2026-02-30T10:00' });
    expect([never.status, never.text.includes('There is no such date and time')]).toEqual([422, true]);
    expect((await saveLeg('protocolIn', file)).text).toContain('The leg is added');
    const late = await saveLeg('coordinatorIn', file, {
      from: 'SVO',
      to: 'LED',
      departs: '2026-05-19T08:50',
      arrives: '2026-05-19T10:20',
    });
    expect(late.status).toBe(200);
    expect(late.text).toContain('не хватит на стыковку');
    expect((await saveLeg('asha', file)).status).toBe(403);
    expect((await at('asha').get(file)).text).not.toContain('/legs/new');
  });
});

describe('sharing a room', () => {
  const answer = (name: string, file: string, mate: string, word: string) =>
    at(name).post(file, { intent: 'share', mate: idIn(mate), answer: word });

  test('is asked for and answered by the two themselves; the twin waits for both', async () => {
    const [asha, mira] = [await fileOf(ASHA), await fileOf(MIRA)];
    expect((await at('asha').get(asha)).text).toContain(`${asha}/share`);
    const asked = await at('asha').post(`${asha}/share`, { mate: idIn(mira) });
    expect(asked.text).toContain('Asked.');
    // Whom it concerns finds it in the inbox and on their page.
    expect((await at('mira').get('/inbox')).text).toContain('Двухместное размещение: ');
    expect((await at('mira').get(mira)).text).toContain('Вам предлагают двухместный номер');
    const beds = await at('protocolIn').get(mira);
    const stay = /\/beds\/([0-9a-f-]{36})/.exec(beds.text)?.[1] ?? '';
    const page = await at('protocolIn').get(`${asha}/beds/new`);
    const [room] = [...page.text.matchAll(/<option value="([0-9a-f-]{36})"[^>]*>[^<]*Sen/g)].map(
      (found) => found[1],
    );
    const move = async () => {
      const own = /\/beds\/([0-9a-f-]{36})/.exec((await at('protocolIn').get(asha)).text)?.[1] ?? '';
      return at('protocolIn').post(`${asha}/beds/${own}`, {
        room: room ?? '',
        from: '2026-05-19',
        to: '2026-05-22',
        version: await versionOf(asha),
      });
    };
    const early = await move();
    expect([early.status, early.text.includes('only when both people have agreed')]).toEqual([422, true]);
    // Nobody answers for somebody else, not even who arranges the delegation.
    expect((await answer('protocolIn', mira, asha, 'agreed')).status).toBe(404);
    expect((await answer('asha', mira, asha, 'agreed')).status).toBe(404);
    expect((await answer('mira', mira, asha, 'agreed')).text).toContain('Ваше согласие записано');
    expect((await move()).text).toContain('The bed is changed');
    expect((await at('asha').get(asha)).text).toContain('Mira Sen');
    expect(stay).not.toBe('');
    // A refusal parts them.
    expect((await answer('mira', mira, asha, 'refused')).text).toContain('Ваш отказ записан');
    expect((await at('protocolIn').get(`/delegations/${reference}/rooms`)).text).toContain('refused');
  });
});

describe('the data of an invitation', () => {
  test('are filled in by the traveller, masked, revealed with the passport, and stand in the list', async () => {
    const file = await fileOf(ASHA);
    const data = {
      residence: '12 Hirapur Road',
      consulateCity: 'New Delhi',
      employerAddress: '=1+1 Patel Nagar',
    };
    expect((await at('mira').post(`${file}/visa`, data)).status).toBe(404);
    expect((await at('asha').post(`${file}/visa`, data)).text).toContain('Kept.');
    const shown = await at('protocolIn').get(file);
    expect(shown.text).toContain('New Delhi');
    expect(shown.text).not.toContain('Hirapur');
    expect((await at('coordinatorIn').post(file, { intent: 'reveal' })).status).toBe(403);
    expect((await at('protocolIn').post(file, { intent: 'reveal' })).text).toContain('12 Hirapur Road');
    const passport = { number: 'P8005831', issued: '2023-06-21', validUntil: '2033-06-20' };
    const short = await at('protocolIn').post(`${file}/passport`, { ...passport, number: 'Р8' });
    expect([short.status, short.text.includes('5 to 20 Latin letters')]).toEqual([422, true]);
    expect((await at('protocolIn').post(`${file}/passport`, passport)).text).toContain('is in the vault');
    const answer = await fetch(`${portal.url}/delegations/${reference}/papers/visa.xlsx`, {
      method: 'POST',
      headers: {
        cookie: [...at('protocolIn').cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        origin: portal.url,
      },
      body: new URLSearchParams(),
    });
    const [sheet] = await readWorkbook(Buffer.from(await answer.arrayBuffer()));
    const rows = (sheet?.data ?? []).map((row) => row.map(String));
    const row = rows.find((cells) => cells.includes('Rao')) ?? [];
    expect(row).toEqual(expect.arrayContaining(['12 Hirapur Road', 'New Delhi', 'P8005831']));
    expect(row.some((cell) => cell.includes('Patel Nagar'))).toBe(true);
  });
});

describe('taking somebody out', () => {
  test('asks for the reason and tells the person', async () => {
    const file = await fileOf(MIRA);
    const version = await versionOf(file);
    const empty = await at('protocolIn').post(`${file}/leave`, { version });
    expect([empty.status, empty.text.includes('Give the reason')]).toEqual([422, true]);
    const left = await at('protocolIn').post(`${file}/leave`, { version, reason: 'Goes to another event' });
    expect(new URL(left.url).pathname).toBe(`/delegations/${reference}`);
    expect((await at('mira').get(file)).status).toBe(404);
    expect((await at('mira').get('/inbox')).text).toContain('Вы исключены из делегации');
  });
});

describe('a closed delegation', () => {
  test('refuses every form with a sentence', async () => {
    const [record] = await db.select().from(delegation);
    const close = { intent: 'close', version: record?.revision ?? '' };
    await at('protocolIn').post(`/delegations/${reference}`, close);
    const file = await fileOf(ASHA);
    const closed = 'This delegation is closed. Nothing in it is changed any more.';
    const page = await at('protocolIn').get(file);
    expect(page.text).toContain('This delegation is closed');
    expect(page.text).not.toContain('/edit"');
    const item = { intent: 'record', requirement: 'clearance', state: 'done' };
    const share = { intent: 'share', mate: idIn(await fileOf(MIRA)), answer: 'agreed' };
    const version = await versionOf(file);
    for (const [path, form] of [
      [file, item],
      [`${file}/edit`, { ...somebody, version }],
      [`${file}/leave`, { version, reason: 'x' }],
      [`${file}/legs/new`, { ...leg, version }],
      [`${file}/beds/new`, { room: 'single', from: '2026-05-24', to: '2026-05-25', version }],
      [`${file}/share`, { mate: share.mate }],
      [`${file}/visa`, { consulateCity: 'Kolkata' }],
      [`${file}/passport`, { number: 'P8005831', issued: '2023-06-21', validUntil: '2033-06-20' }],
    ] as const) {
      const answered = await at('protocolIn').post(path, { ...form });
      expect([path, answered.status, answered.text.includes(closed)]).toEqual([path, 403, true]);
    }
    const own = await at('asha').post(file, share);
    expect([own.status, own.text.includes(closed)]).toEqual([403, true]);
    expect((await at('protocolRu').get(file)).status).toBe(404);
  });
});
