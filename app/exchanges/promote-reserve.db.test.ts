import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { application, call as calls } from '#db/schema/exchanges.ts';
import { auditRow, delivery, message } from '#db/schema/platform.ts';
import { useDatabase } from '#tests/support/database.ts';
import {
  addApplication,
  addCall,
  addExchangePeople,
  agreedStay,
  makeEligible,
  revisionOf,
} from '#tests/support/exchange.ts';
import { addPerson } from '#tests/support/thesis.ts';
import { acceptApplication } from './accept-application.ts';
import { declineApplication } from './decline-application.ts';
import { findEligible } from './find-eligible.ts';
import { moveBySystem } from './move-application.ts';
import { nominateApplication } from './nominate-application.ts';
import { promoteReserve } from './promote-reserve.ts';
import { refuseNomination } from './refuse-nomination.ts';
import { withdrawApplication } from './withdraw-application.ts';

const { db } = await useDatabase();
const people = await addExchangePeople(db);
const { homeCoordinator, hostCoordinator } = people;
const now = new Date('2026-11-20T10:00:00Z');

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
const ranked = async (call: string, step: 'select' | 'placeInReserve', rank: number) => {
  const student = await addPerson(db, 'IITISM', ['student']);
  const made = await addApplication(db, student, call, now);
  await makeEligible(db, people, made.reference, now);
  const record = await rowOf(made.reference);
  const set = { rank, score: 5 - rank / 10, rankedAt: now, dueAt: null };
  await db.transaction((tx) => moveBySystem(tx, record, step, { set, now }));
  return { ...made, student };
};
/** A call with so many places, all given, and two people in reserve. */
const board = async (places = 1) => {
  const call = await addCall(db, people, now, { placesToRu: places });
  const selected = [];
  for (let rank = 1; rank <= places; rank += 1) selected.push(await ranked(call, 'select', rank));
  // The order of the list counts, not that of the applications.
  const second = await ranked(call, 'placeInReserve', places + 2);
  const first = await ranked(call, 'placeInReserve', places + 1);
  const [selectedFirst] = selected;
  if (!selectedFirst) throw new Error('nobody selected');
  return { call, selected, taken: selectedFirst, first, second };
};
const nominate = async (reference: string) =>
  nominateApplication(db, homeCoordinator, { ...(await decision(reference)), confirmed: true }, now);

describe('a place that becomes free', () => {
  it.each([
    [
      'withdrawn',
      async ({ student, reference }: { student: typeof people.student; reference: string }) =>
        withdrawApplication(db, student, await decision(reference), now),
    ],
    [
      'notNominated',
      async ({ reference }: { reference: string }) =>
        refuseNomination(db, homeCoordinator, await decision(reference), now),
    ],
    [
      'declined',
      async ({ reference }: { reference: string }) => {
        await nominate(reference);
        await declineApplication(db, hostCoordinator, await decision(reference), now);
      },
    ],
  ])('goes to the first of the reserve list when the application was %s', async (reason, end) => {
    const { taken, first, second } = await board();
    await end(taken);
    const promoted = await rowOf(first.reference);
    expect(promoted).toMatchObject({ state: 'selected', stateReason: reason, stateBy: null });
    expect(promoted.dueAt?.toISOString()).toBe('2026-12-10T10:00:00.000Z');
    expect((await rowOf(second.reference)).state).toBe('reserve');
    const rows = await db.select().from(auditRow).where(eq(auditRow.subjectId, first.id));
    expect(rows.find(({ code }) => code === 'application.promote')).toMatchObject({
      actorKind: 'system',
      facts: { reason, from: 'reserve', to: 'selected' },
    });
    const told = await db
      .select({ personId: delivery.personId, cause: delivery.cause })
      .from(delivery)
      .innerJoin(message, eq(message.id, delivery.messageId))
      .where(eq(message.code, 'exchanges.promoted'));
    const mine = told.filter(({ cause }) => cause.startsWith(`application:${first.id}:`));
    expect(mine.map(({ personId }) => personId)).toEqual(
      expect.arrayContaining([first.student.personId, homeCoordinator.personId]),
    );
  });

  it('goes to two people when two are freed at once', async () => {
    const { selected, first, second } = await board(2);
    await Promise.all(
      selected.map(async ({ student, reference }) =>
        withdrawApplication(db, student, await decision(reference), now),
      ),
    );
    expect([(await rowOf(first.reference)).state, (await rowOf(second.reference)).state]).toEqual([
      'selected',
      'selected',
    ]);
  });

  it('is not given where every place is taken, and not to whoever was nominated without a ranking', async () => {
    const { call, taken, first } = await board();
    const record = await rowOf(taken.reference);
    await db.transaction(async (tx) => {
      const freed = { callId: record.callId, hostSide: 'ru', reason: 'declined', now } as const;
      expect(await promoteReserve(tx, freed)).toBeNull();
      // Nobody in reserve wants to go to Dhanbad.
      expect(await promoteReserve(tx, { ...freed, hostSide: 'in' })).toBeNull();
    });
    const outside = await addPerson(db, 'IITISM', ['student']);
    const { reference } = await addApplication(db, outside, call, now);
    await withdrawApplication(db, outside, await decision(reference), now);
    expect((await rowOf(first.reference)).state).toBe('reserve');
  });

  it('is not taken from the ranked by whoever is found eligible after the ranking', async () => {
    const { call, first, second } = await board();
    const apply = async () => addApplication(db, await addPerson(db, 'IITISM', ['student']), call, now);
    const [{ reference }, { reference: next }] = [await apply(), await apply()];
    const of = eq(calls.reference, call);
    await db.update(calls).set({ state: 'decided', reviewersPerApplication: 2 }).where(of);
    await findEligible(db, homeCoordinator, await decision(reference), now);
    expect(await rowOf(reference)).toMatchObject({ state: 'reserve', rank: 4, score: null });
    expect([(await rowOf(first.reference)).rank, (await rowOf(second.reference)).rank]).toEqual([2, 3]);
    // A direction with a place to spare is taken in the order of the list.
    await db.update(calls).set({ placesToRu: 5 }).where(of);
    for (const one of [first, second]) {
      await withdrawApplication(db, one.student, await decision(one.reference), now);
    }
    await findEligible(db, homeCoordinator, await decision(next), now);
    expect((await rowOf(reference)).state).toBe('selected');
    expect(await rowOf(next)).toMatchObject({ state: 'reserve', rank: 5 });
  });

  it('stays with whoever was accepted', async () => {
    const { taken, first } = await board();
    const supervisor = await addPerson(db, 'GIREDMET', ['supervisor']);
    await nominate(taken.reference);
    const stay = agreedStay(supervisor, now);
    await acceptApplication(db, hostCoordinator, { ...(await decision(taken.reference)), stay }, now);
    const { callId } = await rowOf(taken.reference);
    await db.transaction(async (tx) => {
      const freed = { callId, hostSide: 'ru', reason: 'declined', now } as const;
      expect(await promoteReserve(tx, freed)).toBeNull();
    });
    expect((await rowOf(first.reference)).state).toBe('reserve');
  });

  it('leaves five working days where the call’s own date has passed', async () => {
    const { call, taken, first } = await board();
    await db
      .update(calls)
      .set({ nominateBy: new Date('2026-12-01T00:00:00Z') })
      .where(eq(calls.reference, call));
    const late = new Date('2026-12-02T10:00:00Z');
    await withdrawApplication(db, taken.student, await decision(taken.reference), late);
    expect((await rowOf(first.reference)).dueAt?.toISOString()).toBe('2026-12-09T18:29:00.000Z');
  });

  it('is kept where the promotion fails: nothing of the withdrawal is left either', async () => {
    const { taken, first } = await board();
    await db.execute(
      `create function refuse() returns trigger language plpgsql as 'begin if new.code = ''exchanges.promoted'' then raise exception ''no''; end if; return new; end'`,
    );
    await db.execute(`create trigger refuse before insert on message for each row execute function refuse()`);
    const input = await decision(taken.reference);
    await expect(withdrawApplication(db, taken.student, input, now)).rejects.toThrow();
    await db.execute('drop trigger refuse on message');
    expect((await rowOf(taken.reference)).state).toBe('selected');
    expect((await rowOf(first.reference)).state).toBe('reserve');
  });
});
