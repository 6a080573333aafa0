import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { system } from '#app/platform/actor.ts';
import { notify } from '#app/platform/notify.server.ts';
import type { Tx } from '#db/client.server.ts';
import { courseSeat, enrolment, enrolmentMove, type MoveCause, type SeatPool } from '#db/schema/training.ts';
import { confirmedMessage, offeredMessage, waitingMessage } from './messages.ts';
import { moveEnrolment } from './move-enrolment.ts';
import { closesAt, offerUntil } from './run-clock.ts';
import type { Enrolment, OneRun } from './scope.ts';
import { type Seating, seatPeople } from './seating.ts';

const by = system('training.seat');

/**
 * Gives free seats to those who are next, and tells everybody whose place changed why. Called under the lock of the
 * run after whatever changed something: an arrival, a withdrawal, an offer that lapsed, a larger run.
 *
 * @param arrival the enrolment that enters the queue now: it takes a free seat at once, without an offer
 */
export async function seatWaiting(tx: Tx, run: OneRun, now: Date, arrival?: Enrolment): Promise<void> {
  const standing = await tx
    .select()
    .from(enrolment)
    .where(and(eq(enrolment.runId, run.id), inArray(enrolment.state, ['waiting', 'offered', 'confirmed'])))
    .orderBy(asc(enrolment.queueNumber));
  const people = [...standing, ...(arrival ? [arrival] : [])];
  const byId = new Map(people.map((one) => [one.id, one]));
  const seating = seatPeople(
    run,
    people.map(({ id, side, queueNumber, seatPool }) => ({ id, side, queueNumber, pool: seatPool })),
    now < closesAt(run, run.timeZone),
  );
  const seats = await freeSeats(tx, run.id);
  const take = (pool: SeatPool): string => {
    const seat = seats[pool].pop();
    if (!seat) throw new Error(`run ${run.reference} has no free ${pool} seat`);
    return seat;
  };
  for (const { id, to } of seating.moves) {
    const left = byId.get(id)?.seatId;
    await tx
      .update(enrolment)
      .set({ seatId: take(to), seatPool: to })
      .where(eq(enrolment.id, id));
    if (left) seats.surplus.push(left);
  }
  for (const { id, pool } of seating.seated) {
    const record = byId.get(id);
    if (record) await giveSeat(tx, run, record, { id: take(pool), pool }, record === arrival, now);
  }
  await tellPlaces(tx, run, seating, people, arrival, now);
}

async function freeSeats(tx: Tx, runId: string): Promise<Record<SeatPool, string[]>> {
  const rows = await tx
    .select({ id: courseSeat.id, pool: courseSeat.pool })
    .from(courseSeat)
    .leftJoin(enrolment, eq(enrolment.seatId, courseSeat.id))
    .where(and(eq(courseSeat.runId, runId), isNull(enrolment.id)));
  const seats: Record<SeatPool, string[]> = { in: [], ru: [], surplus: [] };
  for (const { id, pool } of rows) seats[pool].push(id);
  return seats;
}

async function giveSeat(
  tx: Tx,
  run: OneRun,
  record: Enrolment,
  seat: { id: string; pool: SeatPool },
  atOnce: boolean,
  now: Date,
): Promise<void> {
  const until = offerUntil(run, run.timeZone, now);
  const moved = await moveEnrolment(tx, run, record, {
    name: atOnce ? 'seat' : 'offer',
    actor: by,
    set: { seatId: seat.id, seatPool: seat.pool, place: null, offeredUntil: atOnce ? null : until },
    facts: { pool: seat.pool },
    now,
  });
  if (!atOnce) await addMoves(tx, [{ record, to: null, cause: 'offered' }], now);
  const told = { to: [record.personId], institutionId: record.institutionId } as const;
  const cause = `enrolment:${record.id}:${moved.revision}`;
  if (atOnce) await notify(tx, confirmedMessage, { ...told, cause, params: { reference: run.reference } });
  else {
    const params = { reference: run.reference, until: until.toISOString() };
    await notify(tx, offeredMessage, { ...told, cause, params });
  }
}

type Move = { record: Enrolment; to: number | null; cause: MoveCause };

async function tellPlaces(
  tx: Tx,
  run: OneRun,
  seating: Seating,
  people: readonly Enrolment[],
  arrival: Enrolment | undefined,
  now: Date,
): Promise<void> {
  const seatedSides = new Set(
    seating.seated.map(({ id }) => people.find((one) => one.id === id)?.side).filter(Boolean),
  );
  const moves: Move[] = [];
  for (const record of people) {
    const to = seating.places.get(record.id);
    if (to === undefined || to === record.place) continue;
    if (record === arrival) {
      const moved = await moveEnrolment(tx, run, record, {
        name: 'queue',
        actor: by,
        set: { place: to },
        now,
      });
      await notify(tx, waitingMessage, {
        to: [record.personId],
        institutionId: record.institutionId,
        params: { reference: run.reference, place: to },
        cause: `enrolment:${record.id}:${moved.revision}`,
      });
      moves.push({ record, to, cause: 'joined' });
      continue;
    }
    const fell = record.place !== null && to < record.place;
    moves.push({
      record,
      to,
      cause: fell ? (seatedSides.has(record.side) ? 'ahead-seated' : 'ahead-left') : 'ahead-joined',
    });
  }
  await setPlaces(
    tx,
    moves.filter(({ record }) => record !== arrival),
  );
  await addMoves(tx, moves, now);
}

async function setPlaces(tx: Tx, moves: readonly Move[]): Promise<void> {
  if (moves.length === 0) return;
  const ids = moves.map(({ record }) => record.id);
  const places = moves.map(({ to }) => to);
  await tx.execute(sql`
    update enrolment set place = moved.place
    from unnest(${sql.param(ids)}::uuid[], ${sql.param(places)}::int[]) as moved (id, place)
    where enrolment.id = moved.id`);
}

/** Writes down why places changed: in one statement for all of them. */
export async function addMoves(tx: Tx, moves: readonly Move[], now: Date): Promise<void> {
  if (moves.length === 0) return;
  await tx.insert(enrolmentMove).values(
    moves.map(({ record, to, cause }) => ({
      id: uuidv7(),
      enrolmentId: record.id,
      fromPlace: record.place,
      toPlace: to,
      cause,
      at: now,
    })),
  );
}
