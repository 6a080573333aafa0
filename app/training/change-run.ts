import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { forbidden, invalid, stale } from '#app/platform/outcome.ts';
import type { Db, Tx } from '#db/client.server.ts';
import { courseRun, courseSeat, enrolment, SEAT_POOLS, type SeatPool } from '#db/schema/training.ts';
import { instructorsAmong } from './instructor-queries.ts';
import { trainingRules } from './policy.ts';
import { lockRun, type OneRun } from './scope.ts';
import { seatWaiting } from './seat-waiting.ts';
import { type Capacity, poolsOf, reseatHolders } from './seating.ts';

export type RunChange = Capacity & { reference: string; revision: string; instructorId: string | null };

/**
 * The host's coordinator changes the seats of a run, its quotas, or its instructor. New seats go to those who wait;
 * seats are taken from nobody: a size in which those who hold seats or offers do not fit is refused.
 *
 * @throws Refusal `not-found`, `forbidden`, `stale`, `invalid`
 */
export async function changeRun(
  db: Db,
  actor: PersonActor,
  input: RunChange,
  now = new Date(),
): Promise<void> {
  await db.transaction(async (tx) => {
    const run = await lockRun(tx, input);
    if (!permits(trainingRules['training.arrange'], actor, run)) throw forbidden();
    if (run.revision !== input.revision) throw stale();
    const { seats, quotaIn, quotaRu, instructorId } = input;
    if (quotaIn + quotaRu > seats) {
      throw invalid('invalid', { fields: { seats: ['training.quotasBeyondSeats'] } });
    }
    if (instructorId && !(await instructorsAmong(tx, [instructorId])).has(instructorId)) {
      throw invalid('invalid', { fields: { instructor: ['choice'] } });
    }
    const next = { seats, quotaIn, quotaRu };
    await resize(tx, run, next);
    await tx
      .update(courseRun)
      .set({ ...next, instructorId, revision: uuidv7() })
      .where(eq(courseRun.id, run.id));
    await audit(tx, {
      code: 'course-run.change',
      actor,
      subject: { type: 'course-run', id: run.id },
      institutionId: run.hostInstitutionId,
      facts: { ...next, seatsBefore: run.seats, instructor: instructorId },
    });
    await seatWaiting(tx, { ...run, ...next, instructorId }, now);
  });
}

/** Adds the seats there are to be, moves those who have to move, and only then takes away what is too much. */
async function resize(tx: Tx, run: OneRun, next: Capacity): Promise<void> {
  const holders = await tx
    .select()
    .from(enrolment)
    .where(and(eq(enrolment.runId, run.id), inArray(enrolment.state, ['offered', 'confirmed'])))
    .orderBy(asc(enrolment.queueNumber));
  const seating = reseatHolders(
    next,
    holders.map(({ id, side, queueNumber, seatPool }) => ({ id, side, queueNumber, pool: seatPool })),
  );
  if (!seating) {
    const held = (side: 'in' | 'ru') => holders.filter((one) => one.side === side).length;
    throw invalid('training.seatsTaken', {
      params: { held: holders.length, in: held('in'), ru: held('ru') },
    });
  }
  const before = poolsOf(run);
  const after = poolsOf(next);
  const fresh = SEAT_POOLS.flatMap((pool) =>
    Array.from({ length: Math.max(0, after[pool] - before[pool]) }, () => ({ runId: run.id, pool })),
  );
  if (fresh.length > 0) await tx.insert(courseSeat).values(fresh);
  // Those who leave the surplus go first: then whoever has to go there finds it free.
  const movers = holders
    .map(({ id, side, seatPool }) => ({ id, side, from: seatPool, to: seating.get(id) ?? side }))
    .filter(({ from, to }) => from !== to)
    .toSorted((a, b) => Number(a.to === 'surplus') - Number(b.to === 'surplus'));
  for (const { id, to } of movers) {
    const [free] = await freeSeatsOf(tx, run.id, to, 1);
    if (!free) throw new Error(`run ${run.reference} has no free ${to} seat`);
    await tx.update(enrolment).set({ seatId: free, seatPool: to }).where(eq(enrolment.id, id));
  }
  for (const pool of SEAT_POOLS) {
    const extra = before[pool] - after[pool];
    if (extra <= 0) continue;
    const gone = await freeSeatsOf(tx, run.id, pool, extra);
    await tx.delete(courseSeat).where(inArray(courseSeat.id, gone));
  }
}

async function freeSeatsOf(tx: Tx, runId: string, pool: SeatPool, count: number): Promise<string[]> {
  const rows = await tx
    .select({ id: courseSeat.id })
    .from(courseSeat)
    .leftJoin(enrolment, eq(enrolment.seatId, courseSeat.id))
    .where(and(eq(courseSeat.runId, runId), eq(courseSeat.pool, pool), isNull(enrolment.id)))
    .limit(count);
  return rows.map((row) => row.id);
}
