import { beforeEach, describe, expect, test } from 'vitest';
import { useDatabase } from '#tests/support/database.ts';
import {
  addStay,
  after,
  confirmName,
  laidHash,
  layStay,
  makeArrived,
  makeClosable,
  makePreparing,
  makeReturned,
  onDay,
  type StayPeople,
  stayRow,
} from '#tests/support/stay.ts';
import type { Capacity } from './capacities.ts';
import { completeDuty } from './complete-duty.ts';
import { confirmArrival } from './confirm-arrival.ts';
import { confirmDeparture } from './confirm-departure.ts';
import { decideRequest } from './decide-request.ts';
import { evaluateStay } from './evaluate-stay.ts';
import { remindOfClosing, remindOfDuties } from './jobs.ts';
import { layClosing } from './lay-closing.ts';
import { makeRequest } from './make-request.ts';
import { stayPage } from './placement-queries.ts';
import { recordCosts } from './record-costs.ts';
import { recordOutputs } from './record-outputs.ts';
import { refuseClosing } from './refuse-version.ts';
import { signClosing } from './sign-closing.ts';
import { writeNote } from './write-note.ts';
import { writeReport } from './write-report.ts';

const { db } = await useDatabase();
const now = new Date('2026-11-20T09:00:00Z');

let people: StayPeople;
let reference: string;
beforeEach(async () => {
  ({ people, reference } = await addStay(db, now));
});

const rowsOf = async <T extends Record<string, unknown>>(query: string, values: unknown[] = []) =>
  (await db.$client.query<T>(query, values)).rows;
const revision = async () => (await stayRow(db, reference)).revision;
const at = (days: number) => after(now, days);

describe('arrival', () => {
  const arrive = async (who: StayPeople['student'], day: number, reason?: string, today = 71) =>
    confirmArrival(
      db,
      who,
      { reference, revision: await revision(), arrivedOn: onDay(now, day), reason },
      at(today),
    );

  test('is the host’s to confirm; the duties of Russia follow with seven working days', async () => {
    await makePreparing(db, people, reference, now);
    for (const who of [people.student, people.homeCoordinator, people.hostSupervisor]) {
      await expect(arrive(who, 70)).rejects.toMatchObject({ code: 'forbidden' });
    }
    await arrive(people.hostCoordinator, 70);
    expect((await stayRow(db, reference)).state).toBe('stay');
    const [duty] = await rowsOf<{ code: string; owner: string; due: string }>(
      `select d.code, d.owner, to_char(d.due_at at time zone 'Europe/Moscow', 'YYYY-MM-DD') as due
       from placement_duty d join placement p on p.id = d.placement_id where p.reference = $1`,
      [reference],
    );
    // The stay begins on Friday 29 January 2027; the seventh working day after it is Tuesday 9 February.
    expect(onDay(now, 70)).toBe('2027-01-29');
    expect(duty).toEqual({ code: 'ru-notification', owner: 'host', due: '2027-02-09' });
  });

  test('is not in the future, outside the stay only with a reason, and confirmed once', async () => {
    await makePreparing(db, people, reference, now);
    const refused = (field: string, reason: string) => ({ code: 'invalid', fields: { [field]: [reason] } });
    await expect(arrive(people.hostCoordinator, 72)).rejects.toMatchObject(
      refused('arrivedOn', 'placements.notYet'),
    );
    await expect(arrive(people.hostCoordinator, 65)).rejects.toMatchObject(
      refused('reason', 'placements.outsideNeedsReason'),
    );
    const first = await revision();
    await arrive(people.hostCoordinator, 65, 'Came early for the conference');
    const again = { reference, revision: first, arrivedOn: onDay(now, 70) };
    await expect(confirmArrival(db, people.hostCoordinator, again, at(71))).rejects.toMatchObject({
      code: 'stale',
    });
    expect(await rowsOf('select arrived_on::text from placement where reference = $1', [reference])).toEqual([
      { arrived_on: onDay(now, 65) },
    ]);
  });

  test('before the programme is signed there is nothing to confirm', async () => {
    await expect(arrive(people.hostCoordinator, 70)).rejects.toMatchObject({ reason: 'staleState' });
  });
});

describe('duties', () => {
  test('are marked by their owner, once, not before the arrival and not in the future', async () => {
    await makeArrived(db, people, reference, now);
    const mark = (who: StayPeople['student'], day: number) =>
      completeDuty(db, who, { reference, code: 'ru-notification', doneOn: onDay(now, day) }, at(74));
    await expect(mark(people.student, 73)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(mark(people.homeCoordinator, 73)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(mark(people.hostCoordinator, 75)).rejects.toMatchObject({
      fields: { doneOn: ['placements.notYet'] },
    });
    await expect(mark(people.hostCoordinator, 69)).rejects.toMatchObject({
      fields: { doneOn: ['placements.beforeArrival'] },
    });
    await mark(people.hostCoordinator, 73);
    await expect(mark(people.hostCoordinator, 73)).rejects.toMatchObject({ reason: 'placements.dutyDone' });
  });

  test('overdue ones are told once to whom they belong', async () => {
    await makeArrived(db, people, reference, now);
    const told = () =>
      rowsOf<{ person_id: string }>(
        `select d.person_id from delivery d join placement p on d.cause = 'placement:' || p.id || ':duty:ru-notification:overdue'
         where p.reference = $1 and d.channel = 'inbox'`,
        [reference],
      );
    await remindOfDuties(db, at(75));
    expect(await told()).toEqual([]);
    await remindOfDuties(db, at(82));
    await remindOfDuties(db, at(83));
    // The host has as many coordinators as this file has tests: each is told once, nobody else.
    const all = (await told()).map((one) => one.person_id);
    expect(new Set(all).size).toBe(all.length);
    expect(all).toContain(people.hostCoordinator.personId);
    for (const other of [people.student, people.homeCoordinator, people.hostSupervisor]) {
      expect(all).not.toContain(other.personId);
    }
  });
});

describe('requests', () => {
  const ask = (who: StayPeople['student'], kind: string, day: number | null, today: number, reason = 'Why') =>
    makeRequest(
      db,
      who,
      { reference, kind, reason, ...(day === null ? {} : { newDate: onDay(now, day) }) },
      at(today),
    );
  const decide = (who: StayPeople['student'], outcome: string, today: number, reason?: string, number = 1) =>
    decideRequest(db, who, { reference, number, outcome, reason }, at(today));

  test('an extension granted by the host moves the stay and its journey', async () => {
    await makeArrived(db, people, reference, now);
    await ask(people.student, 'extension', 130, 100);
    for (const who of [people.homeCoordinator, people.student, people.hostSupervisor]) {
      await expect(decide(who, 'granted', 101)).rejects.toMatchObject({ code: 'forbidden' });
    }
    await expect(decide(people.hostCoordinator, 'refused', 101)).rejects.toMatchObject({
      fields: { reason: ['reasonRequired'] },
    });
    await decide(people.hostCoordinator, 'granted', 101);
    const row = await stayRow(db, reference);
    expect(row.ends_on).toBe(onDay(now, 130));
    expect(await rowsOf('select ends_on::text from trip where subject_id = $1', [row.id])).toEqual([
      { ends_on: onDay(now, 130) },
    ]);
    await expect(decide(people.hostCoordinator, 'granted', 101)).rejects.toMatchObject({
      reason: 'placements.requestDecided',
    });
  });

  test('an extension over another stay has its own answer and leaves everything as it was', async () => {
    await makeArrived(db, people, reference, now);
    await addStay(db, now, { people, from: 125, until: 150 });
    await ask(people.student, 'extension', 130, 100);
    await expect(decide(people.hostCoordinator, 'granted', 101)).rejects.toMatchObject({
      fields: { outcome: ['exchanges.overlapsStay'] },
    });
    expect((await stayRow(db, reference)).ends_on).toBe(onDay(now, 112));
    expect((await stayPage(db, people.student, reference, at(101))).openRequest).toBe(1);
  });

  test('dates that do not fit, a passport that ends, a second request: each has its sentence', async () => {
    await makeArrived(db, people, reference, now);
    const wrong = (reason: string) => ({ fields: { newDate: [reason] } });
    await expect(ask(people.student, 'extension', null, 100)).rejects.toMatchObject(
      wrong('placements.giveDate'),
    );
    await expect(ask(people.student, 'extension', 112, 100)).rejects.toMatchObject(
      wrong('placements.notLater'),
    );
    // What no calendar reckons with would only fail once it is granted.
    await expect(ask(people.student, 'extension', 40_000, 100)).rejects.toMatchObject(wrong('dateFar'));
    await expect(ask(people.student, 'early-return', 120, 100)).rejects.toMatchObject(
      wrong('placements.notEarlier'),
    );
    await expect(ask(people.student, 'early-return', 90, 100)).rejects.toMatchObject(
      wrong('placements.inThePast'),
    );
    await expect(ask(people.hostCoordinator, 'extension', 130, 100)).rejects.toMatchObject({
      code: 'forbidden',
    });
    await keepPassport(onDay(now, 120));
    await expect(ask(people.student, 'extension', 130, 100)).rejects.toMatchObject(
      wrong('placements.outlivesPassport'),
    );
    await ask(people.student, 'early-return', 105, 100);
    await expect(ask(people.student, 'early-return', 106, 100)).rejects.toMatchObject({
      reason: 'placements.requestOpen',
    });
    await decide(people.homeCoordinator, 'granted', 101);
    expect((await stayRow(db, reference)).ends_on).toBe(onDay(now, 105));
  });

  test('a no-show is reported by the host from the first day on and established by home', async () => {
    await makePreparing(db, people, reference, now);
    await expect(ask(people.hostCoordinator, 'no-show', null, 60)).rejects.toMatchObject({
      reason: 'placements.noShowTooEarly',
    });
    await expect(ask(people.homeCoordinator, 'no-show', null, 75)).rejects.toMatchObject({
      code: 'forbidden',
    });
    await ask(people.hostCoordinator, 'no-show', null, 75, 'Nobody came and nobody wrote');
    await expect(decide(people.hostCoordinator, 'granted', 76)).rejects.toMatchObject({ code: 'forbidden' });
    await decide(people.homeCoordinator, 'granted', 76);
    expect((await stayRow(db, reference)).state).toBe('no-show');
    // The days are free again.
    await addStay(db, now, { people, from: 90, until: 120 });
  });

  test('force majeure before the arrival cancels, after it the departure is expected', async () => {
    await ask(people.student, 'force-majeure', null, 1, 'Borders closed');
    await expect(decide(people.hostCoordinator, 'granted', 2)).rejects.toMatchObject({ code: 'forbidden' });
    await decide(people.homeCoordinator, 'granted', 2);
    expect((await stayRow(db, reference)).state).toBe('cancelled');

    ({ reference } = await addStay(db, now, { people }).then((made) => {
      people = made.people;
      return made;
    }));
    await makeArrived(db, people, reference, now);
    await ask(people.homeCoordinator, 'force-majeure', null, 90, 'Recalled');
    await expect(decide(people.homeCoordinator, 'granted', 91)).rejects.toMatchObject({ code: 'forbidden' });
    await decide(people.hostCoordinator, 'granted', 91);
    const row = await stayRow(db, reference);
    expect([row.state, row.ends_on]).toEqual(['stay', onDay(now, 91)]);
    expect((await stayPage(db, people.hostCoordinator, reference, at(91))).turn.act).toBe('confirmDeparture');
  });

  test('reasons are not the host supervisor’s to read', async () => {
    await makeArrived(db, people, reference, now);
    await ask(people.student, 'early-return', 105, 100, 'I am ill');
    const reasonFor = async (who: StayPeople['student']) =>
      (await stayPage(db, who, reference, at(100))).requests[0]?.reason;
    expect(await reasonFor(people.hostCoordinator)).toBe('I am ill');
    expect(await reasonFor(people.hostSupervisor)).toBeNull();
  });
});

describe('monthly notes', () => {
  const write = (month: string, words: string, today: number, known?: string) =>
    writeNote(db, people.student, { reference, month, words, locale: 'en', revision: known }, at(today));

  test('one a month, anew until the month after ends, by the participant alone', async () => {
    await makeArrived(db, people, reference, now);
    await write('2027-02-01', 'Batch tests done.', 80);
    await expect(write('2027-02-01', 'Twice.', 80)).rejects.toMatchObject({ code: 'stale' });
    const [note] = (await stayPage(db, people.student, reference, at(80))).notes;
    await write('2027-02-01', 'Batch tests done, two failed.', 100, note?.revision);
    await expect(write('2026-12-01', 'Too early.', 80)).rejects.toMatchObject({
      reason: 'placements.monthClosed',
    });
    await expect(write('2027-03-01', 'Not yet.', 80)).rejects.toMatchObject({
      reason: 'placements.monthClosed',
    });
    await expect(write('2027-01-01', 'Too late.', 105)).rejects.toMatchObject({
      reason: 'placements.monthClosed',
    });
    const input = { reference, month: '2027-02-01', words: 'x', locale: 'en' };
    await expect(writeNote(db, people.hostSupervisor, input, at(80))).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(
      (await stayPage(db, people.hostSupervisor, reference, at(101))).notes.map((one) => one.words),
    ).toEqual(['Batch tests done, two failed.']);
  });
});

describe('departure', () => {
  test('is the host’s, explained where it is another day, after the arrival and over no open request', async () => {
    await makeArrived(db, people, reference, now);
    const leave = async (who: StayPeople['student'], day: number, reason?: string) =>
      confirmDeparture(
        db,
        who,
        { reference, revision: await revision(), leftOn: onDay(now, day), reason },
        at(113),
      );
    await expect(leave(people.homeCoordinator, 112)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(leave(people.hostCoordinator, 60)).rejects.toMatchObject({
      fields: { leftOn: ['placements.leftBeforeArrival'] },
    });
    await expect(leave(people.hostCoordinator, 110)).rejects.toMatchObject({
      fields: { reason: ['placements.otherDayNeedsReason'] },
    });
    await makeRequest(
      db,
      people.student,
      { reference, kind: 'extension', newDate: onDay(now, 130), reason: 'More' },
      at(111),
    );
    await expect(leave(people.hostCoordinator, 112)).rejects.toMatchObject({
      reason: 'placements.requestOpen',
    });
    await decideRequest(
      db,
      people.hostCoordinator,
      { reference, number: 1, outcome: 'refused', reason: 'No place' },
      at(112),
    );
    await leave(people.hostCoordinator, 112);
    expect((await stayRow(db, reference)).state).toBe('returned');
  });
});

describe('closing', () => {
  const later = at(120);
  const sign = async (who: StayPeople['student'], as: Capacity, hashShown?: string) =>
    signClosing(
      db,
      who,
      { reference, hashShown: hashShown ?? (await laidHash(db, reference, 'closing')), as, locale: 'en' },
      later,
    );
  const lay = async (who = people.homeCoordinator) =>
    layClosing(db, who, { reference, revision: await revision() });

  test('what is missing is named; a draft of the report is its author’s alone', async () => {
    await makeReturned(db, people, reference, now);
    await expect(lay()).rejects.toMatchObject({ reason: 'placements.closingNeeds.report' });
    const draft = { reference, revision: await revision(), report: 'Half', locale: 'ru', submit: false };
    await writeReport(db, people.student, draft, later);
    expect((await stayPage(db, people.hostCoordinator, reference, later)).record.report).toBe('');
    expect((await stayPage(db, people.student, reference, later)).record.report).toBe('Half');
    await writeReport(db, people.student, { ...draft, revision: await revision(), submit: true }, later);
    expect((await stayPage(db, people.hostSupervisor, reference, later)).record.report).toBe('Half');
    await expect(lay()).rejects.toMatchObject({ reason: 'placements.closingNeeds.evaluation' });
    const said = { reference, grade: 'good', evaluation: 'Good.', locale: 'ru' };
    for (const who of [people.student, people.hostCoordinator]) {
      await expect(
        evaluateStay(db, who, { ...said, revision: await revision() }, later),
      ).rejects.toMatchObject({ code: 'forbidden' });
    }
    await evaluateStay(db, people.hostSupervisor, { ...said, revision: await revision() }, later);
    await expect(lay()).rejects.toMatchObject({ reason: 'placements.closingNeeds.costs' });
    const spend = async (who: StayPeople['student'], amounts: Record<string, string>) =>
      recordCosts(db, who, { reference, revision: await revision(), amounts });
    await expect(spend(people.student, { travel: '1' })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(spend(people.homeCoordinator, { travel: 'much' })).rejects.toMatchObject({
      fields: { 'amount.travel': ['placements.notAnAmount'] },
    });
    // Each institution writes down only what it pays.
    await spend(people.homeCoordinator, { travel: '46 200', lodging: '1' });
    await expect(lay()).rejects.toMatchObject({ reason: 'placements.closingNeeds.costs' });
    await spend(people.hostCoordinator, { lodging: '60000' });
    await expect(lay()).rejects.toMatchObject({ reason: 'placements.closingNeeds.name' });
    await confirmName(db, people.student);
    await expect(lay(people.student)).rejects.toMatchObject({ code: 'forbidden' });
    await lay();
  });

  test('both coordinators sign, the file closes and the certificate is there, all at once', async () => {
    await makeClosable(db, people, reference, now);
    const outputs = [
      { kind: 'publication', title: 'On P507', identifier: '10.1000/1' },
      { kind: '', title: '', identifier: '' },
    ];
    await recordOutputs(db, people.student, { reference, revision: await revision(), outputs });
    await lay();
    const locked = { reference, revision: await revision(), report: 'Changed', locale: 'en', submit: true };
    await expect(writeReport(db, people.student, locked, later)).rejects.toMatchObject({
      reason: 'placements.closingLaid',
    });
    await expect(sign(people.student, 'participant')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(sign(people.hostSupervisor, 'host-supervisor')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(sign(people.homeCoordinator, 'home-coordinator', 'f'.repeat(64))).rejects.toMatchObject({
      code: 'stale',
    });
    expect(await sign(people.homeCoordinator, 'home-coordinator')).toBe(false);
    expect(await sign(people.homeCoordinator, 'home-coordinator')).toBe(false);
    expect(await sign(people.hostCoordinator, 'host-coordinator')).toBe(true);
    const page = await stayPage(db, people.student, reference, later);
    expect(page.record.state).toBe('closed');
    expect(page.certificate?.number).toMatch(/^CT-2027-\d{4}$/);
    const [certificate] = await rowsOf(
      `select c.content, c.issued_by, c.issued_on::text from certificate c join placement p on p.id = c.placement_id
       where p.reference = $1`,
      [reference],
    );
    expect(certificate).toMatchObject({
      issued_by: people.hostCoordinator.personId,
      content: {
        kind: 'stay',
        name: { latin: 'Deepika Kumari', cyrillic: 'Дипика Кумари' },
        startsOn: onDay(now, 70),
        endsOn: onDay(now, 112),
      },
    });
    await expect(sign(people.hostCoordinator, 'host-coordinator')).rejects.toMatchObject({ code: 'stale' });
  });

  test('no certificate, no closing: a name that is confirmed no longer rolls everything back', async () => {
    await makeClosable(db, people, reference, now);
    await lay();
    await sign(people.homeCoordinator, 'home-coordinator');
    await db.$client.query(`update person set cyrillic_spelling = 'derived' where id = $1`, [
      people.student.personId,
    ]);
    await expect(sign(people.hostCoordinator, 'host-coordinator')).rejects.toMatchObject({
      reason: 'placements.closingNeeds.name',
    });
    const page = await stayPage(db, people.student, reference, later);
    expect([page.record.state, page.certificate]).toEqual(['returned', null]);
    expect(page.closing?.signatures.filter((one) => one.voidedAt === null)).toHaveLength(1);
  });

  test('a closing sent back opens report and costs again, and its signatures are void', async () => {
    await makeClosable(db, people, reference, now);
    await lay();
    await sign(people.homeCoordinator, 'home-coordinator');
    const hashShown = await laidHash(db, reference, 'closing');
    const refusal = { reference, hashShown, as: 'host-coordinator' as const, comments: 'Costs of June' };
    await refuseClosing(db, people.hostCoordinator, refusal);
    const costs = { reference, revision: await revision(), amounts: { lodging: '61000' } };
    await recordCosts(db, people.hostCoordinator, costs);
    await lay(people.hostCoordinator);
    await sign(people.homeCoordinator, 'home-coordinator');
    expect(await sign(people.hostCoordinator, 'host-coordinator')).toBe(true);
  });

  test('late reports and evaluations are told once to whoever owes them', async () => {
    await makeReturned(db, people, reference, now);
    await remindOfClosing(db, at(130));
    await remindOfClosing(db, at(150));
    await remindOfClosing(db, at(151));
    const told = await rowsOf<{ cause: string; person_id: string }>(
      `select split_part(d.cause, ':', 3) as cause, d.person_id from delivery d
       join placement p on d.cause like 'placement:' || p.id || ':%:overdue'
       where p.reference = $1 and d.channel = 'inbox' order by 1`,
      [reference],
    );
    expect(told).toEqual([
      { cause: 'evaluation', person_id: people.hostSupervisor.personId },
      { cause: 'report', person_id: people.student.personId },
    ]);
  });
});

test('the amendment of a stay that has begun keeps its dates', async () => {
  await makeArrived(db, people, reference, now);
  const change = { startsOn: onDay(now, 10), endsOn: onDay(now, 300), equipment: 'XRD' };
  await layStay(db, people, reference, now, { change, reason: 'Other device' });
  const page = await stayPage(db, people.student, reference, at(80));
  expect(page.pending?.content).toMatchObject({
    startsOn: onDay(now, 70),
    endsOn: onDay(now, 112),
    equipment: 'XRD',
  });
});

async function keepPassport(validUntil: string): Promise<void> {
  await db.$client.query(
    `insert into vault_fact (id, vault_record_id, side, person_id, field, facts, valid_until, erase_on)
     values (gen_random_uuid(), gen_random_uuid(), 'in', $1, 'passport', '{}', $2, '2030-01-01')`,
    [people.student.personId, validUntil],
  );
}
