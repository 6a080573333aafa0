import { and, eq, isNull, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { audit } from '#app/platform/audit.server.ts';
import type { Db, Tx } from '#db/client.server.ts';
import { account, consent, institution, person } from '#db/schema/people.ts';
import { loadActor } from './load-actor.ts';
import { searchText } from './search-text.ts';
import { cyrillicFromLatin } from './transliterate.ts';

/**
 * Gives an account whose address is verified its person: the one known by that address, if nobody else signs
 * in as them, else a new one from what was typed at sign-up. Before verification it does nothing, so an
 * address claimed by somebody else opens nothing. Repeating it changes nothing.
 *
 * @returns the person's id; null while the address is not verified
 */
export async function linkAccount(db: Db, accountId: string): Promise<string | null> {
  return db.transaction(async (tx) => {
    const [row] = await tx.select().from(account).where(eq(account.id, accountId)).for('update');
    if (!row?.emailVerified) return null;
    if (row.personId) return row.personId;

    const [known] = await tx
      .select({ id: person.id, accountId: account.id })
      .from(person)
      .leftJoin(account, eq(account.personId, person.id))
      .where(eq(person.email, row.email));
    const free = known && known.accountId === null ? known.id : null;
    const personId = free ?? (await createPerson(tx, row, known ? null : row.email));
    if (free) await adopt(tx, free, row);
    await tx
      .update(account)
      .set({ personId, profile: null, updatedAt: new Date() })
      .where(eq(account.id, row.id));
    await keepConsent(tx, personId, row.profile);

    const actor = await loadActor(tx, row.id);
    if (!actor) throw new Error(`Account ${row.id} was linked, yet no person stands behind it`);
    await audit(tx, {
      code: 'people.accountLinked',
      actor,
      subject: { type: 'person', id: personId },
      institutionId: actor.institutionId,
      facts: { accountId: row.id, imported: free !== null },
    });
    return personId;
  });
}

type Account = typeof account.$inferSelect;

/** A known person keeps the names their institution gave; language and time zone are their own choice. */
async function adopt(tx: Tx, personId: string, row: Account): Promise<void> {
  await tx
    .update(person)
    .set({ locale: row.locale, timeZone: row.timeZone, updatedAt: new Date(), revision: uuidv7() })
    .where(eq(person.id, personId));
}

async function createPerson(tx: Tx, row: Account, email: string | null): Promise<string> {
  const typed = row.profile ?? {};
  const names = {
    givenName: typed.givenName || null,
    familyName: typed.familyName || row.name,
    givenNameRu: typed.givenNameRu || null,
    familyNameRu: typed.familyNameRu || null,
    patronymicRu: typed.patronymicRu || null,
  };
  const proposed = names.familyNameRu
    ? null
    : {
        givenNameRu: names.givenName && cyrillicFromLatin(names.givenName),
        familyNameRu: cyrillicFromLatin(names.familyName),
      };
  const [created] = await tx
    .insert(person)
    .values({
      ...names,
      ...proposed,
      cyrillicSpelling: proposed ? 'proposed' : 'confirmed',
      institutionId: await institutionOf(tx, typed.institution),
      organisation: typed.organisation || null,
      email,
      locale: row.locale,
      timeZone: row.timeZone,
      search: searchText({ ...names, ...proposed, email }),
    })
    .returning({ id: person.id });
  if (!created) throw new Error('The person was not inserted');
  return created.id;
}

/** The institution named at sign-up; whoever named none belongs to “other organisation”. */
async function institutionOf(tx: Tx, code: string | undefined): Promise<string> {
  const named = code ? eq(institution.code, code) : sql`false`;
  const [found] = await tx
    .select({ id: institution.id })
    .from(institution)
    .where(sql`${named} or ${isNull(institution.side)}`)
    .orderBy(sql`${named} desc`)
    .limit(1);
  if (!found) throw new Error('No institution “other organisation” is set up');
  return found.id;
}

async function keepConsent(tx: Tx, personId: string, typed: Account['profile']): Promise<void> {
  if (!typed?.consentVersion) return;
  const purpose = 'processing';
  const standing = await tx
    .select({ id: consent.id })
    .from(consent)
    .where(
      and(
        eq(consent.personId, personId),
        eq(consent.purpose, purpose),
        eq(consent.textVersion, typed.consentVersion),
        isNull(consent.withdrawnAt),
      ),
    );
  if (standing.length > 0) return;
  await tx.insert(consent).values({
    personId,
    purpose,
    textVersion: typed.consentVersion,
    locale: typed.consentLocale === 'ru' ? 'ru' : 'en',
    givenAt: typed.consentAt ? new Date(typed.consentAt) : new Date(),
  });
}
