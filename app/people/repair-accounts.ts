import { and, eq, isNull, lt, notExists, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Db } from '#db/client.server.ts';
import { account, session } from '#db/schema/people.ts';
import { auditRow } from '#db/schema/platform.ts';
import { linkAccount } from './link-account.ts';
import { type AccountEvent, recordAccountEvent } from './record-account-event.ts';

/** Younger rows may still be on their way into the log. */
const SETTLED = sql`now() - interval '1 minute'`;
const AT_ONCE = 500;

/**
 * Finds accounts and sessions that the sign-in library committed and the audit log does not know, and writes
 * them down as repaired; links verified accounts that have no person yet. Repeating it changes nothing.
 *
 * @returns how many gaps were closed
 */
export async function repairAccounts(db: Db): Promise<number> {
  const unlinked = await db
    .select({ id: account.id })
    .from(account)
    .where(and(eq(account.emailVerified, true), isNull(account.personId), lt(account.updatedAt, SETTLED)))
    .limit(AT_ONCE);
  for (const { id } of unlinked) await linkAccount(db, id);

  const gaps: Parameters<typeof recordAccountEvent>[1][] = [];
  const missing = async (code: AccountEvent, verifiedOnly: boolean) => {
    const rows = await db
      .select({ accountId: account.id })
      .from(account)
      .where(
        and(
          lt(account.updatedAt, SETTLED),
          verifiedOnly ? eq(account.emailVerified, true) : undefined,
          unrecorded(db, 'account', account.id, code),
        ),
      )
      .limit(AT_ONCE);
    gaps.push(...rows.map((row) => ({ ...row, code })));
  };
  await missing('people.signedUp', false);
  await missing('people.addressVerified', true);
  const sessions = await db
    .select({ accountId: session.accountId, sessionId: session.id })
    .from(session)
    .where(and(lt(session.createdAt, SETTLED), unrecorded(db, 'session', session.id)))
    .limit(AT_ONCE);
  gaps.push(...sessions.map((row) => ({ ...row, code: 'people.signedIn' as const })));

  for (const gap of gaps) await recordAccountEvent(db, { ...gap, repaired: true });
  return unlinked.length + gaps.length;
}

function unrecorded(db: Db, type: string, id: PgColumn, code?: AccountEvent) {
  return notExists(
    db
      .select({ one: sql`1` })
      .from(auditRow)
      .where(
        and(
          eq(auditRow.subjectType, type),
          sql`${auditRow.subjectId} = ${id}::text`,
          code ? eq(auditRow.code, code) : undefined,
        ),
      ),
  );
}
