import { and, asc, count, eq, exists, inArray, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import { nameColumns } from '#app/people/queries.ts';
import type { DbOrTx } from '#db/client.server.ts';
import type { Audience } from '#db/schema/notifications.ts';
import { institution, person } from '#db/schema/people.ts';
import { suppression } from '#db/schema/platform.ts';
import type { Locale, Side } from '#db/schema/shared.ts';
import { ANNOUNCEMENTS } from './messages.ts';

/** Announcements reach people of the two sides; of other organisations nobody is written to unasked. */
const inAudience = ({ roles, sides, locales }: Audience): SQL | undefined =>
  and(
    inArray(institution.side, sides),
    inArray(person.locale, locales),
    roles.length > 0 ? inArray(person.occupation, roles) : undefined,
  );

const unsubscribed = (db: DbOrTx) =>
  exists(
    db
      .select({ one: sql`1` })
      .from(suppression)
      .where(and(eq(suppression.personId, person.id), inArray(suppression.topic, [ANNOUNCEMENTS, '*']))),
  );

export type AudienceCount = {
  total: number;
  groups: { side: Side; locale: Locale; count: number }[];
  /** They get the inbox entry, but no mail; whoever has no address counts only there. */
  noAddress: number;
  unsubscribed: number;
};

/** How many people an audience is, by side and language, and who of them gets no mail. One query. */
export async function countAudience(db: DbOrTx, audience: Audience): Promise<AudienceCount> {
  const rows = await db
    .select({
      side: institution.side,
      locale: person.locale,
      count: count(),
      noAddress: sql<number>`count(*) filter (where ${isNull(person.email)})`.mapWith(Number),
      unsubscribed:
        sql<number>`count(*) filter (where ${isNotNull(person.email)} and ${unsubscribed(db)})`.mapWith(
          Number,
        ),
    })
    .from(person)
    .innerJoin(institution, eq(institution.id, person.institutionId))
    .where(inAudience(audience))
    .groupBy(institution.side, person.locale)
    .orderBy(asc(institution.side), asc(person.locale));
  const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + of(row), 0);
  return {
    total: sum((row) => row.count),
    groups: rows.flatMap(({ side, locale, count: people }) =>
      side ? [{ side, locale, count: people }] : [],
    ),
    noAddress: sum((row) => row.noAddress),
    unsubscribed: sum((row) => row.unsubscribed),
  };
}

/** The people of an audience now, in the order of their ids. */
export async function audienceIds(db: DbOrTx, audience: Audience): Promise<string[]> {
  const rows = await db
    .select({ id: person.id })
    .from(person)
    .innerJoin(institution, eq(institution.id, person.institutionId))
    .where(inAudience(audience))
    .orderBy(asc(person.id));
  return rows.map((row) => row.id);
}

/** A few real recipients of each language, for the preview. */
export async function sampleRecipients(db: DbOrTx, audience: Audience, limit = 20) {
  return db
    .select({ id: person.id, locale: person.locale, sex: person.sex, ...nameColumns })
    .from(person)
    .innerJoin(institution, eq(institution.id, person.institutionId))
    .where(inAudience(audience))
    .orderBy(asc(person.familyName), asc(person.id))
    .limit(limit);
}
