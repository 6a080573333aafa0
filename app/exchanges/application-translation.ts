import { inArray } from 'drizzle-orm';
import type { NameParts } from '#app/people/person-name.ts';
import { namesOf } from '#app/people/queries.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { translation } from '#db/schema/platform.ts';
import { LOCALES, type Locale } from '#db/schema/shared.ts';

/** The parts of an application that are written in one language and may be translated. */
export const TRANSLATED = ['title', 'workPlan'] as const;

export const otherLocale = (locale: Locale): Locale => LOCALES.find((one) => one !== locale) ?? locale;

/** A translation with whoever made it. */
export type Translated = {
  locale: Locale;
  title: string;
  workPlan: string;
  translatedBy: NameParts | null;
  translatedById: string | null;
  at: Date;
};

/** The translation of a submitted version, null where nobody has added one. */
export async function translationOf(db: DbOrTx, versionId: string | null): Promise<Translated | null> {
  if (!versionId) return null;
  return (await translationsOf(db, [versionId])).get(versionId) ?? null;
}

/** The translations of several versions, by version. */
export async function translationsOf(
  db: DbOrTx,
  versionIds: readonly string[],
): Promise<Map<string, Translated>> {
  if (versionIds.length === 0) return new Map();
  const rows = await db
    .select()
    .from(translation)
    .where(inArray(translation.versionId, [...versionIds]));
  const names = await namesOf(
    db,
    rows.flatMap((row) => row.translatedBy ?? []),
  );
  const made = new Map<string, Translated>();
  for (const row of rows) {
    const by = row.translatedBy;
    const one = made.get(row.versionId) ?? {
      locale: row.locale,
      title: '',
      workPlan: '',
      translatedBy: by ? (names.get(by) ?? null) : null,
      translatedById: by,
      at: row.createdAt,
    };
    if (row.path === 'title' || row.path === 'workPlan') one[row.path] = row.body;
    made.set(row.versionId, one);
  }
  return made;
}
