import { asc, eq, inArray, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Tx } from '#db/client.server.ts';
import { delegate, room, roomStay } from '#db/schema/delegations.ts';
import { type Guest, planRooms } from './plan-rooms.ts';

const CHUNK = 1000;

/**
 * Lays the rooms of a delegation anew from what its people asked for. The list is small and the hotel numbers its rooms
 * itself, so nothing depends on a room staying the same one. The delegation is locked by the caller.
 *
 * @returns how many rooms.
 */
export async function assignRooms(tx: Tx, delegationId: string): Promise<number> {
  const before = await tx.select({ id: room.id }).from(room).where(eq(room.delegationId, delegationId));
  if (before.length > 0) {
    const ids = before.map((one) => one.id);
    await tx.delete(roomStay).where(inArray(roomStay.roomId, ids));
    await tx.delete(room).where(inArray(room.id, ids));
  }
  const people = await tx
    .select()
    .from(delegate)
    .where(eq(delegate.delegationId, delegationId))
    .orderBy(asc(delegate.id));
  const elsewhere = await takenNights(
    tx,
    people.map((one) => one.personId),
  );
  const guests = people.flatMap((one): Guest[] => {
    if (!one.hotelIn || !one.hotelOut) return [];
    const [from, to] = [one.hotelIn, one.hotelOut];
    // Who sleeps elsewhere on one of these nights gets no bed here; the board says so.
    if (elsewhere.some((stay) => stay.personId === one.personId && stay.from < to && from < stay.to))
      return [];
    const { id: delegateId, personId, shareWithId } = one;
    return [
      {
        delegateId,
        personId,
        shareWithId,
        wish: one.roomWish ?? 'single',
        from: one.hotelIn,
        to: one.hotelOut,
      },
    ];
  });
  const rooms = planRooms(guests).map((planned, index) => ({ ...planned, id: uuidv7(), number: index + 1 }));
  for (let start = 0; start < rooms.length; start += CHUNK) {
    const some = rooms.slice(start, start + CHUNK);
    await tx.insert(room).values(some.map(({ id, number, kind }) => ({ id, number, kind, delegationId })));
    await tx.insert(roomStay).values(
      some.flatMap(({ id, kind, stays }) =>
        stays.map(({ bed, delegateId, personId, from, to }) => ({
          roomId: id,
          kind,
          bed,
          delegateId,
          personId,
          nights: `[${from},${to})`,
        })),
      ),
    );
  }
  return rooms.length;
}

/** Nights for which people have a bed in another list, those of this delegation having been taken away. */
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
