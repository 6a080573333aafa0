import { readFile } from 'node:fs/promises';
import { asc, eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { system } from '#app/platform/actor.ts';
import { thesis, thesisMember } from '#db/schema/supervision.ts';
import { useDatabase } from '#tests/support/database.ts';
import { addPerson, addThesis } from '#tests/support/thesis.ts';
import { importTheses } from './import-theses.ts';
import { listTheses } from './list-queries.ts';
import { readThesisRows, type ThesisRow } from './thesis-row.ts';

const { db } = await useDatabase();
const now = new Date('2026-11-21T10:00:00Z');

const home = await addPerson(db, 'IITISM', ['student'], 'tanvi.jha@test.example');
const homeSupervisor = await addPerson(db, 'IITISM', ['supervisor'], 'aarav.das@test.example');
const hostSupervisor = await addPerson(db, 'GIREDMET', ['supervisor'], 'anna.kazakova@test.example');
await addPerson(db, 'OTHER', [], 'nobody.side@test.example');

const right: ThesisRow = {
  row: 2,
  candidate: 'tanvi.jha@test.example',
  supervisor: 'aarav.das@test.example',
  coSupervisor: 'Anna.Kazakova@test.example',
  area: 'battery-recycling',
  titleEn: 'Battery recycling',
  titleRu: '',
  starts: '2023-11-01',
  expectedDefence: '2027-11-01',
};

test('the file of theses is read as it stands, with the missing Russian titles missing', async () => {
  const rows = readThesisRows(await readFile('db/seed/data/theses.csv'));
  expect(rows).toHaveLength(30);
  expect(rows[0]).toEqual({
    row: 2,
    candidate: 'oleg.vorobev@giredmet.example',
    supervisor: 'irina.tikhonova@giredmet.example',
    coSupervisor: 'farhan.jha@iitism.example',
    area: 'tailings-recovery',
    titleEn: 'Tailings recovery: study 1',
    titleRu: '',
    starts: '2025-11-01',
    expectedDefence: '2029-11-01',
  });
});

test.each([
  ['a candidate nobody knows', { candidate: 'gone@test.example' }, 'supervision.import.candidate'],
  ['a supervisor of no side', { supervisor: 'nobody.side@test.example' }, 'supervision.import.supervisor'],
  ['a candidate who supervises', { supervisor: 'tanvi.jha@test.example' }, 'supervision.import.samePerson'],
  ['two supervisors of one side', { coSupervisor: 'aarav.das@test.example' }, 'supervision.import.oneSide'],
  [
    'supervisors the other way round',
    { supervisor: 'anna.kazakova@test.example', coSupervisor: 'aarav.das@test.example' },
    'supervision.import.supervisorSide',
  ],
  ['an area that is none', { area: 'alchemy' }, 'supervision.import.area'],
  ['no title', { titleEn: '' }, 'supervision.import.title'],
  ['a date that does not exist', { starts: '2023-02-30' }, 'supervision.import.date'],
  ['a defence before the beginning', { expectedDefence: '2023-01-01' }, 'supervision.import.order'],
])('a row with %s is named and left out', async (_what, wrong, reason) => {
  const result = await importTheses(db, system('test'), [{ ...right, ...wrong }], now);
  expect(result).toEqual({ imported: [], known: 0, problems: [{ row: 2, reason }] });
});

test('a right row becomes a thesis once, however often it comes', async () => {
  const first = await importTheses(db, system('test'), [right, { ...right, row: 3 }], now);
  expect(first).toEqual({ imported: ['TH-2026-0001'], known: 1, problems: [] });
  const again = await importTheses(db, system('test'), [right, { ...right, titleEn: 'Other' }], now);
  expect(again).toEqual({
    imported: [],
    known: 1,
    problems: [{ row: 2, reason: 'supervision.import.hasThesis' }],
  });
  const [row] = await db.select().from(thesis).where(eq(thesis.reference, 'TH-2026-0001'));
  expect(row).toMatchObject({
    homeInstitutionId: home.institutionId,
    hostInstitutionId: hostSupervisor.institutionId,
  });
  const members = await db
    .select({ role: thesisMember.role, side: thesisMember.side })
    .from(thesisMember)
    .where(eq(thesisMember.thesisId, row?.id ?? ''))
    .orderBy(asc(thesisMember.role));
  expect(members).toEqual([
    { role: 'candidate', side: 'in' },
    { role: 'co-supervisor', side: 'ru' },
    { role: 'supervisor', side: 'in' },
  ]);
});

test('only coordinators import, and only what their institution takes part in', async () => {
  await expect(importTheses(db, homeSupervisor, [right], now)).rejects.toMatchObject({ code: 'forbidden' });
  await addPerson(db, 'IITISM', [], 'new.candidate@test.example');
  const row = { ...right, candidate: 'new.candidate@test.example' };
  const elsewhere = await addPerson(db, 'TEXMIN', ['coordinator']);
  expect(await importTheses(db, elsewhere, [row], now)).toMatchObject({
    imported: [],
    problems: [{ reason: 'supervision.import.notYours' }],
  });
  const coordinator = await addPerson(db, 'GIREDMET', ['coordinator']);
  expect((await importTheses(db, coordinator, [row], now)).imported).toHaveLength(1);
});

test('the database keeps the two supervisors on different sides and the three places filled', async () => {
  const { reference } = await addThesis(db);
  const other = await addPerson(db, 'IITISM', ['supervisor']);
  const [row] = await db.select().from(thesis).where(eq(thesis.reference, reference));
  const id = row?.id ?? '';
  const replace = (institutionId: string) =>
    db.transaction(async (tx) => {
      await tx
        .update(thesisMember)
        .set({ validUntil: '2026-11-21' })
        .where(sql`${thesisMember.thesisId} = ${id} and ${thesisMember.role} = 'co-supervisor'`);
      await tx.insert(thesisMember).values({
        thesisId: id,
        personId: other.personId,
        role: 'co-supervisor',
        institutionId,
        side: 'ru',
        validFrom: '2026-11-21',
      });
    });
  // The side is the institution's, whatever is written.
  await expect(replace(other.institutionId)).rejects.toMatchObject({
    cause: { constraint: 'thesis_member_two_sides' },
  });
  const ended = db
    .update(thesisMember)
    .set({ validUntil: '2026-11-21' })
    .where(sql`${thesisMember.thesisId} = ${id} and ${thesisMember.role} = 'supervisor'`);
  await expect(ended).rejects.toMatchObject({ cause: { constraint: 'thesis_complete' } });
  const oneSide = db
    .update(thesis)
    .set({ hostInstitutionId: other.institutionId, homeInstitutionId: homeSupervisor.institutionId })
    .where(eq(thesis.id, id));
  await expect(oneSide).rejects.toMatchObject({
    cause: { constraint: expect.stringMatching(/^thesis_two/) },
  });
});

test('the list is each reader’s own and is searched in both scripts', async () => {
  const { candidate, supervisor, coSupervisor, reference } = await addThesis(db, {
    names: { candidate: 'deepika.kumari@test.example' },
    title: { en: 'Scandium from red mud', ru: 'Скандий из красного шлама' },
  });
  const seen = async (actor: typeof candidate, search?: string) =>
    (await listTheses(db, actor, { search })).rows.map((row) => row.reference);
  for (const actor of [candidate, supervisor, coSupervisor]) expect(await seen(actor)).toEqual([reference]);
  expect(await seen(candidate, 'Кумари')).toEqual([reference]);
  expect(await seen(candidate, 'KUMARI')).toEqual([reference]);
  expect(await seen(candidate, 'скандий')).toEqual([reference]);
  expect(await seen(candidate, '100%')).toEqual([]);
  const stranger = await addPerson(db, 'IITISM', ['student', 'supervisor']);
  expect(await seen(stranger)).toEqual([]);
  const coordinator = await addPerson(db, 'GIREDMET', ['coordinator']);
  expect(await seen(coordinator)).toContain(reference);
  const texmin = await addPerson(db, 'TEXMIN', ['coordinator']);
  expect(await seen(texmin)).toContain(reference);
  expect(await seen(texmin)).not.toContain('TH-2026-0001');
  // A supervisor whose role was taken away at the institution no longer finds the thesis.
  expect(await seen({ ...supervisor, grants: [] })).toEqual([]);
});

test('a long list is read page by page, forwards and back, with nothing lost or twice', async () => {
  for (let count = 0; count < 55; count += 1) await addThesis(db);
  const coordinator = await addPerson(db, 'GIREDMET', ['coordinator']);
  const first = await listTheses(db, coordinator, {});
  expect(first.rows).toHaveLength(50);
  expect(first.previous).toBeNull();
  const second = await listTheses(db, coordinator, { after: first.next ?? '' });
  expect(second.next).toBeNull();
  const references = [...first.rows, ...second.rows].map((row) => row.reference);
  expect(new Set(references).size).toBe(references.length);
  expect(references).toHaveLength(first.total);
  expect(references).toEqual([...references].sort().reverse());
  const back = await listTheses(db, coordinator, { before: second.previous ?? '' });
  expect(back.rows).toEqual(first.rows);
  expect(back.previous).toBeNull();
  const [none, draft] = await Promise.all([
    listTheses(db, coordinator, { state: 'none' }),
    listTheses(db, coordinator, { state: 'draft' }),
  ]);
  expect([none.total, draft.total]).toEqual([first.total, 0]);
});
