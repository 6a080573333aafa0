import { eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import type { Tx } from '#db/client.server.ts';
import { person } from '#db/schema/people.ts';
import type { Locale } from '#db/schema/shared.ts';
import { searchText } from './search-text.ts';
import { cyrillicFromLatin, latinFromCyrillic } from './transliterate.ts';

/** Somebody whom another person names, as they were named: neither spelling is confirmed. */
export type Introduced = {
  givenName: string;
  familyName: string;
  email: string;
  institutionId: string;
  organisation: string | null;
  locale: Locale;
  timeZone: string;
};

/**
 * The person of an address: the one whom the portal knows already, unchanged, or a new one without an account. The
 * name is kept in both scripts, the missing one proposed until its owner confirms it.
 *
 * @returns the person's id
 */
export async function introducePerson(tx: Tx, actor: Actor, who: Introduced): Promise<string> {
  const cyrillic = /\p{Script=Cyrillic}/u.test(who.familyName);
  const names = cyrillic
    ? {
        givenName: latinFromCyrillic(who.givenName),
        familyName: latinFromCyrillic(who.familyName),
        givenNameRu: who.givenName,
        familyNameRu: who.familyName,
      }
    : {
        givenName: who.givenName,
        familyName: who.familyName,
        givenNameRu: cyrillicFromLatin(who.givenName),
        familyNameRu: cyrillicFromLatin(who.familyName),
      };
  const [added] = await tx
    .insert(person)
    .values({
      ...names,
      id: uuidv7(),
      latinSpelling: 'proposed',
      cyrillicSpelling: 'proposed',
      institutionId: who.institutionId,
      organisation: who.organisation,
      email: who.email,
      locale: who.locale,
      timeZone: who.timeZone,
      search: searchText({ ...names, email: who.email }),
    })
    .onConflictDoNothing({ target: person.email })
    .returning({ id: person.id });
  if (added) {
    await audit(tx, {
      code: 'people.introduced',
      actor,
      subject: { type: 'person', id: added.id },
      institutionId: who.institutionId,
    });
    return added.id;
  }
  const [known] = await tx.select({ id: person.id }).from(person).where(eq(person.email, who.email));
  if (!known) throw new Error('The person was neither added nor known');
  return known.id;
}
