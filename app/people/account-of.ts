import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm';
import type { PersonActor } from '#app/platform/actor.ts';
import { notFound } from '#app/platform/outcome.ts';
import type { Db } from '#db/client.server.ts';
import { account, consent, institution, person, session } from '#db/schema/people.ts';
import { deviceOf } from './device-of.ts';

/** What a person sees of their own account. */
export async function accountOf(db: Db, actor: PersonActor, sessionId: string | null) {
  const [row] = await db
    .select({
      email: account.email,
      twoFactor: account.twoFactorEnabled,
      locale: person.locale,
      timeZone: person.timeZone,
      revision: person.revision,
      givenName: person.givenName,
      familyName: person.familyName,
      givenNameRu: person.givenNameRu,
      familyNameRu: person.familyNameRu,
      patronymicRu: person.patronymicRu,
      latinSpelling: person.latinSpelling,
      cyrillicSpelling: person.cyrillicSpelling,
      laboratory: person.laboratory,
      institution: institution.name,
      organisation: person.organisation,
    })
    .from(account)
    .innerJoin(person, eq(person.id, account.personId))
    .innerJoin(institution, eq(institution.id, person.institutionId))
    .where(eq(account.id, actor.accountId));
  if (!row) throw notFound();
  const sessions = await db
    .select({
      id: session.id,
      createdAt: session.createdAt,
      ipAddress: session.ipAddress,
      userAgent: session.userAgent,
    })
    .from(session)
    .where(and(eq(session.accountId, actor.accountId), gt(session.expiresAt, sql`now()`)))
    .orderBy(desc(session.createdAt))
    .limit(50);
  const consents = await db
    .select({ id: consent.id, textVersion: consent.textVersion, givenAt: consent.givenAt })
    .from(consent)
    .where(and(eq(consent.personId, actor.personId), isNull(consent.withdrawnAt)))
    .orderBy(desc(consent.givenAt));
  return {
    ...row,
    sessions: sessions.map(({ id, createdAt, ipAddress, userAgent }) => ({
      id,
      createdAt,
      address: shortened(ipAddress),
      device: deviceOf(userAgent),
      current: id === sessionId,
    })),
    consents,
  };
}

/** IPv6 as people write it: `::1`, not eight groups of zeros. */
function shortened(address: string | null): string | null {
  if (!address) return null;
  return address.includes(':')
    ? (URL.parse(`http://[${address}]`)?.hostname.slice(1, -1) ?? address)
    : address;
}
