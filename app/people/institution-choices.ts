import { asc, sql } from 'drizzle-orm';
import type { DbOrTx } from '#db/client.server.ts';
import { institution } from '#db/schema/people.ts';
import type { Locale } from '#db/schema/shared.ts';

/** The institutions as a form offers them, “other organisation” last. Public: sign-up shows it to strangers. */
export async function institutionChoices(
  db: DbOrTx,
  locale: Locale,
): Promise<{ value: string; label: string }[]> {
  const rows = await db
    .select({ code: institution.code, name: institution.name })
    .from(institution)
    .orderBy(sql`${institution.side} asc nulls last`, asc(institution.code));
  return rows.map(({ code, name }) => ({ value: code, label: name[locale] || name.en }));
}
