import { eq } from 'drizzle-orm';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { application, call } from '#db/schema/exchanges.ts';
import { auditRow } from '#db/schema/platform.ts';
import { useDatabase } from '#tests/support/database.ts';
import { addApplication, addCall, addExchangePeople, hashOf } from '#tests/support/exchange.ts';
import { addPerson } from '#tests/support/thesis.ts';
import { acceptingOf } from './accepting.ts';
import { listCalls } from './call-queries.ts';
import { extendCall } from './extend-call.ts';
import { archiveFinished, closePassed } from './jobs.ts';
import { signCall } from './sign-call.ts';

const { db } = await useDatabase();
const people = await addExchangePeople(db);
const { homeCoordinator, hostCoordinator, student } = people;
const now = new Date('2026-11-21T10:00:00Z');
const inDays = (days: number, milliseconds = 0) => new Date(now.getTime() + days * 86_400_000 + milliseconds);
const rowOf = async (reference: string) => {
  const [found] = await db.select().from(call).where(eq(call.reference, reference));
  if (!found) throw new Error('No call');
  return found;
};
const reason = { en: 'More time', ru: 'Больше времени' };

/** Signed by both; a refusal is told by its reason. */
async function extend(reference: string, days: number, at: Date): Promise<string> {
  try {
    const dates = {
      deadline: inDays(days).toISOString(),
      nominateBy: inDays(days + 10).toISOString(),
      answerBy: inDays(days + 20).toISOString(),
    };
    await extendCall(
      db,
      homeCoordinator,
      { reference, hashShown: await hashOf(db, reference), ...dates, reason },
      at,
    );
    for (const actor of [homeCoordinator, hostCoordinator]) {
      await signCall(db, actor, { reference, hashShown: await hashOf(db, reference), locale: 'en' }, at);
    }
    return 'extended';
  } catch (error) {
    return (error as { reason?: string }).reason ?? String(error);
  }
}

describe('closing', () => {
  it('comes after the deadline, not at it, once, by the system', async () => {
    const reference = await addCall(db, people, now);
    await closePassed(db, inDays(10));
    expect((await rowOf(reference)).state).toBe('published');
    await Promise.all([closePassed(db, inDays(10, 1)), closePassed(db, inDays(10, 1))]);
    const closed = await rowOf(reference);
    expect(closed).toMatchObject({ state: 'closed', stateBy: null });
    await closePassed(db, inDays(12));
    const rows = await db.select().from(auditRow).where(eq(auditRow.subjectId, closed.id));
    expect(rows.filter(({ code }) => code === 'call.close')).toHaveLength(1);
    const { open, past } = await listCalls(db, inDays(10, 1));
    expect(open.map((one) => one.reference)).not.toContain(reference);
    expect(past.map((one) => one.reference)).toContain(reference);
  });

  it('a deadline that has passed counts before the job has come', async () => {
    const reference = await addCall(db, people, now);
    const { past } = await listCalls(db, inDays(10, 1));
    expect(past.map((one) => one.reference)).toContain(reference);
    expect(acceptingOf(await rowOf(reference), inDays(10))).toBe('open');
    expect(acceptingOf(await rowOf(reference), inDays(10, 1))).toBe('passed');
  });

  it('and extensions, in whatever order they come, leave the call open exactly until the latest one signed', async () => {
    const act = fc.oneof(
      fc.record({ kind: fc.constant('close' as const), pass: fc.integer({ min: 0, max: 12 }) }),
      fc.record({
        kind: fc.constant('extend' as const),
        pass: fc.integer({ min: 0, max: 6 }),
        by: fc.integer({ min: -5, max: 15 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 2, maxLength: 6 }), async (acts) => {
        const reference = await addCall(db, people, now);
        let [day, deadline] = [0, 10];
        for (const one of acts) {
          day += one.pass;
          if (one.kind === 'close') {
            await closePassed(db, inDays(day));
            expect((await rowOf(reference)).state).toBe(day > deadline ? 'closed' : 'published');
          } else {
            const came = await extend(reference, deadline + one.by, inDays(day));
            const right = one.by > 0 && deadline + one.by > day;
            expect(came).toBe(right ? 'extended' : 'invalid');
            if (right) deadline += one.by;
          }
          const found = await rowOf(reference);
          expect(found.deadline).toEqual(inDays(deadline));
          expect(acceptingOf(found, inDays(day))).toBe(day > deadline ? 'passed' : 'open');
        }
      }),
      { numRuns: 12 },
    );
  }, 60_000);
});

describe('archiving', () => {
  it('waits until nothing is open, and three months after the last stay', async () => {
    const reference = await addCall(db, people, now);
    await addApplication(db, await addPerson(db, 'IITISM', ['student']), reference, now, { submit: false });
    const { id } = await addApplication(db, student, reference, now);
    await closePassed(db, inDays(11));
    const { stayUntil } = await rowOf(reference);
    const [early, late] = [90, 91].map((days) => new Date(Date.parse(stayUntil) + days * 86_400_000));
    if (!early || !late) throw new Error('No dates');
    await archiveFinished(db, late);
    expect((await rowOf(reference)).state).toBe('closed');
    await db
      .update(application)
      .set({ state: 'withdrawn', withdrawnAt: now, dueAt: null })
      .where(eq(application.id, id));
    await archiveFinished(db, early);
    expect((await rowOf(reference)).state).toBe('closed');
    await Promise.all([archiveFinished(db, late), archiveFinished(db, late)]);
    expect(await rowOf(reference)).toMatchObject({ state: 'archived', stateBy: null });
    expect((await listCalls(db, late)).past.map((one) => one.reference)).not.toContain(reference);
  });
});
