import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Tx } from '#db/client.server.ts';
import { delegate, room, roomStay } from '#db/schema/delegations.ts';
import { type Guest, type PlannedRoom, planRooms } from './plan-rooms.ts';
import { sharesOf } from './share-queries.ts';

const CHUNK = 1000;

/**
 * Gives a bed to those who came into a delegation just now and asked for nights. The beds of the others stay as they are:
 * an officer may have moved or freed them by hand. Who has agreed to share with somebody alone in a twin moves in there. The delegation is
 * locked by the caller.
 *
 * @returns how many rooms were added.
 */
export async function assignRooms(tx: Tx, delegationId: string, fresh: ReadonlySet<string>): Promise<number> {
  const people = await tx
    .select()
    .from(delegate)
    .where(and(eq(delegate.delegationId, delegationId), isNull(delegate.endedAt)))
    .orderBy(asc(delegate.id));
  const taken = await takenNights(
    tx,
    people.map((one) => one.personId),
  );
  const shares = await sharesOf(tx, delegationId);
  const personOf = new Map(people.map((one) => [one.id, one.personId]));
  const guests = people.flatMap((one): Guest[] => {
    if (!fresh.has(one.id) || !one.hotelIn || !one.hotelOut) return [];
    const [from, to] = [one.hotelIn, one.hotelOut];
    // Who sleeps elsewhere on one of these nights gets no bed here; the board says so.
    if (taken.some((stay) => stay.personId === one.personId && stay.from < to && from < stay.to)) return [];
    const mate = shares.get(one.id)?.find((share) => share.agreed)?.mateId;
    const shareWithId = mate === undefined ? null : (personOf.get(mate) ?? null);
    return [
      { delegateId: one.id, personId: one.personId, shareWithId, wish: one.roomWish ?? 'single', from, to },
    ];
  });
  const joined = await joinMates(tx, delegationId, guests);
  const rooms = planRooms(guests.filter((guest) => !joined.has(guest.personId)));
  await addRooms(tx, delegationId, rooms);
  return rooms.length;
}

/** Moves guests to those they agreed to share with, where these lie alone in a twin; answers the people who moved in. */
async function joinMates(tx: Tx, delegationId: string, guests: readonly Guest[]): Promise<Set<string>> {
  const willing = guests.filter((guest) => guest.wish === 'twin' && guest.shareWithId !== null);
  if (willing.length === 0) return new Set();
  const stays = await tx
    .select({ roomId: roomStay.roomId, bed: roomStay.bed, personId: roomStay.personId })
    .from(roomStay)
    .innerJoin(room, eq(room.id, roomStay.roomId))
    .where(and(eq(room.delegationId, delegationId), eq(room.kind, 'twin')));
  const byRoom = Map.groupBy(stays, (stay) => stay.roomId);
  const joined = new Set<string>();
  const beds = willing.flatMap((guest) => {
    const [roomId, lying] =
      [...byRoom].find(([, beside]) => beside.some((stay) => stay.personId === guest.shareWithId)) ?? [];
    if (!roomId || !lying || lying.length > 1) return [];
    joined.add(guest.personId);
    return [stayOf(roomId, 'twin', { ...guest, bed: lying[0]?.bed === 1 ? 2 : 1 })];
  });
  for (let start = 0; start < beds.length; start += CHUNK) {
    await tx.insert(roomStay).values(beds.slice(start, start + CHUNK));
  }
  return joined;
}

async function addRooms(tx: Tx, delegationId: string, planned: readonly PlannedRoom[]): Promise<void> {
  if (planned.length === 0) return;
  const last = await lastNumber(tx, delegationId);
  const rooms = planned.map((one, index) => ({ ...one, id: uuidv7(), number: last + index + 1 }));
  for (let start = 0; start < rooms.length; start += CHUNK) {
    const some = rooms.slice(start, start + CHUNK);
    await tx.insert(room).values(some.map(({ id, number, kind }) => ({ id, number, kind, delegationId })));
    await tx
      .insert(roomStay)
      .values(some.flatMap(({ id, kind, stays }) => stays.map((stay) => stayOf(id, kind, stay))));
  }
}

/** The highest number of a room of a delegation, 0 where it has none. */
export async function lastNumber(tx: Tx, delegationId: string): Promise<number> {
  const [row] = await tx
    .select({ last: sql<number>`coalesce(max(${room.number}), 0)::int` })
    .from(room)
    .where(eq(room.delegationId, delegationId));
  return row?.last ?? 0;
}

function stayOf(roomId: string, kind: 'single' | 'twin', stay: PlannedRoom['stays'][number]) {
  const { bed, delegateId, personId, from, to } = stay;
  return { roomId, kind, bed, delegateId, personId, nights: `[${from},${to})` };
}

/** Nights for which people have a bed, here or in another list. */
async function takenNights(tx: Tx, personIds: readonly string[]) {
  if (personIds.length === 0) return [];
  return tx
    .select({
      personId: roomStay.personId,
      from: sql<string>`lower(${roomStay.nights})::text`,
      to: sql<string>`upper(${roomStay.nights})::text`,
    })
    .from(roomStay)
    .where(inArray(roomStay.personId, [...personIds]));
}
