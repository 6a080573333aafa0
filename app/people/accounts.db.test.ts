import { createEmailVerificationToken } from 'better-auth/api';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';

import { account, consent, institution, person, roleGrant, verification } from '#db/schema/people.ts';
import { auditRow } from '#db/schema/platform.ts';
import { useDatabase } from '#tests/support/database.ts';
import { type AccountMail, createAuth } from './create-auth.server.ts';
import { createVerifiedAccount } from './create-verified-account.ts';
import { findSession, forgetSessions, mustEnrol } from './session.server.ts';

const { db } = await useDatabase();
const config = { appUrl: 'http://localhost:4750', authSecret: 'a secret of thirty-two characters!' };
const mails: AccountMail[] = [];
const problems: unknown[] = [];
const auth = createAuth({
  db,
  config,
  mail: async (mail) => {
    mails.push(mail);
  },
  problem: (error, what) => problems.push([what, error]),
});

const password = 'a long enough password';
let institutions: Record<string, string>;

beforeAll(async () => {
  const made = await db
    .insert(institution)
    .values([
      {
        code: 't-in',
        name: { en: 'A', ru: 'А' },
        shortName: { en: 'A', ru: 'А' },
        side: 'in',
        timeZone: 'Asia/Kolkata',
      },
      {
        code: 't-ru',
        name: { en: 'B', ru: 'Б' },
        shortName: { en: 'B', ru: 'Б' },
        side: 'ru',
        timeZone: 'Europe/Moscow',
      },
      {
        code: 't-other',
        name: { en: 'C', ru: 'В' },
        shortName: { en: 'C', ru: 'В' },
        side: null,
        timeZone: 'Asia/Kolkata',
      },
    ])
    .returning();
  institutions = Object.fromEntries(made.map((row) => [row.code, row.id]));
});

/** Asks the library as the door's forms do. */
async function ask(path: string, body?: object, cookies: string[] = []) {
  const response = await auth.handler(
    new Request(`${config.appUrl}/api/auth${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        origin: config.appUrl,
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(cookies.length > 0 ? { cookie: cookies.join('; ') } : {}),
      },
      body: body ? JSON.stringify(body) : null,
    }),
  );
  const answer = (await response.json().catch(() => null)) as Record<string, unknown> | null;
  const set = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');
  return { status: response.status, answer, cookies: set };
}

const profile = {
  givenName: 'Deepika',
  familyName: 'Kumari',
  givenNameRu: '',
  familyNameRu: '',
  patronymicRu: '',
  institution: 't-in',
  organisation: '',
  consentVersion: '2026-11',
  consentLocale: 'ru',
  consentAt: '2026-11-21T10:00:00.000Z',
  locale: 'ru',
  timeZone: 'Asia/Kolkata',
};

const signUp = (email: string, more: object = {}) =>
  ask('/sign-up/email', { name: 'Deepika Kumari', email, password, signUp: { ...profile, ...more } });
const signIn = (email: string, secret = password) => ask('/sign-in/email', { email, password: secret });

function tokenOf(mail: AccountMail | undefined): string {
  return new URL(mail?.url ?? 'http://none').searchParams.get('token') ?? '';
}

function requestWith(cookies: string[]): Request {
  return new Request(config.appUrl, { headers: { cookie: cookies.join('; ') } });
}

const codes = async (accountId: string) =>
  (await db.select().from(auditRow))
    .filter((row) => row.facts.accountId === accountId)
    .map((row) => row.code);

describe('sign-up', () => {
  it('opens nothing before the address is verified, and makes the person after it', async () => {
    expect((await signUp('deepika@t.example')).status).toBe(200);
    expect(mails.at(-1)).toMatchObject({ to: 'deepika@t.example', code: 'verify', locale: 'ru' });
    const refused = await signIn('deepika@t.example');
    expect(refused).toMatchObject({ status: 403, answer: { code: 'EMAIL_NOT_VERIFIED' }, cookies: [] });

    expect((await ask(`/verify-email?token=${tokenOf(mails.at(-1))}`)).status).toBe(200);
    const [made] = await db.select().from(account).where(eq(account.email, 'deepika@t.example'));
    expect(made).toMatchObject({ emailVerified: true, profile: null });
    const [behind] = await db
      .select()
      .from(person)
      .where(eq(person.id, made?.personId ?? ''));
    expect(behind).toMatchObject({
      familyName: 'Kumari',
      familyNameRu: 'Кумари',
      cyrillicSpelling: 'proposed',
      institutionId: institutions['t-in'],
      locale: 'ru',
    });
    expect(behind?.search).toContain('кумари');
    expect(
      await db
        .select()
        .from(consent)
        .where(eq(consent.personId, behind?.id ?? '')),
    ).toHaveLength(1);

    const opened = await signIn('DEEPIKA@t.example');
    expect(opened.status).toBe(200);
    const found = await findSession(db, config, requestWith(opened.cookies));
    expect(found?.actor).toMatchObject({ personId: behind?.id, side: 'in', grants: [], locale: 'ru' });
    expect(found?.name).toEqual({ en: 'Deepika Kumari', ru: 'Дипика Кумари' });
    expect(await codes(made?.id ?? '')).toEqual(
      expect.arrayContaining([
        'people.signedUp',
        'people.addressVerified',
        'people.accountLinked',
        'people.signedIn',
      ]),
    );
    expect(problems).toEqual([]);
  });

  it('answers a known address as an unknown one, and tells its owner', async () => {
    await signUp('twice@t.example');
    await ask(`/verify-email?token=${tokenOf(mails.at(-1))}`);
    const again = await signUp('twice@t.example', { familyName: 'Somebody' });
    expect(again.status).toBe(200);
    expect(again.answer).toMatchObject({ token: null, user: { email: 'twice@t.example' } });
    expect(mails.at(-1)).toMatchObject({ to: 'twice@t.example', code: 'exists' });
  });

  it('links the imported person of the address, with the names their institution gave', async () => {
    const [known] = await db
      .insert(person)
      .values({
        institutionId: institutions['t-ru'] ?? '',
        familyName: 'Vorobev',
        familyNameRu: 'Воробьёв',
        email: 'vorobev@t.example',
        locale: 'en',
      })
      .returning();
    await signUp('vorobev@t.example', { familyName: 'Mallory' });
    const [claimed] = await db.select().from(account).where(eq(account.email, 'vorobev@t.example'));
    expect(claimed?.personId).toBeNull();
    await ask(`/verify-email?token=${tokenOf(mails.at(-1))}`);
    const [linked] = await db.select().from(account).where(eq(account.email, 'vorobev@t.example'));
    expect(linked?.personId).toBe(known?.id);
    const [person_] = await db
      .select()
      .from(person)
      .where(eq(person.id, known?.id ?? ''));
    expect(person_).toMatchObject({ familyName: 'Vorobev', locale: 'ru' });
  });

  it('makes a person of their own where somebody signs in as the known one already', async () => {
    const [known] = await db
      .insert(person)
      .values({ institutionId: institutions['t-ru'] ?? '', familyName: 'Orlova', email: 'orlova@t.example' })
      .returning();
    await createVerifiedAccount(db, {
      email: 'orlova.private@t.example',
      password,
      personId: known?.id ?? '',
      locale: 'ru',
      timeZone: 'Europe/Moscow',
    });
    await signUp('orlova@t.example');
    await ask(`/verify-email?token=${tokenOf(mails.at(-1))}`);
    const [second] = await db.select().from(account).where(eq(account.email, 'orlova@t.example'));
    expect(second?.personId).not.toBeNull();
    expect(second?.personId).not.toBe(known?.id);
  });
});

describe('sign-in', () => {
  it('refuses a wrong password and an unknown address alike', async () => {
    const wrong = await signIn('deepika@t.example', 'not the password at all');
    const unknown = await signIn('nobody@t.example');
    expect(wrong).toEqual(unknown);
    expect(wrong).toMatchObject({ status: 401, answer: { code: 'INVALID_EMAIL_OR_PASSWORD' } });
  });

  it('reads the grants of the day and is told of a change', async () => {
    const [who] = await db
      .insert(person)
      .values({ institutionId: institutions['t-ru'] ?? '', familyName: 'Petrova' })
      .returning();
    const personId = who?.id ?? '';
    await createVerifiedAccount(db, {
      email: 'petrova@t.example',
      password,
      personId,
      locale: 'ru',
      timeZone: 'Europe/Moscow',
    });
    const opened = await signIn('petrova@t.example');
    const request = requestWith(opened.cookies);
    const before = await findSession(db, config, request);
    expect(before?.actor?.grants).toEqual([]);
    expect(mustEnrol(before, false)).toBe(false);

    const grant = { personId, institutionId: institutions['t-ru'] ?? '' };
    await db.insert(roleGrant).values([
      { ...grant, role: 'coordinator' },
      { ...grant, role: 'protocol', validFrom: '2099-01-01' },
      { ...grant, role: 'observer', validFrom: '2020-01-01', validUntil: '2020-02-01' },
    ]);
    expect((await findSession(db, config, request))?.actor?.grants).toEqual([]);
    forgetSessions(personId);
    const after = await findSession(db, config, request);
    expect(after?.actor?.grants).toEqual([
      { role: 'coordinator', institutionId: institutions['t-ru'], side: 'ru', effect: 'allow' },
    ]);
    expect(mustEnrol(after, false)).toBe(true);
    expect(mustEnrol(after, true)).toBe(false);
  });

  it('knows no session by a forged cookie, nor after sign-out', async () => {
    const opened = await signIn('petrova@t.example');
    const [name, value] = (opened.cookies[0] ?? '').split('=');
    expect(await findSession(db, config, requestWith([`${name}=${value?.slice(0, -6)}AAAAAA`]))).toBeNull();
    expect(await findSession(db, config, requestWith([`${name}=%E0%A4%A`]))).toBeNull();
    expect(await findSession(db, config, requestWith(opened.cookies))).not.toBeNull();
    expect((await ask('/sign-out', {}, opened.cookies)).status).toBe(200);
    expect(await findSession(db, config, requestWith(opened.cookies))).toBeNull();
  });
});

describe('a forgotten password', () => {
  it('is set anew by a link that works once, and ends every session', async () => {
    const opened = await signIn('petrova@t.example');
    const count = mails.length;
    await ask('/request-password-reset', { email: 'nobody@t.example' });
    expect(mails).toHaveLength(count);
    await ask('/request-password-reset', { email: 'petrova@t.example' });
    expect(mails.at(-1)).toMatchObject({ code: 'reset', to: 'petrova@t.example' });
    const token = tokenOf(mails.at(-1));
    const newPassword = 'another long password';
    expect((await ask('/reset-password', { token, newPassword: 'short' })).answer).toMatchObject({
      code: 'PASSWORD_TOO_SHORT',
    });
    expect((await ask('/reset-password', { token, newPassword })).status).toBe(200);
    expect((await ask('/reset-password', { token, newPassword })).answer).toMatchObject({
      code: 'INVALID_TOKEN',
    });
    expect(mails.at(-1)).toMatchObject({ code: 'passwordChanged' });
    expect(await findSession(db, config, requestWith(opened.cookies))).toBeNull();
    expect((await signIn('petrova@t.example')).status).toBe(401);
    expect((await signIn('petrova@t.example', newPassword)).status).toBe(200);
    expect(problems).toEqual([]);
  });
});

describe('links', () => {
  it('end with their time', async () => {
    await signUp('late@t.example');
    const [late] = await db.select().from(account).where(eq(account.email, 'late@t.example'));
    const expired = await createEmailVerificationToken(config.authSecret, 'late@t.example', undefined, -1, {
      userId: late?.id,
    });
    expect((await ask(`/verify-email?token=${expired}`)).answer).toMatchObject({ code: 'TOKEN_EXPIRED' });
    await ask('/request-password-reset', { email: 'late@t.example' });
    await db.update(verification).set({ expiresAt: new Date(0) });
    const token = tokenOf(mails.at(-1));
    expect((await ask('/reset-password', { token, newPassword: password })).answer).toMatchObject({
      code: 'INVALID_TOKEN',
    });
    const [still] = await db.select().from(account).where(eq(account.email, 'late@t.example'));
    expect(still?.emailVerified).toBe(false);
  });

  it('are not written down as they are mailed', async () => {
    await ask('/request-password-reset', { email: 'late@t.example' });
    const stored = JSON.stringify(await db.select().from(verification));
    expect(stored).not.toContain(tokenOf(mails.at(-1)));
  });
});

describe('over https', () => {
  it('the session cookie is secure, and is read under its name there', async () => {
    const there = { ...config, appUrl: 'https://portal.example' };
    const door = createAuth({ db, config: there, mail: async () => {}, problem: () => {} });
    const response = await door.handler(
      new Request(`${there.appUrl}/api/auth/sign-in/email`, {
        method: 'POST',
        headers: { origin: there.appUrl, 'content-type': 'application/json' },
        body: JSON.stringify({ email: 'deepika@t.example', password }),
      }),
    );
    const [cookie = ''] = response.headers.getSetCookie();
    expect(cookie).toMatch(/^__Secure-setu\.session_token=/);
    expect(cookie).toMatch(/; HttpOnly; Secure; SameSite=Lax/);
    const request = new Request(there.appUrl, { headers: { cookie: cookie.split(';')[0] ?? '' } });
    expect(await findSession(db, there, request)).not.toBeNull();
  });
});
