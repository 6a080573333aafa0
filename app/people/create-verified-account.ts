import { hashPassword } from 'better-auth/crypto';
import { eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { system } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import type { Db } from '#db/client.server.ts';
import { account, credential, person } from '#db/schema/people.ts';
import type { Locale } from '#db/schema/shared.ts';

/**
 * An account that can sign in at once, for the demo seed, tests and the first administrator: address verified,
 * linked to its person, password hashed as the sign-in library does it. Where the address has an account
 * already, nothing changes.
 *
 * @returns the account's id
 */
export async function createVerifiedAccount(
  db: Db,
  input: { email: string; password: string; personId: string; locale: Locale; timeZone: string },
): Promise<string> {
  const email = input.email.toLowerCase();
  const [standing] = await db.select({ id: account.id }).from(account).where(eq(account.email, email));
  if (standing) return standing.id;
  const password = await hashPassword(input.password);
  return db.transaction(async (tx) => {
    const [behind] = await tx.select().from(person).where(eq(person.id, input.personId));
    if (!behind) throw new Error(`There is no person ${input.personId}`);
    const id = uuidv7();
    await tx.insert(account).values({
      id,
      name: [behind.givenName ?? behind.givenNameRu, behind.familyName ?? behind.familyNameRu]
        .join(' ')
        .trim(),
      email,
      emailVerified: true,
      personId: behind.id,
      locale: input.locale,
      timeZone: input.timeZone,
    });
    await tx
      .insert(credential)
      .values({ accountId: id, providerId: 'credential', providerAccountId: id, password });
    for (const code of ['people.signedUp', 'people.addressVerified', 'people.accountLinked']) {
      await audit(tx, {
        code,
        actor: system('people.createAccount'),
        subject:
          code === 'people.accountLinked' ? { type: 'person', id: behind.id } : { type: 'account', id },
        institutionId: behind.institutionId,
        facts: { accountId: id },
      });
    }
    return id;
  });
}
