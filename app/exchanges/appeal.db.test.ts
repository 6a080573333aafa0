import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { appeal, application } from '#db/schema/exchanges.ts';
import { auditRow, delivery, message } from '#db/schema/platform.ts';
import { useDatabase } from '#tests/support/database.ts';
import {
  addApplication,
  addCall,
  addExchangePeople,
  makeEligible,
  makeNominated,
  revisionOf,
} from '#tests/support/exchange.ts';
import { addPerson } from '#tests/support/thesis.ts';
import { decideAppeal } from './decide-appeal.ts';
import { declineApplication } from './decline-application.ts';
import { findIneligible } from './find-ineligible.ts';
import { makeAppeal } from './make-appeal.ts';
import { moveBySystem } from './move-application.ts';
import { exchangeParts, exchangeRecord } from './record-queries.ts';
import { refuseNomination } from './refuse-nomination.ts';
import { waitingTasks } from './waiting.ts';

const { db } = await useDatabase();
const people = await addExchangePeople(db);
const { homeCoordinator, hostCoordinator } = people;
// A Friday. Tuesday 24 November is a holiday in India, so that the fifth working day is Monday 30 November.
const now = new Date('2026-11-20T10:00:00Z');
const call = await addCall(db, people, now);
const nextDay = new Date('2026-11-21T10:00:00Z');
const lastMinute = new Date('2026-11-30T18:29:59Z');
const tooLate = new Date('2026-11-30T18:30:00Z');

const rowOf = async (reference: string) => {
  const [row] = await db.select().from(application).where(eq(application.reference, reference));
  if (!row) throw new Error(`no ${reference}`);
  return row;
};
const decision = async (reference: string, reason = 'No') => ({
  reference,
  revision: await revisionOf(db, reference),
  reason,
});
const submitted = async () => {
  const student = await addPerson(db, 'IITISM', ['student']);
  return { student, ...(await addApplication(db, student, call, now)) };
};
const ineligible = async () => {
  const made = await submitted();
  await findIneligible(db, homeCoordinator, await decision(made.reference), now);
  return made;
};
const notNominated = async () => {
  const made = await submitted();
  await makeEligible(db, people, made.reference, now);
  await refuseNomination(db, homeCoordinator, await decision(made.reference), now);
  return made;
};
const declined = async () => {
  const made = await submitted();
  await makeNominated(db, people, made.reference, now);
  await declineApplication(db, hostCoordinator, await decision(made.reference), now);
  return made;
};
const ranked = async (step: 'select' | 'placeInReserve' | 'passOver', rank: number) => {
  const made = await submitted();
  await makeEligible(db, people, made.reference, now);
  const set = { rank, score: 4.2, rankedAt: now, dueAt: null };
  const record = await rowOf(made.reference);
  await db.transaction((tx) => moveBySystem(tx, record, step, { set, now }));
  return made;
};
type Made = Awaited<ReturnType<typeof submitted>>;

const words = 'The certificate was attached on page 3.';
const appealed = async ({ student, reference }: Made, at = nextDay, said = words) =>
  makeAppeal(
    db,
    student,
    { reference, revision: await revisionOf(db, reference), words: said, locale: 'en' },
    at,
  );
const decided = async (reference: string, outcome: string, who = homeCoordinator, reason = 'New facts.') =>
  decideAppeal(db, who, { reference, revision: await revisionOf(db, reference), outcome, reason }, nextDay);
const told = async (code: string, cause: string) => {
  const rows = await db
    .select({ personId: delivery.personId, cause: delivery.cause })
    .from(delivery)
    .innerJoin(message, eq(message.id, delivery.messageId))
    .where(eq(message.code, `exchanges.${code}`));
  return rows.filter((row) => row.cause.startsWith(cause)).map((row) => row.personId);
};
const appealOf = async (id: string) => {
  const [found] = await db.select().from(appeal).where(eq(appeal.applicationId, id));
  if (!found) throw new Error('no appeal');
  return found;
};

describe('an appeal', () => {
  it('is made by the applicant, and the institution that decided is told', async () => {
    const made = await ineligible();
    await appealed(made);
    const found = await appealOf(made.id);
    expect(found).toMatchObject({
      against: 'ineligible',
      words,
      institutionId: homeCoordinator.institutionId,
      outcome: null,
    });
    expect(await told('appealed', `appeal:${found.id}`)).toEqual(
      expect.arrayContaining([made.student.personId, homeCoordinator.personId]),
    );
    const page = await exchangeRecord(db, homeCoordinator, made.reference, nextDay);
    expect(page.may).toMatchObject({ decideAppeal: true, check: false });
    const tasks = await waitingTasks(db, homeCoordinator, nextDay);
    expect(tasks.map(({ href }) => href)).toContain(`/exchanges/${made.reference}/appeal/decision`);
  });

  it('is for the host where the host declined', async () => {
    const made = await declined();
    await appealed(made);
    expect((await appealOf(made.id)).institutionId).toBe(hostCoordinator.institutionId);
    await expect(decided(made.reference, 'upheld')).rejects.toMatchObject({ code: 'forbidden' });
    await decided(made.reference, 'upheld', hostCoordinator);
    expect(await rowOf(made.reference)).toMatchObject({
      state: 'nominated',
      hostDecidedAt: null,
      homeDecidedBy: homeCoordinator.personId,
    });
  });

  it('is possible until the end of the fifth working day of the applicant’s side, and not a second longer', async () => {
    const inTime = await ineligible();
    const waits = async (at: Date) =>
      (await waitingTasks(db, inTime.student, at)).filter(({ text }) => text === 'exchanges:waiting.appeal');
    expect(await waits(nextDay)).toMatchObject([{ dueOn: '2026-11-30' }]);
    await appealed(inTime, lastMinute);
    expect(await waits(nextDay)).toEqual([]);
    const late = await ineligible();
    await expect(appealed(late, tooLate)).rejects.toMatchObject({
      code: 'invalid',
      reason: 'exchanges.appealLate',
      params: { date: '30\u00a0November\u00a02026' },
    });
    expect((await exchangeRecord(db, late.student, late.reference, tooLate)).may.appeal).toBe(false);
    expect(await db.select().from(appeal).where(eq(appeal.applicationId, late.id))).toEqual([]);
  });

  it('follows the calendar of the applicant’s side, not of the one that decided', async () => {
    const fromMoscow = await addExchangePeopleOfMoscow();
    const made = await addApplication(db, fromMoscow.student, fromMoscow.call, now, {
      fields: { hostInstitutionId: homeCoordinator.institutionId },
    });
    await findIneligible(db, fromMoscow.home, await decision(made.reference), now);
    const page = await exchangeRecord(db, fromMoscow.student, made.reference, nextDay);
    // Nothing is celebrated in Russia that week.
    expect(page.appeal).toMatchObject({ side: 'ru', lastDay: '2026-11-27', over: false });
  });

  it('says why, and is made once for each decision', async () => {
    const made = await notNominated();
    await expect(appealed(made, nextDay, '  ')).rejects.toMatchObject({
      fields: { words: ['exchanges.giveAppeal'] },
    });
    await expect(appealed(made, nextDay, 'я'.repeat(4001))).rejects.toMatchObject({
      fields: { words: ['exchanges.letterTooLong'] },
    });
    const both = await Promise.allSettled([appealed(made), appealed(made)]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    await decided(made.reference, 'rejected');
    await expect(appealed(made)).rejects.toMatchObject({ code: 'stale', reason: 'exchanges.appealOnce' });
  });

  it('is refused to everybody else, and where nothing has been decided', async () => {
    const made = await ineligible();
    for (const who of [homeCoordinator, hostCoordinator]) {
      await expect(appealed({ ...made, student: who })).rejects.toMatchObject({ code: 'forbidden' });
    }
    const stranger = await addPerson(db, 'IITISM', ['student']);
    await expect(appealed({ ...made, student: stranger })).rejects.toMatchObject({ code: 'not-found' });
    await expect(appealed(await submitted())).rejects.toMatchObject({ code: 'stale' });
  });
});

describe('the decision on an appeal', () => {
  it.each([
    ['ineligible', ineligible, { state: 'submitted', eligibilityDecidedAt: null }],
    ['not-nominated', notNominated, { state: 'eligible', homeDecidedAt: null }],
  ] as const)('upholds it against “%s” and takes the decision back', async (_, ended, expected) => {
    const made = await ended();
    await appealed(made);
    await decided(made.reference, 'upheld');
    const row = await rowOf(made.reference);
    expect(row).toMatchObject(expected);
    expect(await told('appealUpheld', `application:${made.id}`)).toContain(made.student.personId);
    expect((await appealOf(made.id)).outcome).toBe('upheld');
    const rows = await db.select().from(auditRow).where(eq(auditRow.subjectId, made.id));
    expect(rows.map(({ code }) => code)).toContain('appeal.uphold');
  });

  it('leads a place of the ranking back to the nomination', async () => {
    const made = await ranked('select', 1);
    await refuseNomination(db, homeCoordinator, await decision(made.reference), now);
    await appealed(made);
    await decided(made.reference, 'upheld');
    const row = await rowOf(made.reference);
    expect(row).toMatchObject({ state: 'selected', homeDecidedBy: null });
    expect(row.dueAt?.toISOString()).toBe('2026-12-10T10:00:00.000Z');
  });

  it('rejects it with a reason, never without, and the decision stands', async () => {
    const made = await ineligible();
    await appealed(made);
    await expect(decided(made.reference, '')).rejects.toMatchObject({
      fields: { outcome: ['exchanges.decide'] },
    });
    await expect(decided(made.reference, 'rejected', homeCoordinator, ' ')).rejects.toMatchObject({
      fields: { reason: ['reasonRequired'] },
    });
    await decided(made.reference, 'rejected');
    expect(await rowOf(made.reference)).toMatchObject({ state: 'ineligible', stateReason: 'No' });
    const found = await appealOf(made.id);
    expect(await told('appealRejected', `appeal:${found.id}`)).toContain(made.student.personId);
    const page = await exchangeRecord(db, made.student, made.reference, nextDay);
    expect(page.may.appeal).toBe(false);
    const { history } = await exchangeParts(db, page);
    expect(history.map(({ code, words: said }) => [code, said]).slice(0, 3)).toEqual([
      ['appeal.reject', 'New facts.'],
      ['appeal.make', words],
      ['findIneligible', 'No'],
    ]);
  });

  it('belongs to one coordinator of that institution, once', async () => {
    const made = await ineligible();
    await expect(decided(made.reference, 'upheld')).rejects.toMatchObject({ code: 'stale' });
    await appealed(made);
    for (const who of [hostCoordinator, made.student]) {
      await expect(decided(made.reference, 'upheld', who)).rejects.toMatchObject({ code: 'forbidden' });
    }
    const second = await addPerson(db, 'IITISM', ['coordinator']);
    const both = await Promise.allSettled([
      decided(made.reference, 'upheld'),
      decided(made.reference, 'rejected', second),
    ]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find((one) => one.status === 'rejected')?.reason).toMatchObject({ code: 'stale' });
  });

  it('is told to be old, not forbidden, to a colleague who comes after it was upheld', async () => {
    const made = await ineligible();
    await appealed(made);
    const revision = await revisionOf(db, made.reference);
    await decided(made.reference, 'upheld');
    const late = (who: typeof homeCoordinator) =>
      decideAppeal(
        db,
        who,
        { reference: made.reference, revision, outcome: 'rejected', reason: 'No' },
        nextDay,
      );
    const second = await addPerson(db, 'IITISM', ['coordinator']);
    await expect(late(second)).rejects.toMatchObject({ code: 'stale' });
    for (const who of [hostCoordinator, made.student])
      await expect(late(who)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it.each([
    ['puts whoever was passed over on the reserve list', 1, { state: 'reserve', dueAt: null }],
    ['gives them the place where one is still free', 2, { state: 'selected', stateReason: 'placeFree' }],
  ] as const)('%s', async (_, places, expected) => {
    const other = await addCall(db, people, now, { placesToRu: places });
    const placed = async (step: 'select' | 'passOver', rank: number) => {
      const student = await addPerson(db, 'IITISM', ['student']);
      const made = { student, ...(await addApplication(db, student, other, now)) };
      await makeEligible(db, people, made.reference, now);
      const record = await rowOf(made.reference);
      const set = { rank, score: 4.2, rankedAt: now, dueAt: null };
      await db.transaction((tx) => moveBySystem(tx, record, step, { set, now }));
      return made;
    };
    await placed('select', 1);
    const made = await placed('passOver', 2);
    await appealed(made);
    await decided(made.reference, 'upheld');
    expect(await rowOf(made.reference)).toMatchObject({ ...expected, rank: 2 });
    expect(await told('appealUpheld', `application:${made.id}`)).toContain(made.student.personId);
  });

  it('keeps the words of both decisions when the second is the same', async () => {
    const made = await ineligible();
    await appealed(made);
    await decided(made.reference, 'upheld');
    await findIneligible(db, homeCoordinator, await decision(made.reference, 'Still not'), nextDay);
    const page = await exchangeRecord(db, made.student, made.reference, nextDay);
    expect(page.may.appeal).toBe(true);
    const { history } = await exchangeParts(db, page);
    const refusals = history.filter(({ code }) => code === 'findIneligible');
    expect(refusals.map(({ words: said }) => said)).toEqual(['Still not', 'No']);
  });
});

async function addExchangePeopleOfMoscow() {
  const home = await addPerson(db, 'GIREDMET', ['coordinator']);
  const student = await addPerson(db, 'GIREDMET', ['student']);
  const both = { student, homeCoordinator: people.homeCoordinator, hostCoordinator: home };
  const reference = await addCall(db, both, now, { direction: 'ru-in', placesToIn: 2, placesToRu: 0 });
  return { home, student, call: reference };
}
