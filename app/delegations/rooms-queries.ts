import { asc, eq } from 'drizzle-orm';
import { nameColumns } from '#app/people/queries.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { delegate, room } from '#db/schema/delegations.ts';
import { person } from '#db/schema/people.ts';
import { bedsOf } from './papers-queries.ts';

/** The rooms of a delegation with who lies in them when, those that stand empty too. The caller has asked its scope. */
export async function roomsOf(db: DbOrTx, delegationId: string) {
  const rooms = await db
    .select({ id: room.id, number: room.number, kind: room.kind })
    .from(room)
    .where(eq(room.delegationId, delegationId))
    .orderBy(asc(room.number));
  const beds = await bedsOf(db, delegationId);
  const people = await db
    .select({ id: delegate.id, ...nameColumns })
    .from(delegate)
    .innerJoin(person, eq(person.id, delegate.personId))
    .where(eq(delegate.delegationId, delegationId));
  const names = new Map(people.map(({ id, ...name }) => [id, name]));
  return rooms.map((one) => ({
    ...one,
    guests: beds.flatMap(({ roomId, delegateId, from, to }) => {
      const name = roomId === one.id && names.get(delegateId);
      return name ? [{ ...name, from, to }] : [];
    }),
  }));
}
