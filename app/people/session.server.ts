import { createHmac, timingSafeEqual } from 'node:crypto';
import { and, eq, gt, sql } from 'drizzle-orm';
import type { PersonActor } from '#app/platform/actor.ts';
import { platform } from '#app/platform/runtime.server.ts';
import type { Db } from '#db/client.server.ts';
import { account, institution, person, session } from '#db/schema/people.ts';
import type { Locale } from '#db/schema/shared.ts';
import { rolesOf } from './access.ts';
import { sessionCookieName } from './auth-cookies.ts';
import { cookieValue } from './cookie-value.ts';
import { linkAccount } from './link-account.ts';
import { actorColumns, toActor } from './load-actor.ts';
import { addressName, personName } from './person-name.ts';

/** Who a request comes from. `actor` is null while no person stands behind the account. */
export type ResolvedSession = {
  sessionId: string;
  accountId: string;
  /** As a reader of each language sees it. */
  name: { en: string; ru: string };
  /** As the portal turns to them: in Russian by given name and patronymic. */
  addressedAs: { en: string; ru: string };
  locale: Locale;
  /** Whether the account asks for a second factor. */
  twoFactor: boolean;
  actor: PersonActor | null;
};

/** How long an answer of the database is believed. A change made in another process is seen after this long. */
const BELIEVED_MS = 10_000;
const REMEMBERED = 5_000;

type Remembered = { until: number; session: ResolvedSession | null };

// The development server loads modules twice: the memory must be one.
const holder = globalThis as { setuSessions?: Map<string, Remembered> };
holder.setuSessions ??= new Map();
const remembered = holder.setuSessions;

/**
 * The session of a request by its signed cookie, from memory for ten seconds, else by one query.
 *
 * @returns null without a cookie, with a forged one, or when the session ended
 */
export function resolveSession(request: Request): Promise<ResolvedSession | null> {
  const { db, config } = platform();
  return findSession(db, config, request);
}

/** As `resolveSession`, for a database and secret given by hand. */
export async function findSession(
  db: Db,
  config: { appUrl: string; authSecret: string },
  request: Request,
): Promise<ResolvedSession | null> {
  const cookie = cookieValue(request, sessionCookieName(config.appUrl));
  const token = cookie && signedValue(cookie, config.authSecret);
  if (!cookie || !token) return null;
  const now = Date.now();
  const known = remembered.get(cookie);
  if (known && known.until > now) return known.session;
  const found = await readSession(db, token);
  remember(cookie, { until: now + BELIEVED_MS, session: found });
  return found;
}

async function readSession(db: Db, token: string): Promise<ResolvedSession | null> {
  let row = await selectSession(db, token);
  // The link is made right after verification; a crash between the two is repaired here.
  if (row?.emailVerified && !row.personId && (await linkAccount(db, row.accountId))) {
    row = await selectSession(db, token);
  }
  if (!row) return null;
  return {
    sessionId: row.sessionId,
    accountId: row.accountId,
    name: {
      en: personName(row, 'en') || row.accountName,
      ru: personName(row, 'ru') || row.accountName,
    },
    addressedAs: {
      en: addressName(row, 'en') || row.accountName,
      ru: addressName(row, 'ru') || row.accountName,
    },
    locale: row.locale ?? row.accountLocale,
    twoFactor: row.twoFactor,
    actor: toActor(row, row.confirmedAt),
  };
}

async function selectSession(db: Db, token: string) {
  const [row] = await db
    .select({
      ...actorColumns,
      sessionId: session.id,
      confirmedAt: session.confirmedAt,
      emailVerified: account.emailVerified,
      twoFactor: account.twoFactorEnabled,
      accountName: account.name,
      accountLocale: account.locale,
      givenName: person.givenName,
      familyName: person.familyName,
      givenNameRu: person.givenNameRu,
      familyNameRu: person.familyNameRu,
      patronymicRu: person.patronymicRu,
    })
    .from(session)
    .innerJoin(account, eq(account.id, session.accountId))
    .leftJoin(person, eq(person.id, account.personId))
    .leftJoin(institution, eq(institution.id, person.institutionId))
    .where(and(eq(session.token, token), gt(session.expiresAt, sql`now()`)));
  return row ?? null;
}

function remember(cookie: string, entry: Remembered): void {
  // Oldest first: a Map keeps the order of insertion.
  remembered.delete(cookie);
  if (remembered.size >= REMEMBERED) {
    for (const [key, { until }] of remembered) {
      if (until > Date.now() && remembered.size < REMEMBERED) break;
      remembered.delete(key);
    }
  }
  remembered.set(cookie, entry);
}

/** After a change of role, name, language or institution: the next request of the person reads anew. */
export function forgetSessions(personId: string): void {
  forget(({ session }) => session?.actor?.personId === personId);
}

/** After sign-out, revocation or a new password: every remembered session of the account is forgotten. */
export function forgetAccount(accountId: string): void {
  forget(({ session }) => session?.accountId === accountId);
}

function forget(which: (entry: Remembered) => boolean): void {
  for (const [cookie, entry] of remembered) if (which(entry)) remembered.delete(cookie);
}

/**
 * Whether this person must set up a second factor before anything else: everyone granted more than an
 * applicant's rights, except in the demo installation, where the people are invented.
 */
export function mustEnrol(found: ResolvedSession | null, demo: boolean): boolean {
  if (demo || !found?.actor || found.twoFactor) return false;
  return rolesOf(found.actor).length > 0;
}

/** The value of a cookie signed as the sign-in library signs it: `value.base64(HMAC-SHA256)`, URL-encoded. */
function signedValue(cookie: string, secret: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(cookie);
  } catch {
    return null;
  }
  const dot = decoded.lastIndexOf('.');
  if (dot <= 0) return null;
  const value = decoded.slice(0, dot);
  const given = Buffer.from(decoded.slice(dot + 1), 'base64');
  const right = createHmac('sha256', secret).update(value).digest();
  return given.length === right.length && timingSafeEqual(given, right) ? value : null;
}
