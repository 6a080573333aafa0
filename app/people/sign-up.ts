import { and, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import { invalid } from '#app/platform/outcome.ts';
import type { Db } from '#db/client.server.ts';
import { account, institution } from '#db/schema/people.ts';
import { type AuthAnswer, authRefusal } from './ask-auth.server.ts';
import { CONSENT_VERSION } from './consent-version.ts';
import type { signUpForm } from './schemas-account.ts';
import type { SignUpProfile } from './sign-up-profile.ts';

type Ask = (path: string, body: Record<string, unknown>) => Promise<AuthAnswer>;

/**
 * Asks for an account. Answers the same whether the address has one or not; its owner reads in the mail which.
 * A claim on the address that nobody verified gives way to this one: its link and password stop working, so
 * that claiming somebody's address first gains nothing. The caller has passed the limiter.
 *
 * @param ask puts the question to the sign-in library
 * @throws Refusal `invalid` for an unknown institution or a password the library refuses
 */
export async function signUp(
  db: Db,
  ask: Ask,
  typed: z.infer<typeof signUpForm>,
  next: string,
  now: Date,
): Promise<void> {
  const [chosen] = await db.select().from(institution).where(eq(institution.code, typed.institution));
  if (!chosen) throw invalid('invalid', { fields: { institution: ['choice'] } });
  if (chosen.side === null && typed.organisation === '') {
    throw invalid('invalid', { fields: { organisation: ['auth.organisationNeeded'] } });
  }
  const profile: SignUpProfile = {
    givenName: typed.givenName,
    familyName: typed.familyName,
    givenNameRu: typed.givenNameRu,
    familyNameRu: typed.familyNameRu,
    patronymicRu: typed.patronymicRu,
    institution: chosen.code,
    organisation: chosen.side === null ? typed.organisation : '',
    consentVersion: CONSENT_VERSION,
    consentLocale: typed.locale,
    consentAt: now.toISOString(),
    locale: typed.locale,
    timeZone: chosen.side === null && typed.locale === 'ru' ? 'Europe/Moscow' : chosen.timeZone,
  };
  await db
    .delete(account)
    .where(and(eq(account.email, typed.email), eq(account.emailVerified, false), isNull(account.personId)));
  const answered = await ask('/sign-up/email', {
    name: `${typed.givenName} ${typed.familyName}`,
    email: typed.email,
    password: typed.password,
    callbackURL: next,
    signUp: profile,
  });
  if (!answered.ok) throw authRefusal(answered);
}
