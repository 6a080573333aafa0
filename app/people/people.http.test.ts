import { eq, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import type { PersonActor } from '#app/platform/actor.ts';
import { person, roleGrant, session } from '#db/schema/people.ts';
import { file } from '#db/schema/platform.ts';
import { usePortal } from '#tests/support/portal.ts';
import { confirmPage } from '#tests/support/table-import.ts';
import { addAccount, addPerson } from '#tests/support/thesis.ts';
import type { Visitor } from '#tests/support/visitor.ts';

const portal = await usePortal({ jobs: false, demo: true });
const { db } = portal;
let coordinator: Visitor;
let across: Visitor;
let administrator: Visitor;
let administers: PersonActor;

async function signedIn(actor: PersonActor, lng: 'en' | 'ru' = 'en'): Promise<Visitor> {
  const visitor = portal.visitor(lng);
  await visitor.signIn(await addAccount(db, actor));
  return visitor;
}

beforeAll(async () => {
  coordinator = await signedIn(await addPerson(db, 'IITISM', ['coordinator']));
  across = await signedIn(await addPerson(db, 'GIREDMET', ['coordinator']), 'ru');
  administers = await addPerson(db, 'IITISM', ['institution-admin']);
  administrator = await signedIn(administers);
});

const header = 'given_name,family_name,institution,email,locale,role';
const csv = (...rows: string[]) =>
  new File([[header, ...rows].join('\n')], 'people.csv', { type: 'text/csv' });
const send = (who: Visitor, content: File, follow = false) =>
  who.post('/people/import', { file: content }, { follow });
const find = (name: string) =>
  db
    .select()
    .from(person)
    .where(eq(person.email, `${name}@t.example`));
const waiting = () => db.select().from(file).where(sql`erased_at is null and subject_type = 'people-import'`);

describe('an import', () => {
  test('is looked at before it is done, names each wrong row, and brings the sound ones', async () => {
    const answer = await send(
      coordinator,
      csv(
        'Asha,Das,IITISM,asha@t.example,en,expert',
        'Ravi,Roy,IITISM,ravi at t,en,expert',
        'Oleg,Vorobev,GIREDMET,oleg@t.example,ru,expert',
        '<b>,Roy,IITISM,bold@t.example,en,king',
      ),
    );
    expect(answer.status).toBe(303);
    const preview = answer.location ?? '';
    const page = await coordinator.get(preview);
    expect(page.text).toContain('asha@t.example');
    expect(page.text).toContain('ravi at t');
    expect(page.text).toContain('&lt;b&gt;');
    expect(page.text).not.toContain('<b></td>');
    expect(await find('asha')).toEqual([]);

    // A colleague with the address of the preview sees nothing of it.
    expect((await across.get(preview)).status).toBe(404);
    expect((await across.post(preview)).status).toBe(404);
    expect((await administrator.post(preview)).status).toBe(404);

    // What was not looked at is not confirmed.
    const unseen = await coordinator.post(preview, { seal: 'of another list' });
    expect([unseen.status, unseen.text.includes('look at it again')]).toEqual([409, true]);
    expect(await find('asha')).toEqual([]);

    expect((await confirmPage(coordinator, preview, {}, false)).location).toBe('/people');
    expect(await find('asha')).toHaveLength(1);
    for (const name of ['ravi', 'oleg', 'bold']) expect(await find(name)).toEqual([]);

    // Two rows wait, so the file does too; confirmed again it adds nobody.
    expect((await confirmPage(coordinator, preview)).text).toContain('0 people were imported');
    // They are left out: nothing waits any more, and the file is erased.
    const skip = ['3', '5'];
    expect((await confirmPage(coordinator, preview, { skip })).status).toBe(200);
    const gone = await coordinator.get(preview);
    expect([gone.status, gone.text.includes('already been taken')]).toEqual([409, true]);
  });

  test('takes the corrections that were ticked, and no other', async () => {
    const sent = await send(
      coordinator,
      csv('Mira,Sen,iitism,mira@t.example,EN,expert', 'Tara,Sen,iitism,tara@t.example,en,expert'),
    );
    const preview = sent.location ?? '';
    const page = await coordinator.get(preview);
    expect(page.text).toContain('Take this correction: IITISM');
    const take = ['2.institution.institution', '2.locale.locale'];
    const looked = await coordinator.get(
      `${preview}?${new URLSearchParams(take.map((key) => ['take', key]))}`,
    );
    expect(looked.text).toContain('2 corrections are taken');
    expect(looked.text).toContain('Import 1 person');
    expect(await find('mira')).toEqual([]);
    expect((await confirmPage(coordinator, preview, { take })).text).toContain('1 person was imported');
    expect(await find('mira')).toMatchObject([{ locale: 'en' }]);
    expect(await find('tara')).toEqual([]);
    const never = await confirmPage(coordinator, preview, { take: ['3.email.email'] });
    expect(never.status).toBe(409);
  });

  test('of what is no table is refused where another can be chosen, and not kept', async () => {
    const before = (await waiting()).length;
    const cases: [File, string][] = [
      [new File(['%PDF-1.7\n%%EOF'], 'people.csv'), ''],
      [new File(['given_name,family_name\nAsha,Das'], 'people.csv'), 'institution, email, locale'],
      [csv('"Asha,Das,IITISM,asha@t.example,en,expert'), '2'],
      [new File([header], 'people.csv'), 'at least one row'],
    ];
    for (const [content, said] of cases) {
      const answer = await send(coordinator, content, true);
      expect(answer.status, said).toBe(422);
      expect(answer.url).toMatch(/\/people\/import$/);
      expect(answer.text).toContain(said);
    }
    expect((await waiting()).length).toBe(before);
    expect((await coordinator.post('/people/import', {})).status).toBe(422);
    expect((await across.post('/people/import', { file: new File([], '') })).text).toContain('lang="ru"');
  });

  test('of Windows-1251 is read, and says so', async () => {
    const text = `${header},given_name_ru,family_name_ru\nNina,Ozerova,GIREDMET,nina@t.example,ru,expert,Нина,Озерова`;
    const old = Uint8Array.from(
      [...text.replaceAll(',', ';')].map((letter) => {
        const code = letter.codePointAt(0) ?? 0;
        return code < 0x80 ? code : code - 0x410 + 0xc0;
      }),
    );
    const answer = await send(across, new File([old], 'люди.csv'), true);
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('Windows-1251');
    expect(answer.text).toContain('Озерова');
  });
});

describe('a role', () => {
  const give = (who: Visitor, to: PersonActor, change: Record<string, string> = {}) =>
    who.post(
      `/people/${to.personId}`,
      { role: 'expert', institution: administers.institutionId, validUntil: '', ...change },
      { follow: false },
    );
  const grantsOf = ({ personId }: PersonActor) =>
    db.select().from(roleGrant).where(eq(roleGrant.personId, personId));

  test('is given by the institution’s administrator, and holds from the next page on', async () => {
    const someone = await addPerson(db, 'IITISM', []);
    const visitor = await signedIn(someone);
    expect((await visitor.get('/campaigns')).status).toBe(403);
    expect((await give(administrator, someone, { role: 'coordinator' })).status).toBe(303);
    expect((await visitor.get('/campaigns')).status).toBe(200);
    const [grant] = await grantsOf(someone);
    const take = () =>
      administrator.post(`/people/${someone.personId}`, { grant: grant?.id ?? '' }, { follow: false });
    expect((await take()).status).toBe(303);
    expect((await visitor.get('/campaigns')).status).toBe(403);
    expect((await take()).status).toBe(409);
  });

  test('is refused to oneself, elsewhere, above one’s own rights, and to who administers nothing', async () => {
    const someone = await addPerson(db, 'IITISM', []);
    const elsewhere = await addPerson(db, 'TEXMIN', []);
    expect((await give(administrator, administers)).status).toBe(403);
    expect((await give(administrator, someone, { role: 'platform-admin' })).status).toBe(403);
    expect((await give(administrator, someone, { institution: elsewhere.institutionId })).status).toBe(403);
    expect((await give(administrator, elsewhere)).status).toBe(404);
    expect((await give(coordinator, someone)).status).toBe(403);
    expect((await give(across, someone)).status).toBe(404);
    expect((await give(administrator, someone, { role: 'king' })).status).toBe(422);
    expect((await give(administrator, someone, { validUntil: '2001-01-01' })).status).toBe(422);
    expect((await give(administrator, someone, { validUntil: '31.12.2030' })).status).toBe(422);
    expect(await grantsOf(someone)).toEqual([]);
  });

  test('is given only after a fresh password', async () => {
    const someone = await addPerson(db, 'IITISM', []);
    const other = await addPerson(db, 'IITISM', ['institution-admin']);
    const tired = await signedIn(other);
    await db
      .update(session)
      .set({ confirmedAt: sql`now() - interval '16 minutes'` })
      .where(sql`account_id = (select id from account where person_id = ${other.personId})`);
    const answer = await give(tired, someone);
    expect(answer.location).toBe(
      `/account/confirm?next=${encodeURIComponent(`/people/${someone.personId}`)}`,
    );
    expect(await grantsOf(someone)).toEqual([]);
  });
});

describe('the list', () => {
  test('finds in either script and passes over what does not fit in the address', async () => {
    expect((await coordinator.get('/people?search=%D0%B4%D0%B0%D1%81')).text).toContain('Asha Das');
    expect((await coordinator.get('/people?search=DAS+asha')).text).toContain('Asha Das');
    const odd = await coordinator.get("/people?role=king&institution=1&after=x&before='&search=%25");
    expect(odd.status).toBe(200);
    expect(odd.text).not.toContain('Asha Das');
  });
});
