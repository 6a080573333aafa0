import type { PersonActor } from '#app/platform/actor.ts';
import type { NavigationItem, Programme, Room, WaitingTask } from '#app/platform/room.ts';
import type { Db } from '#db/client.server.ts';

type Rooms = readonly Room[];

/** The main navigation of a person: what each room offers them, with what is unread there. */
export async function navigationFor(
  rooms: Rooms,
  db: Db,
  actor: PersonActor,
): Promise<(NavigationItem & { count?: number | undefined })[]> {
  const items = rooms.flatMap((room) => room.navigation?.(actor) ?? []);
  return Promise.all(items.map(async (item) => ({ ...item, count: await item.unread?.(db, actor) })));
}

/** The navigation of whoever has not signed in. */
export function publicNavigation(rooms: Rooms): (NavigationItem & { count?: undefined })[] {
  return rooms.flatMap((room) => room.publicNavigation ?? []);
}

/** What waits for a person in every room, soonest first; what has no date comes last. */
export async function waitingFor(
  rooms: Rooms,
  db: Db,
  actor: PersonActor,
  now: Date,
): Promise<WaitingTask[]> {
  const lists = await Promise.all(rooms.map((room) => room.waiting?.(db, actor, now) ?? []));
  const at = ({ due }: WaitingTask) => due?.getTime() ?? Number.MAX_SAFE_INTEGER;
  return lists.flat().sort((a, b) => at(a) - at(b));
}

/** A person's programmes in numbers that are links, room by room; rooms with nothing to count are left out. */
export async function programmesFor(rooms: Rooms, db: Db, actor: PersonActor): Promise<Programme[]> {
  const programmes = await Promise.all(rooms.map((room) => room.programme?.(db, actor) ?? null));
  return programmes.filter((programme) => programme !== null);
}
