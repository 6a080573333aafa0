import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, describe, expect, test } from 'vitest';
import type { PersonActor } from '#app/platform/actor.ts';
import { diskStore } from '#app/platform/file-store-disk.server.ts';
import { keepFile } from '#app/platform/files.server.ts';
import { Refusal } from '#app/platform/outcome.ts';
import { NO_CHOICES, previewTable } from '#app/platform/table-import.server.ts';
import { forgetTables } from '#app/platform/waiting-table.server.ts';
import { person } from '#db/schema/people.ts';
import { auditRow, file } from '#db/schema/platform.ts';
import { useDatabase } from '#tests/support/database.ts';
import { confirmAsShown } from '#tests/support/table-import.ts';
import { addPerson } from '#tests/support/thesis.ts';
import { PEOPLE_IMPORT, peopleImport } from './people-import.ts';
import { listPeople } from './queries.ts';

const { db } = await useDatabase();
const dataDir = await mkdtemp(join(tmpdir(), 'setu-most-import-'));
afterAll(() => rm(dataDir, { recursive: true, force: true }));
const store = diskStore(dataDir);
const now = new Date('2026-11-21T10:00:00Z');

const coordinator = await addPerson(db, 'IITISM', ['coordinator']);
const administrator = await addPerson(db, 'IITISM', ['institution-admin']);
const across = await addPerson(db, 'GIREDMET', ['coordinator']);
const student = await addPerson(db, 'IITISM', ['student']);
const protocol = await addPerson(db, 'IITISM', ['protocol']);

let files = 0;

/** A file as the form leaves it behind. */
async function sent(owner: PersonActor, text: string, subjectType = PEOPLE_IMPORT): Promise<string> {
  files += 1;
  const id = uuidv7();
  const local = join(dataDir, `upload-${files}`);
  await writeFile(local, text);
  const content = { size: text.length, hash: 'a'.repeat(64), mediaType: 'text/csv' };
  await store.take(id, local, content);
  await keepFile(
    db,
    { id, field: 'file', name: 'people.csv', ...content },
    { ownerId: owner.personId, subjectType, subjectId: null },
  );
  return id;
}

const previewImport = async (actor: PersonActor, id: string) => {
  const { reading, ...preview } = await previewTable(peopleImport(db, store, actor), id, NO_CHOICES);
  return { ...preview, ...reading };
};
const confirmImport = async (actor: PersonActor, id: string) =>
  confirmAsShown(peopleImport(db, store, actor), id, now);

const header = 'given_name,family_name,given_name_ru,family_name_ru,institution,email,locale,role';
const row = (name: string, institution = 'IITISM') => `Asha,Das,,,${institution},${name}@t.example,en,expert`;
const table = (...rows: string[]) => [header, ...rows].join('\n');

const outcome = (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => 'done',
    (error) => {
      if (error instanceof Refusal) return error.code;
      throw error;
    },
  );
const find = async (name: string) =>
  (
    await db
      .select()
      .from(person)
      .where(eq(person.email, `${name}@t.example`))
  )[0];
const howMany = async () => (await db.execute(sql`select count(*) from person`)).rows[0]?.count;

describe('an import', () => {
  test('stores nobody before it is confirmed, and then every sound row', async () => {
    const before = await howMany();
    const id = await sent(
      coordinator,
      table(row('first'), row('').replace('@', ' '), row('second', 'TEXMIN')),
    );
    const preview = await previewImport(coordinator, id);
    expect(preview.fresh.map(({ row: at }) => at)).toEqual([2, 4]);
    expect(preview.problems).toMatchObject([{ row: 3, column: 'email' }]);
    expect(await howMany()).toBe(before);
    expect(await confirmImport(coordinator, id)).toBe(2);
    expect(await find('first')).toMatchObject({
      givenNameRu: 'Аша',
      familyNameRu: 'Дас',
      cyrillicSpelling: 'proposed',
      occupation: 'expert',
      timeZone: 'Asia/Kolkata',
    });
    const codes = await db
      .select({ facts: auditRow.facts })
      .from(auditRow)
      .where(eq(auditRow.code, 'people.imported'));
    expect(codes.map(({ facts }) => facts)).toEqual([{ added: 2, known: 0 }]);
  });

  test('sent once more changes nothing, and does not overwrite who is there', async () => {
    await confirmImport(coordinator, await sent(coordinator, table(row('third'))));
    await db.update(person).set({ familyName: 'Roy' }).where(eq(person.email, 'third@t.example'));
    const before = await howMany();
    const again = await sent(coordinator, table(row('THIRD')));
    expect(await previewImport(coordinator, again)).toMatchObject({ fresh: [], known: [{ row: 2 }] });
    expect(await confirmImport(coordinator, again)).toBe(0);
    expect(await howMany()).toBe(before);
    expect((await find('third'))?.familyName).toBe('Roy');
  });

  test('confirmed twice says that it was, and its file is erased', async () => {
    const id = await sent(coordinator, table(row('fourth')));
    await confirmImport(coordinator, id);
    expect(await outcome(confirmImport(coordinator, id))).toBe('stale');
    const [kept] = await db.select().from(file).where(eq(file.id, id));
    expect(kept).toMatchObject({ erasedAt: now, name: '' });
  });

  test('confirmed at the same time from two windows adds everybody once', async () => {
    const id = await sent(coordinator, table(row('fifth'), row('sixth')));
    const both = await Promise.allSettled([1, 2].map(() => confirmImport(coordinator, id)));
    const added = both.map((one) => (one.status === 'fulfilled' ? one.value : 0));
    expect(added.reduce((sum, one) => sum + one, 0)).toBe(2);
  });

  test('keeps the part of a Cyrillic name that was given', async () => {
    const half = 'Asha,Das,Аша-Рани,,IITISM,seventh@t.example,en,expert';
    await confirmImport(coordinator, await sent(coordinator, table(half)));
    expect(await find('seventh')).toMatchObject({
      givenNameRu: 'Аша-Рани',
      familyNameRu: 'Дас',
      cyrillicSpelling: 'proposed',
    });
  });

  test('brings people of one’s own side, or of the institution one administers, and of no other', async () => {
    const rows = table(
      row('eighth', 'TEXMIN'),
      row('ninth', 'GIREDMET'),
      row('tenth', 'OTHER'),
      row('eleventh'),
    );
    const seen = async (actor: PersonActor) => {
      const list = peopleImport(db, store, actor);
      const { reading } = await previewTable(list, await sent(actor, rows), NO_CHOICES);
      const { fresh, problems } = reading;
      return [fresh.map((who) => who.email.split('@')[0]), problems.map(({ code }) => code)];
    };
    expect(await seen(coordinator)).toEqual([
      ['eighth', 'eleventh'],
      ['otherSide', 'otherSide'],
    ]);
    expect(await seen(administrator)).toEqual([['eleventh'], ['otherSide', 'otherSide', 'otherSide']]);
    expect(await seen(across)).toEqual([['ninth'], ['otherSide', 'otherSide', 'otherSide']]);
  });

  test('is nobody else’s: a colleague’s, another’s and a file of another kind are not found', async () => {
    const id = await sent(coordinator, table(row('twelfth')));
    expect(await outcome(previewImport(across, id))).toBe('not-found');
    expect(await outcome(confirmImport(administrator, id))).toBe('not-found');
    const other = await sent(coordinator, table(row('twelfth')), 'application');
    expect(await outcome(previewImport(coordinator, other))).toBe('not-found');
    expect(await outcome(previewImport(coordinator, uuidv7()))).toBe('not-found');
    expect(await outcome(previewImport(coordinator, 'none'))).toBe('not-found');
    expect(await find('twelfth')).toBeUndefined();
  });

  test.each([
    ['a student', student],
    ['a protocol officer', protocol],
  ])('is not done by %s', async (_, actor) => {
    expect(await outcome(previewImport(actor, await sent(actor, table(row('no')))))).toBe('forbidden');
  });

  test('is not done under a denied grant', async () => {
    const [grant] = coordinator.grants;
    if (!grant) throw new Error('no grant');
    const denied = { ...coordinator, grants: [grant, { ...grant, effect: 'deny' as const }] };
    const id = await sent(coordinator, table(row('no')));
    expect(await outcome(previewImport(denied, id))).toBe('forbidden');
  });

  test('of what is no table of people is refused in words', async () => {
    const reasons = ['', '\u0000\u0001', 'given_name,family_name\nA,B', `${header}\n"open`].map(
      async (text) =>
        previewImport(coordinator, await sent(coordinator, text)).catch((error: Refusal) => error.reason),
    );
    expect(await Promise.all(reasons)).toEqual([
      'table.empty',
      'table.notTable',
      'table.columns',
      'table.malformed',
    ]);
  });

  test('left waiting is forgotten after a week', async () => {
    const [old, young, other] = [
      await sent(coordinator, table(row('x'))),
      await sent(coordinator, table(row('x'))),
      await sent(coordinator, 'x', 'application'),
    ];
    const before = new Date(now.getTime() - (7 * 24 + 1) * 60 * 60 * 1000);
    const almost = new Date(now.getTime() - 7 * 24 * 60 * 60 * 1000 + 1);
    for (const id of [old, other]) await db.update(file).set({ createdAt: before }).where(eq(file.id, id));
    await db.update(file).set({ createdAt: almost }).where(eq(file.id, young));
    await forgetTables(db, now);
    const erased = await db.select({ id: file.id }).from(file).where(sql`erased_at is not null`);
    const ids = erased.map(({ id }) => id);
    expect(ids).toContain(old);
    expect(ids).not.toContain(young);
    expect(ids).not.toContain(other);
  });
});

describe('the list', () => {
  const emails = async (actor: PersonActor, search: string) =>
    (await listPeople(db, actor, { search })).rows.map(({ email }) => email?.split('@')[0]);

  test('finds a name in either script, in any order, with «ё» or «е», and takes no wildcard', async () => {
    const russian = 'Oleg,Vorobev,Олег,Воробьёв,GIREDMET,vorobev@t.example,ru,student';
    await confirmImport(across, await sent(across, table(russian)));
    for (const typed of [
      'Воробьёв',
      'воробьев',
      'VOROBEV',
      'олег воробьёв',
      'Vorobev Oleg',
      'vorobev@t',
      ' Олег ',
    ]) {
      expect(await emails(across, typed), typed).toEqual(['vorobev']);
    }
    for (const typed of ['%', '_', '\\', 'vorob%ev', 'Ivanov Oleg'])
      expect(await emails(across, typed)).toEqual([]);
  });

  test('shows one’s own side, and to an administrator the institution alone', async () => {
    expect(await emails(coordinator, 'vorobev')).toEqual([]);
    expect(await emails(coordinator, 'second')).toEqual(['second']);
    expect(await emails(administrator, 'second')).toEqual([]);
    expect(await emails(administrator, 'first')).toEqual(['first']);
    expect(await emails(protocol, 'second')).toEqual(['second']);
    expect(await emails(student, 'first')).toEqual([]);
  });

  test('goes through everybody once, forwards and back', async () => {
    const rows = Array.from({ length: 230 }, (_, index) => row(`many${index}`));
    await confirmImport(coordinator, await sent(coordinator, table(...rows)));
    const pages: string[][] = [];
    let after: string | undefined;
    do {
      const page = await listPeople(db, coordinator, { search: 'many', after });
      pages.push(page.rows.map(({ id }) => id));
      after = page.next ?? undefined;
    } while (after);
    expect(pages.map((ids) => ids.length)).toEqual([100, 100, 30]);
    expect(new Set(pages.flat()).size).toBe(230);
    const [first, second, third] = pages;
    const back = await listPeople(db, coordinator, { search: 'many', before: third?.[0] });
    expect(back.rows.map(({ id }) => id)).toEqual(second);
    const start = await listPeople(db, coordinator, { search: 'many', before: second?.[0] });
    expect(start.rows.map(({ id }) => id)).toEqual(first);
    expect(start.previous).toBeNull();
  });
});
