import type { Side } from '#db/schema/shared.ts';
import type { SeatPool } from '#db/schema/training.ts';

export type Capacity = { seats: number; quotaIn: number; quotaRu: number };

/** Somebody who holds a seat or an offer (`pool`), or waits for one (`pool` is null). */
export type Standing = { id: string; side: Side; queueNumber: number; pool: SeatPool | null };

export type Seating = {
  /** Holders who change to a seat of their own side's quota, so that the surplus seat they had is free for both. */
  moves: { id: string; to: SeatPool }[];
  /** Those who get a free seat now, in the order of arrival. */
  seated: { id: string; pool: SeatPool }[];
  /** Those who go on waiting, each with the place in the waitlist of the own side, from one. */
  places: Map<string, number>;
};

/** How many seats each pool has. */
export function poolsOf(run: Capacity): Record<SeatPool, number> {
  return { in: run.quotaIn, ru: run.quotaRu, surplus: run.seats - run.quotaIn - run.quotaRu };
}

/**
 * Who sits where and who waits for what. A side's own seats are filled before the surplus; a free seat goes to whoever
 * came first among those who may have it; nobody overtakes anybody of their own side.
 *
 * @param open whether seats are still given; after the closing only places are counted.
 */
export function seatPeople(run: Capacity, people: readonly Standing[], open: boolean): Seating {
  const free = poolsOf(run);
  for (const { pool } of people) if (pool) free[pool] -= 1;
  const inOrder = people.toSorted((a, b) => a.queueNumber - b.queueNumber);

  const moves: Seating['moves'] = [];
  for (const { id, side, pool } of inOrder) {
    if (pool !== 'surplus' || free[side] <= 0) continue;
    free[side] -= 1;
    free.surplus += 1;
    moves.push({ id, to: side });
  }

  const seated: Seating['seated'] = [];
  const places = new Map<string, number>();
  const waiting: Record<Side, number> = { in: 0, ru: 0 };
  for (const { id, side, pool } of inOrder) {
    if (pool) continue;
    const found = open ? freePool(free, side) : null;
    if (found) {
      free[found] -= 1;
      seated.push({ id, pool: found });
      continue;
    }
    waiting[side] += 1;
    places.set(id, waiting[side]);
  }
  return { moves, seated, places };
}

function freePool(free: Record<SeatPool, number>, side: Side): SeatPool | null {
  if (free[side] > 0) return side;
  return free.surplus > 0 ? 'surplus' : null;
}

/** Whether everybody who holds a seat or an offer could sit in a run of this size. */
export function fits(run: Capacity, held: Record<Side, number>): boolean {
  const pools = poolsOf(run);
  const beyond = Math.max(0, held.in - pools.in) + Math.max(0, held.ru - pools.ru);
  return beyond <= pools.surplus;
}

/**
 * Where the holders of seats sit once a run has changed its size; null when they do not fit. Own seats first, the rest
 * in the surplus; whoever has an own seat keeps it as long as there is one, so that of each side people move in one
 * direction only.
 */
export function reseatHolders(run: Capacity, holders: readonly Standing[]): Map<string, SeatPool> | null {
  const free = poolsOf(run);
  const seats = new Map<string, SeatPool>();
  const own = (one: Standing) => (one.pool === one.side ? 0 : 1);
  for (const { id, side } of holders.toSorted((a, b) => own(a) - own(b) || a.queueNumber - b.queueNumber)) {
    const found = freePool(free, side);
    if (!found) return null;
    free[found] -= 1;
    seats.set(id, found);
  }
  return seats;
}
