import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { invalid } from '#app/platform/outcome.ts';
import type { Db } from '#db/client.server.ts';
import { account } from '#db/schema/people.ts';
import { type AuthAnswer, authRefusal } from './ask-auth.server.ts';
import { passwordMatches } from './password-matches.ts';

const claimOf = z.object({ email: z.string(), userId: z.uuid() });

/** Whose link this says it is; its signature is not checked here. Null when it is no link of ours at all. */
export function claimIn(token: string): z.infer<typeof claimOf> | null {
  try {
    const [, payload = ''] = token.split('.');
    const parsed = claimOf.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/**
 * Verifies an address and signs its owner in. Two things are asked for: the link, which only the mailbox has,
 * and the password, which only the one who signed up knows. So whoever claims somebody else's address gets
 * nothing from the owner opening the link. The caller has passed the limiter.
 *
 * @param ask puts the question to the sign-in library
 * @returns the library's answer to the sign-in that follows
 * @throws Refusal `invalid` for a wrong password, a link that is broken, expired or of an older sign-up
 */
export async function verifyAddress(
  db: Db,
  ask: (path: string, body?: Record<string, unknown>) => Promise<AuthAnswer>,
  token: string,
  password: string,
): Promise<AuthAnswer> {
  const claim = claimIn(token);
  if (!claim) throw invalid('auth.INVALID_TOKEN');
  const [claimed] = await db
    .select({ id: account.id })
    .from(account)
    .where(and(eq(account.id, claim.userId), eq(account.email, claim.email)));
  if (!claimed) throw invalid('auth.INVALID_TOKEN');
  if (!(await passwordMatches(db, claimed.id, password))) {
    throw invalid('auth.INVALID_PASSWORD', { fields: { password: ['auth.INVALID_PASSWORD'] } });
  }
  const verified = await ask(`/verify-email?token=${encodeURIComponent(token)}`);
  if (!verified.ok) throw authRefusal(verified);
  const signedIn = await ask('/sign-in/email', { email: claim.email, password });
  if (!signedIn.ok) throw authRefusal(signedIn);
  return signedIn;
}
