import { and, eq, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import type { PersonActor } from '#app/platform/actor.ts';
import { delegate, delegation } from '#db/schema/delegations.ts';
import { person } from '#db/schema/people.ts';
import { auditRow, vaultFact } from '#db/schema/platform.ts';
import { addDelegation, LIST_AS_RECEIVED, received } from '#tests/support/delegation.ts';
import { usePortal } from '#tests/support/portal.ts';
import { confirmPage } from '#tests/support/table-import.ts';
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
  who[name] = visitor;
}
const at = (name: string): Visitor => {
  const visitor = who[name];
  if (!visitor) throw new Error(`nobody is called ${name}`);
  return visitor;
};
const csv = (text: string | Uint8Array<ArrayBuffer>) => new File([text], 'list.csv', { type: 'text/csv' });
const send = (name: string, file: File) => at(name).post(`/delegations/${reference}/import`, { file });
const fileOf = async (email: string) => {
  const [row] = await db
    .select({ id: delegate.id })
    .from(delegate)
    .innerJoin(person, eq(person.id, delegate.personId))
    .where(eq(person.email, email));
  return `/delegations/${reference}/people/${row?.id}`;
};

beforeAll(async () => {
  reference = await addDelegation(db);
  await arrive('protocolIn', await addPerson(db, 'IITISM', ['protocol']));
  await arrive('coordinatorIn', await addPerson(db, 'TEXMIN', ['coordinator']));
  await arrive('coordinatorRu', await addPerson(db, 'GIREDMET', ['coordinator']), 'ru');
  await arrive('protocolRu', await addPerson(db, 'GIREDMET', ['protocol']), 'ru');
  await arrive('observer', await addPerson(db, 'IITISM', ['observer']));
  await arrive('rohit', await addPerson(db, 'TEXMIN', [], 'rohit.singh@texmin.example'));
});

describe('a list', () => {
  test('that is no table, too long or of other columns is refused with its own sentence', async () => {
    const words = await send('protocolIn', csv('only words here\nand here'));
    expect([words.status, words.text.includes('not a CSV table')]).toEqual([422, true]);
    const long = await send('protocolIn', csv(`family_name,given_name\n${'Rao,Harsh\n'.repeat(50_000)}`));
    expect([long.status, long.text.includes('more than 20000 rows')]).toEqual([422, true]);
    const other = await send('protocolIn', csv('name,mail\nx,y\n'));
    expect(other.text).toContain('These columns are missing: family_name, given_name, email, employer');
    const [kept] = await db.select().from(vaultFact);
    expect(kept).toBeUndefined();
  });

  test('is previewed with every problem in the reader’s language, and imported once', async () => {
    const preview = await send('protocolIn', csv(received(LIST_AS_RECEIVED)));
    expect(preview.status).toBe(200);
    const path = new URL(preview.url).pathname;
    expect(preview.text).toContain('20 people are added');
    expect(preview.text).toContain('passport_number');
    // The number with a Cyrillic letter is named without being shown.
    expect(preview.text).toContain('Cyrillic letters in the number');
    expect(preview.text).toContain('••••••92');
    expect(preview.text).not.toMatch(/[PР]2334292/);
    const russian = await at('protocolIn').get(`${path}?lng=ru`);
    expect(russian.text).toContain('В номере буквы кириллицы');
    expect(russian.text).toContain('5 строк ждут исправления');
    await at('protocolIn').get('/home?lng=en');
    // Whose list it is not does not learn that it is there.
    expect((await at('coordinatorIn').get(path)).status).toBe(404);
    expect((await at('coordinatorRu').get(path)).status).toBe(404);
    const unseen = await at('protocolIn').post(path, { seal: '' });
    expect([unseen.status, unseen.text.includes('look at it again')]).toEqual([409, true]);
    const done = await confirmPage(at('protocolIn'), path);
    expect(new URL(done.url).pathname).toBe(`/delegations/${reference}`);
    expect(done.text).toContain('20 people were added');
    const again = await send('protocolIn', csv(received(LIST_AS_RECEIVED)));
    expect(again.text).toContain('There is nobody to add');
  });
});

describe('a passport', () => {
  const revealed = async () => {
    const [row] = await db
      .select({ count: sql<number>`count(*)::int` })
      .from(auditRow)
      .where(
        and(eq(auditRow.code, 'vault.revealed'), sql`${auditRow.facts} ->> 'reason' in ('own', 'officer')`),
      );
    return row?.count;
  };
  const reveal = (name: string, file: string) => at(name).post(file, { intent: 'reveal' });

  test('is masked for everybody, and shown to the officer and to its owner with a record of the look', async () => {
    const file = await fileOf('rohit.singh@texmin.example');
    const page = await at('protocolIn').get(file);
    expect(page.text).not.toContain('P8005831');
    expect(await revealed()).toBe(0);
    expect((await reveal('protocolIn', file)).text).toContain('P8005831');
    expect((await reveal('rohit', file)).text).toContain('P8005831');
    expect(await revealed()).toBe(2);
  });

  test('is not shown to a coordinator, to another traveller, nor to the other side before it is shared', async () => {
    const file = await fileOf('rohit.singh@texmin.example');
    const before = await revealed();
    const coordinator = await reveal('coordinatorIn', file);
    expect([coordinator.status, coordinator.text.includes('P8005831')]).toEqual([403, false]);
    expect((await reveal('protocolRu', file)).status).toBe(404);
    expect((await reveal('coordinatorRu', file)).status).toBe(404);
    expect((await reveal('observer', file)).status).toBe(404);
    expect((await at('rohit').get(await fileOf('neha.das@texmin.example'))).status).toBe(404);
    expect(await revealed()).toBe(before);
  });

  test('once shared is shown to the host’s protocol officer alone', async () => {
    const file = await fileOf('rohit.singh@texmin.example');
    expect((await at('protocolRu').get(`/delegations/${reference}`)).status).toBe(404);
    const [record] = await db.select().from(delegation);
    const stale = await at('coordinatorIn').post(`/delegations/${reference}`, {
      intent: 'share',
      version: 'x',
    });
    expect(stale.status).toBe(409);
    const share = { intent: 'share', version: record?.revision ?? '' };
    expect((await at('coordinatorIn').post(`/delegations/${reference}`, share)).text).toContain(
      'The host sees',
    );
    expect((await at('coordinatorRu').get(`/delegations/${reference}`)).status).toBe(200);
    expect((await at('coordinatorRu').get(file)).text).not.toContain('P8005831');
    expect((await reveal('coordinatorRu', file)).status).toBe(403);
    expect((await reveal('protocolRu', file)).text).toContain('P8005831');
  });
});

describe('each party', () => {
  test('writes down its own: the host the invitation, the sending side the clearance', async () => {
    const file = await fileOf('deepika.murmu@texmin.example');
    const write = (name: string, requirement: string, more = {}) =>
      at(name).post(file, { intent: 'record', requirement, state: 'asked', ...more });
    expect((await write('protocolRu', 'clearance')).status).toBe(403);
    expect((await write('protocolIn', 'invitation')).status).toBe(403);
    expect((await write('protocolRu', 'invitation')).status).toBe(200);
    expect((await write('coordinatorIn', 'clearance')).status).toBe(200);
    const old = { version: '01900000-0000-7000-8000-000000000000' };
    expect((await write('coordinatorIn', 'clearance', old)).status).toBe(409);
    const later = await write('coordinatorIn', 'visa', { on: '2099-01-01' });
    expect([later.status, later.text.includes('This day has not come yet')]).toEqual([422, true]);
    const dates = { state: 'done', on: '2026-03-02', validUntil: '2026-03-01' };
    const ended = await write('coordinatorIn', 'visa', dates);
    expect([ended.status, ended.text.includes('It ends before the day it was received')]).toEqual([
      422,
      true,
    ]);
  });
});

describe('pages', () => {
  test('the event is open to strangers in both languages, its programme in both cities’ time', async () => {
    const english = await portal.visitor().get('/events/RAREMET-2026');
    expect(english.text).toContain('High-purity metals');
    const russian = await portal.visitor('ru').get('/events/RAREMET-2026');
    expect(russian.text).toContain('Высокочистые металлы');
    expect(russian.text).toContain('(мск)');
    expect((await portal.visitor().get('/events/NOTHING')).status).toBe(404);
  });

  test('the board answers as of any day, and passes over what is none', async () => {
    const board = (query: string) => at('coordinatorIn').get(`/delegations/${reference}${query}`);
    const early = await board('?asOf=2026-01-10');
    expect(early.text).toContain('You see the board as it would stand on');
    expect(early.text).toContain('has to be valid until');
    expect((await board('?asOf=2026-02-31&show=all')).status).toBe(200);
    expect((await board('/rooms')).text).toContain('second bed free');
  });

  test('a traveller finds their file, an observer finds nothing', async () => {
    expect((await at('rohit').get('/delegations')).text).toContain(
      await fileOf('rohit.singh@texmin.example'),
    );
    expect((await at('rohit').get('/travel')).text).toContain(await fileOf('rohit.singh@texmin.example'));
    expect((await at('rohit').get(`/delegations/${reference}`)).status).toBe(404);
    expect((await at('observer').get(`/delegations/${reference}`)).status).toBe(404);
    expect((await at('observer').get('/delegations/new')).status).toBe(403);
  });
});
