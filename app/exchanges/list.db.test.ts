import { describe, expect, it } from 'vitest';
import { useDatabase } from '#tests/support/database.ts';
import { addApplication, addCall, addExchangePeople, revisionOf } from '#tests/support/exchange.ts';
import { addPerson } from '#tests/support/thesis.ts';
import { findEligible } from './find-eligible.ts';
import { readListFilter } from './list-filter.ts';
import { countByStage, countWaiting, listApplications, ownApplications } from './list-queries.ts';
import { nominateApplication } from './nominate-application.ts';
import { waitingTasks } from './waiting.ts';

const { db } = await useDatabase();
const people = await addExchangePeople(db);
const { homeCoordinator, hostCoordinator } = people;
const now = new Date('2026-11-21T10:00:00Z');
const call = await addCall(db, people, now);
const students = await Promise.all(
  ['anita.rao', 'deepika.kumari', 'vikram.oraon'].map((name) =>
    addPerson(db, 'IITISM', ['student'], `${name}@test.example`),
  ),
);
const references: string[] = [];
for (const [index, student] of students.entries()) {
  const later = new Date(now.getTime() + index * 1000);
  references.push((await addApplication(db, student, call, later)).reference);
}
const [first = ''] = references;
const after = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const decision = async (reference: string) => ({ reference, revision: await revisionOf(db, reference) });
await findEligible(db, homeCoordinator, await decision(first), after(9));
await nominateApplication(db, homeCoordinator, { ...(await decision(first)), confirmed: true }, after(10));
await addApplication(db, await addPerson(db, 'IITISM', ['student']), call, now, { submit: false });

const listed = async (actor: typeof homeCoordinator, query = '') => {
  const { rows } = await listApplications(db, actor, readListFilter(new URLSearchParams(query)), 'en');
  return rows.map((row) => row.reference);
};

describe('a coordinator’s list', () => {
  it('shows what was handed in to either party, the latest change first, and no draft', async () => {
    const expected = [references[0], references[2], references[1]];
    expect(await listed(homeCoordinator)).toEqual(expected);
    expect(await listed(hostCoordinator)).toEqual(expected);
  });

  it('shows nothing of other institutions, nor to people without the role', async () => {
    expect(await listed(await addPerson(db, 'TEXMIN', ['coordinator']))).toEqual([]);
    expect(await listed(await addPerson(db, 'IITISM', ['institution-admin', 'platform-admin']))).toEqual([]);
  });

  it.each([
    ['stage=answer', [0]],
    [`call=${call}`, [0, 2, 1]],
    ['call=RE-2020-0001', []],
    ['stage=ended', []],
    ['party=host', []],
    ['ours=1', [2, 1]],
    ['ours=1&stage=answer', []],
    ['search=KUMARI', [1]],
    ['search=кумари', [1]],
    ['search=solvent anita', [0]],
    ['search=100%25', []],
    ['stage=draft', [0, 2, 1]],
  ])('narrows by %s', async (query, expected) => {
    expect(await listed(homeCoordinator, query)).toEqual(expected.map((index) => references[index]));
  });

  it('pages by keyset in both directions', async () => {
    const all = await listApplications(db, homeCoordinator, {}, 'en');
    const [top, middle, bottom] = all.rows;
    if (!top || !middle || !bottom) throw new Error('three rows');
    const after = { at: top.stateAt, id: top.id };
    const next = await listApplications(db, homeCoordinator, { after }, 'en');
    expect(next.rows.map((row) => row.id)).toEqual([middle.id, bottom.id]);
    expect(next.previous).toEqual({ at: middle.stateAt, id: middle.id });
    const before = { at: bottom.stateAt, id: bottom.id };
    const back = await listApplications(db, homeCoordinator, { before }, 'en');
    expect(back.rows.map((row) => row.id)).toEqual([top.id, middle.id]);
  });

  it('counts each state', async () => {
    const counts = await countByStage(db, homeCoordinator, {});
    const of = (stage: string) => counts.find((one) => one.stage === stage);
    expect(of('check')).toMatchObject({ count: 2, home: { count: 2 }, host: { count: 0 } });
    expect(of('answer')).toMatchObject({ count: 1, home: { count: 1 } });
    expect(of('ended')?.count).toBe(0);
    expect(await countWaiting(db, homeCoordinator)).toMatchObject({
      check: { count: 2 },
      nominate: { count: 0 },
      answer: { count: 0 },
    });
    expect(await countWaiting(db, hostCoordinator)).toMatchObject({
      check: { count: 0 },
      answer: { count: 1 },
    });
  });
});

describe('the applicant’s list', () => {
  it('shows their own alone', async () => {
    const [student] = students;
    if (!student) throw new Error('a student');
    expect((await ownApplications(db, student, 'ru')).map((row) => row.reference)).toEqual([first]);
  });
});

describe('what waits', () => {
  it('is said to those who hold the pen', async () => {
    const home = await waitingTasks(db, homeCoordinator, now);
    expect(home.map((task) => task.text)).toEqual(['exchanges:waiting.check', 'exchanges:waiting.check']);
    const host = await waitingTasks(db, hostCoordinator, now);
    expect(host).toMatchObject([
      { text: 'exchanges:waiting.answer', href: `/exchanges/${first}/answer`, side: 'ru' },
    ]);
    const [student] = students;
    expect(student && (await waitingTasks(db, student, now))).toEqual([]);
  });
});
