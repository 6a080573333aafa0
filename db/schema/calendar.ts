import { sql } from 'drizzle-orm';
import { check, date, pgTable, text, unique } from 'drizzle-orm/pg-core';
import { id, localized, type Side } from './shared.ts';

/**
 * Days that differ from the working week of Monday to Friday: holidays, and Saturdays or Sundays that are worked.
 * Each carries its source, because they are decreed anew every year.
 */
export const calendarDay = pgTable(
  'calendar_day',
  {
    id: id(),
    side: text().$type<Side>().notNull(),
    day: date({ mode: 'string' }).notNull(),
    kind: text().$type<'holiday' | 'working'>().notNull(),
    name: localized().notNull(),
    source: text().notNull(),
  },
  (t) => [
    unique('calendar_day_once').on(t.side, t.day),
    check('calendar_day_side_known', sql`${t.side} in ('in', 'ru')`),
    check('calendar_day_kind', sql`${t.kind} in ('holiday', 'working')`),
  ],
);
