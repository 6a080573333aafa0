import type { Db } from '#db/client.server.ts';
import type { Side } from '#db/schema/shared.ts';
import type { PersonActor } from './actor.ts';
import type { MessageDef } from './messages.ts';
import type { JobDef } from './queue.server.ts';

/** One thing that waits for a person; `text` is a key of `locales`, as `namespace:key`. */
export type WaitingTask = {
  text: string;
  params: Record<string, string | number>;
  /** A second line: the reference, who sends it. */
  note?: string;
  href: string;
  /** Whose turn it is. */
  side: Side | null;
  /** Until when; null where there is no date. */
  due: Date | null;
  /** The last day, where the deadline is a calendar date: shown in place of the clock time of `due`. */
  dueOn?: string;
};

/** A number on the front page that is a link; `text` takes the `count`. */
export type ProgrammeNumber = {
  text: string;
  count: number;
  /** Counting stopped at `count`: “1,000+”. */
  capped?: boolean;
  href: string;
};

/** A heading with its numbers, e.g. “Current exchanges”. */
export type Programme = { heading: string; numbers: ProgrammeNumber[] };

/** An entry of the main navigation; the order is the order of `app/rooms.ts`. */
export type NavigationItem = {
  text: string;
  href: string;
  /** Other addresses of the same section: the entry is marked as the current one there too. */
  also?: string[];
  /** How many things there have not been looked at, e.g. unread messages. */
  unread?(db: Db, actor: PersonActor): Promise<number>;
};

/** Who may read a file that belongs to a record of this room. */
export type FileReader = {
  subjectType: string;
  mayRead(db: Db, actor: PersonActor, subjectId: string): Promise<boolean>;
};

/** Who may listen to live events of a topic such as `campaign:<id>`. */
export type LiveTopic = {
  prefix: string;
  mayListen(db: Db, actor: PersonActor, id: string): Promise<boolean>;
};

/** A room's face. `app/rooms.ts` collects them; no room knows another's. */
export type Room = {
  name: string;
  /** The rights of the room's rows in the rights table. */
  rights: readonly string[];
  navigation?(actor: PersonActor): NavigationItem[];
  /** What the navigation offers to whoever has not signed in. */
  publicNavigation?: NavigationItem[];
  waiting?(db: Db, actor: PersonActor, now: Date): Promise<WaitingTask[]>;
  programme?(db: Db, actor: PersonActor): Promise<Programme | null>;
  messages?: readonly MessageDef[];
  jobs?: readonly JobDef[];
  files?: readonly FileReader[];
  live?: readonly LiveTopic[];
  /** Audit codes of this room; their words stand under `audit:codes`. */
  auditCodes?: readonly string[];
};
