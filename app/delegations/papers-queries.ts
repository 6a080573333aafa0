import { asc, eq, inArray, sql } from 'drizzle-orm';
import type { DbOrTx } from '#db/client.server.ts';
import { room, roomStay } from '#db/schema/delegations.ts';
import { institution } from '#db/schema/people.ts';

/**
 * Every bed of a delegation with the nights somebody lies in it; a person who changes rooms has several. The caller has
 * asked its scope.
 *
 * @returns `to` is the morning of leaving: 19 to 23 May is four nights.
 */
export async function bedsOf(db: DbOrTx, delegationId: string) {
  return db
    .select({
      id: roomStay.id,
      delegateId: roomStay.delegateId,
      roomId: roomStay.roomId,
      number: room.number,
      kind: room.kind,
      bed: roomStay.bed,
      from: sql<string>`lower(${roomStay.nights})::text`,
      to: sql<string>`upper(${roomStay.nights})::text`,
    })
    .from(roomStay)
    .innerJoin(room, eq(room.id, roomStay.roomId))
    .where(eq(room.delegationId, delegationId))
    .orderBy(asc(room.number), asc(roomStay.bed), asc(sql`lower(${roomStay.nights})`));
}

export type Bed = Awaited<ReturnType<typeof bedsOf>>[number];

/** Full names and cities of the institutions people of a list are employed by, by code. */
export async function employersOf(db: DbOrTx, codes: readonly string[]) {
  if (codes.length === 0) return new Map<string, never>();
  const found = await db
    .select({ code: institution.code, name: institution.name, city: institution.city })
    .from(institution)
    .where(inArray(institution.code, [...new Set(codes)]));
  return new Map(found.map((one) => [one.code, one]));
}

export type Employers = Awaited<ReturnType<typeof employersOf>>;
