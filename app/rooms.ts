import type { Db } from '#db/client.server.ts';
import type { PersonActor } from './platform/actor.ts';
import type { NavigationItem, Room } from './platform/room.ts';

/** Every room's face; the only file that knows all rooms. The order is the order of the navigation. */
export const rooms: readonly Room[] = [];

/** The main navigation of a person: home, then what each room offers them, with what is unread there. */
export async function navigationFor(db: Db, actor: PersonActor): Promise<(NavigationItem & { count?: number })[]> {
  const items = rooms.flatMap((room) => room.navigation?.(actor) ?? []);
  return Promise.all(items.map(async (item) => ({ ...item, count: await item.unread?.(db, actor) })));
}
