import { hashPassword, verifyPassword } from 'better-auth/crypto';
import { and, eq } from 'drizzle-orm';
import type { Db } from '#db/client.server.ts';
import { credential } from '#db/schema/people.ts';

/**
 * Whether `password` is the account's. Takes as long for an account that is not there. The caller has passed
 * the limiter.
 */
export async function passwordMatches(db: Db, accountId: string, password: string): Promise<boolean> {
  const [row] = await db
    .select({ hash: credential.password })
    .from(credential)
    .where(and(eq(credential.accountId, accountId), eq(credential.providerId, 'credential')));
  if (row?.hash) return verifyPassword({ hash: row.hash, password });
  await hashPassword(password);
  return false;
}
