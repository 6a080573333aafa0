import { sql } from 'drizzle-orm';
import { customType, jsonb, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { v7 as uuidv7 } from 'uuid';

/** The two languages of the portal, in the order both texts are shown. */
export const LOCALES = ['en', 'ru'] as const;
export type Locale = (typeof LOCALES)[number];

/** The two sides of the memorandum. A side belongs to an institution, never to a person. */
export const SIDES = ['in', 'ru'] as const;
export type Side = (typeof SIDES)[number];

/** A text people outside must read: both languages, one may still be missing. */
export type LocalizedText = { en: string; ru: string };

/** Primary key: UUIDv7 made here, because PostgreSQL 15 has no such function; sorts by time of creation. */
export const id = () =>
  uuid()
    .primaryKey()
    .$defaultFn(() => uuidv7());

/** An instant, always with its zone. */
export const instant = () => timestamp({ withTimezone: true, mode: 'date' });

export const createdAt = () => instant().notNull().defaultNow();

export const localized = () => jsonb().$type<LocalizedText>();

export const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/** `citext` compares without regard to case: an address is one address however it is typed. */
export const citext = customType<{ data: string }>({ dataType: () => 'citext' });

/**
 * The columns every record with a workflow carries. `platform/transition.server.ts` is the only
 * writer; `revision` is what a form shows and sends back, so that a stale form is told so.
 */
export const stateColumns = <S extends string>(initial: S) => ({
  state: text().$type<S>().notNull().default(initial),
  stateAt: instant().notNull().defaultNow(),
  stateBy: uuid(),
  stateReason: text(),
  revision: uuid()
    .notNull()
    .default(sql`gen_random_uuid()`)
    .$defaultFn(() => uuidv7()),
});
