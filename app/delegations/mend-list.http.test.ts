import { and, count, eq, isNull } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import type { PersonActor } from '#app/platform/actor.ts';
import { delegate, event, eventSession } from '#db/schema/delegations.ts';
import { person } from '#db/schema/people.ts';
import { vaultFact } from '#db/schema/platform.ts';
import { addDelegation, LIST_AS_RECEIVED, received } from '#tests/support/delegation.ts';
import { usePortal } from '#tests/support/portal.ts';
import { confirmPage, hiddenFields } from '#tests/support/table-import.ts';
import { addAccount, addPerson } from '#tests/support/thesis.ts';
import type { Visitor } from '#tests/support/visitor.ts';

const portal = await usePortal({ jobs: false, demo: true });
const { db } = portal;

let reference = '';
let officer: Visitor;
let host: Visitor;

async function signedIn(actor: PersonActor): Promise<Visitor> {
  const visitor = portal.visitor();
  await visitor.signIn(await addAccount(db, actor));
  await visitor.get('/home?lng=en');
  return visitor;
}

beforeAll(async () => {
  reference = await addDelegation(db);
  officer = await signedIn(await addPerson(db, 'IITISM', ['protocol']));
  host = await signedIn(await addPerson(db, 'GIREDMET', ['coordinator']));
});

const csv = (content: string | Uint8Array<ArrayBuffer>) =>
  new File([content], 'list.csv', { type: 'text/csv' });
const send = async (content: string | Uint8Array<ArrayBuffer> = received(LIST_AS_RECEIVED)) => {
  const page = await officer.post(`/delegations/${reference}/import`, { file: csv(content) });
  return { page, path: new URL(page.url).pathname };
};
const asked = (path: string, take: string[], skip: string[] = []) => {
  const query = [...take.map((key) => ['take', key]), ...skip.map((row) => ['skip', row])];
  return `${path}?${new URLSearchParams(query)}`;
};
const howMany = async () => (await db.select({ n: count() }).from(delegate))[0]?.n;
const isWaiting = async () =>
  (
    await db
      .select({ n: count() })
      .from(vaultFact)
      .where(and(eq(vaultFact.field, 'delegation-list'), isNull(vaultFact.erasedAt)))
  )[0]?.n;

const BIRTH = '11.date_of_birth.noSuchDate';
const NIGHTS = '15.hotel_out.noNights';
const NUMBER = '5.passport_number.passport.lookAlike';

describe('a list that waits', () => {
  test('shows the number of a passport neither as it came nor as it is suggested', async () => {
    const { page, path } = await send();
    for (const text of [page.text, (await officer.get(asked(path, [NUMBER]))).text]) {
      expect(text).toContain('••••••92');
      expect(text).not.toMatch(/[PР]2334292/);
    }
  });

  test('is looked at with corrections before they are taken, in both languages, and nothing is stored', async () => {
    const { page, path } = await send();
    for (const key of [BIRTH, NIGHTS, NUMBER]) expect(page.text).toContain(`value="${key}"`);
    const looked = await officer.get(asked(path, [BIRTH, NIGHTS, NUMBER], ['26']));
    expect(looked.text).toContain('3 corrections are taken');
    expect(looked.text).toContain('Add 23 people');
    expect(looked.text).toContain('Left out, as you chose: 26');
    expect(hiddenFields(looked.text)).toMatchObject({
      taken: expect.arrayContaining([BIRTH, NIGHTS, NUMBER]),
      skipped: ['26'],
    });
    const russian = await officer.get(`${asked(path, [BIRTH])}&lng=ru`);
    expect(russian.text).toContain('Принято 1 исправление');
    await officer.get('/home?lng=en');
    expect(await howMany()).toBe(0);
  });

  test('of which something else is wrong by now is refused, and shown anew', async () => {
    const { page, path } = await send();
    const form = hiddenFields(page.text);
    const [to] = await db.select().from(event);
    if (!to) throw new Error('no event');
    await db.update(event).set({ startsOn: '2025-05-20', endsOn: '2025-05-22' }).where(eq(event.id, to.id));
    const refused = await officer.post(path, form);
    expect([refused.status, refused.text.includes('look at it again')]).toEqual([409, true]);
    await db.update(event).set({ startsOn: to.startsOn, endsOn: to.endsOn }).where(eq(event.id, to.id));
    expect((await officer.post(path, { ...form, take: '4.email.spaces' })).status).toBe(409);
    expect(await howMany()).toBe(0);
  });

  test('takes in its sound rows and those that are made sound, and waits for the rest', async () => {
    const { path } = await send();
    const done = await confirmPage(officer, path, { take: [BIRTH, NUMBER] });
    expect(done.text).toContain('22 people were added');
    expect(await isWaiting()).toBe(1);
    const [rao] = await db.select().from(person).where(eq(person.email, 'harsh.rao@texmin.example'));
    const [file] = await db
      .select()
      .from(delegate)
      .where(eq(delegate.personId, rao?.id ?? ''));
    const shown = await officer.post(`/delegations/${reference}/people/${file?.id}`, { intent: 'reveal' });
    expect(shown.text).toContain('P2334292');

    // The rest: one more is put right, two are left out, and then nothing waits.
    const rest = await confirmPage(officer, asked(path, [BIRTH, NUMBER, NIGHTS]), { skip: ['17', '26'] });
    expect(rest.text).toContain('1 person was added');
    expect(await isWaiting()).toBe(0);
    expect((await officer.get(path)).status).toBe(409);
    expect(await howMany()).toBe(23);
  });

  test('takes in no row that nobody saw as sound, though another one was left out for it', async () => {
    const text = new TextDecoder()
      .decode(received(LIST_AS_RECEIVED))
      .replaceAll(/\.example/gi, '.other.example');
    const { path } = await send(text);
    // Row 26 says what row 4 says: without that it would be sound.
    const done = await confirmPage(officer, path, { skip: ['4'] });
    // Nor is a second head, whom the delegation has since the list before.
    expect(done.text).toContain('18 people were added');
    const [das] = await db.select().from(person).where(eq(person.email, 'neha.das@texmin.other.example'));
    expect(das).toBeUndefined();
    expect((await officer.get(path)).text).toContain('The delegation has a head already.');
    const again = await confirmPage(officer, `${path}?skipped=4`, { take: ['2.delegation_role.headStands'] });
    expect(again.text).toContain('2 people were added');
  });
});

describe('a programme', () => {
  const bring = async (text: string) => {
    const page = await host.post('/events/RAREMET-2026/programme', { file: csv(text) });
    return { page, path: new URL(page.url).pathname };
  };
  const programme = () => new TextDecoder().decode(received('raremet-2026-programme.csv'));
  const opening = async () =>
    (await db.select().from(eventSession).where(eq(eventSession.code, 'S1')))[0]?.startsAt.toISOString();

  test('is looked at before its sessions are taken; the same again changes nothing', async () => {
    expect((await bring(programme())).page.text).toContain('There is nothing to bring in');
    const before = await opening();
    const moved = programme().replace('2026-05-20,10:00,12:00', '2026-05-20,11:00,12:00');
    const { page, path } = await bring(moved);
    expect(page.text).toContain('1 session changes');
    expect(await opening()).toBe(before);
    expect((await officer.get(path)).status).toBe(403);
    const done = await confirmPage(host, path);
    expect(done.text).toContain('0 added, 1 changed');
    expect(await opening()).toBe('2026-05-20T08:00:00.000Z');
    expect((await host.get(path)).status).toBe(409);
  });

  test('has its wrong rows named and mended', async () => {
    const wrong = programme()
      .replace('2026-05-20,10:00,12:00', '2026-05-20,9.30,12:00')
      .replace('plenary,2026-05-22', 'plenary,2026-05-32');
    const { page, path } = await bring(wrong);
    expect(page.text).toContain('There is no such date.');
    expect(page.text).toContain('Take this correction: 09:30');
    const take = /value="(\d+\.starts\.time)"/.exec(page.text)?.[1] ?? '';
    expect((await confirmPage(host, path, { take: [take] })).text).toContain('0 added, 1 changed');
    expect(await opening()).toBe('2026-05-20T06:30:00.000Z');
    // The row that is still wrong keeps the file.
    expect((await host.get(path)).status).toBe(200);
  });

  test('that is none is refused where another can be chosen', async () => {
    const { page } = await bring('code,title_en\nS1,Opening\n');
    expect([page.status, page.text.includes('These columns are missing')]).toEqual([422, true]);
    expect(page.url).toMatch(/\/programme$/);
  });
});
