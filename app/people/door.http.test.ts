import { createHmac } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { listMailbox } from '#app/platform/mailer-mailbox.server.ts';
import { account, credential, institution, person, roleGrant, session } from '#db/schema/people.ts';
import { auditRow } from '#db/schema/platform.ts';
import { usePortal } from '#tests/support/portal.ts';
import { demoPassword } from '#tests/support/visitor.ts';
import { createVerifiedAccount } from './create-verified-account.ts';

// Two factors are demanded here: this is no demo installation. Proxies are believed, so that each test has a network.
const portal = await usePortal({ jobs: false, env: { TRUST_PROXY: '127.0.0.0/8 ::1' } });
const password = 'four words in a row';
let institutionId: string;

beforeAll(async () => {
  const words = { en: 'Institute', ru: 'Институт' };
  const rows = await portal.db
    .insert(institution)
    .values([
      { code: 'door-ru', name: words, shortName: words, side: 'ru', timeZone: 'Europe/Moscow' },
      { code: 'door-other', name: words, shortName: words, side: null, timeZone: 'Asia/Kolkata' },
    ])
    .returning();
  institutionId = rows[0]?.id ?? '';
});

let networks = 0;

/** A visitor from a network of their own. */
function stranger(lng: 'en' | 'ru' = 'en') {
  const visitor = portal.visitor(lng);
  networks += 1;
  const headers = { 'x-forwarded-for': `198.51.100.${networks}` };
  return {
    cookies: visitor.cookies,
    get: (path: string, follow = true) => visitor.get(path, { headers, follow }),
    post: (path: string, fields: Record<string, string>, follow = false) =>
      visitor.post(path, fields, { headers, follow }),
    api: (method: string, path: string, body?: object) =>
      visitor.request(
        `/api/auth${path}`,
        { method, body: body ? JSON.stringify(body) : null, headers: { 'content-type': 'application/json' } },
        { headers },
      ),
    signIn: (email: string, secret = demoPassword) =>
      visitor.post('/sign-in', { email, password: secret }, { headers, follow: false }),
  };
}

async function someone(email: string, role?: 'coordinator'): Promise<string> {
  const [made] = await portal.db
    .insert(person)
    .values({ institutionId, familyName: 'Doe', givenName: 'Jo', email, locale: 'en' })
    .returning();
  const personId = made?.id ?? '';
  if (role) await portal.db.insert(roleGrant).values({ personId, institutionId, role });
  await createVerifiedAccount(portal.db, {
    email,
    password: demoPassword,
    personId,
    locale: 'en',
    timeZone: 'Europe/Moscow',
  });
  return personId;
}

/** The link in the last mail to an address, as a path of the portal. */
async function lastLink(to: string): Promise<string> {
  const letters = (await listMailbox(portal.dataDir)).filter((letter) => letter.to === to);
  const link = letters[0]?.text.match(/https?:\/\/[^\s<>()]+token=[^\s<>()]+/)?.[0] ?? '';
  const { pathname, search } = new URL(link);
  return `${pathname}${search}`;
}

const tokenIn = (path: string) => new URL(path, portal.url).searchParams.get('token') ?? '';

const typed = (email: string, more: Record<string, string> = {}) => ({
  givenName: 'Olga',
  familyName: 'Petrova',
  givenNameRu: 'Ольга',
  familyNameRu: 'Петрова',
  patronymicRu: 'Игоревна',
  institution: 'door-ru',
  organisation: '',
  email,
  password,
  locale: 'ru',
  consent: 'on',
  next: '/account',
  ...more,
});

/** The six digits an authenticator app shows for a base32 secret now (RFC 6238). */
function totp(key: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...key.replace(/[\s=]/g, '')].map((letter) =>
    alphabet.indexOf(letter).toString(2).padStart(5, '0'),
  );
  const bytes = bits.join('').match(/.{8}/g) ?? [];
  const secret = Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac('sha1', secret).update(counter).digest();
  const at = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

describe('sign-up', () => {
  it('leads by a mailed link and the password to an open account, and back to where one wanted to go', async () => {
    const visitor = stranger('ru');
    const sent = await visitor.post('/sign-up', typed('olga@t.example'), true);
    expect(sent.url).toContain('/verify-email?sent=1');
    expect(sent.text).toContain('Проверьте почту');
    const link = await lastLink('olga@t.example');
    expect((await visitor.get(link)).status).toBe(200);
    const [before] = await portal.db.select().from(account).where(eq(account.email, 'olga@t.example'));
    expect(before).toMatchObject({ emailVerified: false, personId: null });

    const fields = { token: tokenIn(link), next: '/account' };
    const wrong = await visitor.post('/verify-email', { ...fields, password: 'not the right one' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('Неверный пароль');
    const verified = await visitor.post('/verify-email', { ...fields, password });
    expect(verified).toMatchObject({ status: 303, location: '/account' });
    const page = await visitor.get('/account');
    expect(page.status).toBe(200);
    expect(page.text).toContain('value="Петрова"');
    expect(page.text).toContain('lang="ru"');
  });

  it('keeps what was typed and says what is wrong in the reader’s language', async () => {
    const refused = await stranger('ru').post('/sign-up', {
      ...typed('olga2@t.example', {
        givenName: 'Ольга',
        familyNameRu: '',
        password: 'short',
        institution: '',
      }),
      consent: '',
    });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Пишите латинскими буквами');
    expect(refused.text).toContain('Пароль слишком короткий');
    expect(refused.text).toContain('Без согласия');
    expect(refused.text).toContain('value="olga2@t.example"');
    expect(refused.text).not.toContain('short');
  });

  it('asks for the name of another organisation', async () => {
    const refused = await stranger().post(
      '/sign-up',
      typed('other@t.example', { institution: 'door-other' }),
    );
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Give the name of your organisation.');
  });

  it('says of a known address nothing that it does not say of an unknown one', async () => {
    await someone('known@t.example');
    const known = await stranger().post('/sign-up', typed('known@t.example'), true);
    const unknown = await stranger().post('/sign-up', typed('unknown@t.example'), true);
    const bare = (text: string) => text.replace(/nonce="[^"]*"/g, '');
    expect(bare(known.text)).toBe(bare(unknown.text));
    const [letter] = (await listMailbox(portal.dataDir)).filter(({ to }) => to === 'known@t.example');
    expect(letter?.subject).toBe('You already have an account');
  });

  it('gives nothing to whoever claims an address first', async () => {
    const personId = (
      await portal.db
        .insert(person)
        .values({ institutionId, familyName: 'Victim', email: 'victim@t.example' })
        .returning()
    )[0]?.id;
    const mallory = stranger();
    await mallory.post('/sign-up', typed('victim@t.example', { password: 'password of mallory' }));
    const malloryLink = await lastLink('victim@t.example');
    const early = await mallory.signIn('victim@t.example', 'password of mallory');
    expect(early.status).toBe(422);
    expect(early.text).toContain('not confirmed yet');

    // The owner signs up too: the first claim gives way, and its link no longer opens anything.
    const owner = stranger();
    await owner.post('/sign-up', typed('victim@t.example'));
    const link = await lastLink('victim@t.example');
    const old = await owner.post('/verify-email', { token: tokenIn(malloryLink), password });
    expect(old.text).toContain('This link does not work');
    expect((await owner.post('/verify-email', { token: tokenIn(link), password })).status).toBe(303);
    expect((await mallory.signIn('victim@t.example', 'password of mallory')).status).toBe(422);
    const [linked] = await portal.db.select().from(account).where(eq(account.email, 'victim@t.example'));
    expect(linked?.personId).toBe(personId);
  });

  it.each(['', 'x', 'a.b.c', 'eyJhbGciOiJub25lIn0.eyJlbWFpbCI6InhAdC5leGFtcGxlIn0.'])(
    'takes no broken link: %j',
    async (token) => {
      const refused = await stranger().post('/verify-email', { token, password });
      expect(refused.status).toBe(422);
    },
  );

  it('takes no link whose signature is forged', async () => {
    await stranger().post('/sign-up', typed('forged@t.example'));
    const token = tokenIn(await lastLink('forged@t.example'));
    const forged = `${token.split('.').slice(0, 2).join('.')}.${'A'.repeat(43)}`;
    const refused = await stranger().post('/verify-email', { token: forged, password });
    expect(refused.text).toContain('This link does not work');
    const [row] = await portal.db.select().from(account).where(eq(account.email, 'forged@t.example'));
    expect(row?.emailVerified).toBe(false);
  });
});

describe('sign-in', () => {
  it('refuses a wrong password and an unknown address in the same words', async () => {
    await someone('plain@t.example');
    const wrong = await stranger().signIn('plain@t.example', 'not the password');
    const unknown = await stranger().signIn('nobody@t.example', 'not the password');
    expect([wrong.status, unknown.status]).toEqual([422, 422]);
    for (const answer of [wrong, unknown]) expect(answer.text).toContain('Address or password is not right.');
    expect(wrong.headers.getSetCookie().join()).not.toContain('session_token');
  });

  it('goes only to pages of the portal', async () => {
    const visitor = stranger();
    const answer = await visitor.post('/sign-in', {
      email: 'plain@t.example',
      password: demoPassword,
      next: '//evil.example/home',
    });
    expect(answer).toMatchObject({ status: 303, location: '/home' });
  });

  it('makes whoever guesses wait, in their language, and lets the owner in from elsewhere', async () => {
    const guesser = stranger('ru');
    for (let attempt = 0; attempt < 8; attempt += 1)
      await guesser.signIn('plain@t.example', `guess ${attempt}`);
    const refused = await guesser.signIn('plain@t.example');
    expect(refused.status).toBe(429);
    expect(refused.text).toContain('Слишком много попыток');
    expect((await stranger().signIn('plain@t.example')).status).toBe(303);
  });

  it('ends with sign-out, which only a post does', async () => {
    const visitor = stranger();
    await visitor.signIn('plain@t.example');
    expect((await visitor.get('/account')).status).toBe(200);
    await visitor.get('/sign-out');
    expect((await visitor.get('/account')).url).toContain('/account');
    expect(await visitor.post('/sign-out', {})).toMatchObject({ status: 303, location: '/' });
    expect((await visitor.get('/account', false)).location).toBe('/sign-in?next=%2Faccount');
  });

  it('is audited with what came before it', async () => {
    const rows = await portal.db.select().from(auditRow);
    const codes = new Set(rows.map((row) => row.code));
    for (const code of [
      'people.signedUp',
      'people.addressVerified',
      'people.accountLinked',
      'people.signedIn',
      'people.signedOut',
    ]) {
      expect(codes).toContain(code);
    }
    expect(JSON.stringify(rows)).not.toContain('@t.example');
  });
});

describe('a forgotten password', () => {
  it('is set anew once, by the mailed link', async () => {
    await someone('forgetful@t.example');
    const visitor = stranger();
    const asked = await visitor.post('/forgot-password', { email: 'forgetful@t.example' }, true);
    const unknown = await visitor.post('/forgot-password', { email: 'nobody@t.example' }, true);
    expect(asked.text).toContain('Check your mail');
    expect(unknown.text.replace(/nonce="[^"]*"/g, '')).toBe(asked.text.replace(/nonce="[^"]*"/g, ''));
    const link = await lastLink('forgetful@t.example');
    await visitor.get(link);
    const fields = { token: tokenIn(link), newPassword: password };
    const short = await visitor.post('/reset-password', { ...fields, newPassword: 'short' });
    expect(short.text).toContain('at least 12 characters');
    expect(await visitor.post('/reset-password', fields)).toMatchObject({
      status: 303,
      location: '/sign-in',
    });
    expect((await visitor.post('/reset-password', fields)).text).toContain('This link does not work');
    expect((await stranger().signIn('forgetful@t.example')).status).toBe(422);
    expect((await stranger().signIn('forgetful@t.example', password)).status).toBe(303);
  });
});

describe('the second step', () => {
  it('is demanded of whoever decides, shown as picture and key, and asked at the next sign-in', async () => {
    await someone('decider@t.example', 'coordinator');
    const visitor = stranger();
    await visitor.signIn('decider@t.example');
    expect((await visitor.get('/account', false)).location).toBe('/account/two-factor');
    const refused = await visitor.post('/account/two-factor', { intent: 'start', password: 'wrong' });
    expect(refused.status).toBe(422);
    const shown = await visitor.post('/account/two-factor', { intent: 'start', password: demoPassword });
    expect(shown.text).toContain('<svg');
    const key = shown.text.match(/data-key=""[^>]*>([A-Z2-7 ]+)</)?.[1] ?? '';
    const uri = (shown.text.match(/name="uri" value="([^"]+)"/)?.[1] ?? '').replaceAll('&amp;', '&');
    expect(uri).toMatch(/^otpauth:\/\/totp\//);

    const wrong = await visitor.post('/account/two-factor', { intent: 'verify', uri, code: '000000' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('<svg');
    const on = await visitor.post('/account/two-factor', { intent: 'verify', uri, code: totp(key) });
    expect(on.status).toBe(200);
    const codes = [...on.text.matchAll(/<code>([\w]{5}-[\w]{5})<\/code>/g)].map((match) => match[1] ?? '');
    expect(codes).toHaveLength(10);
    expect((await visitor.get('/account', false)).status).toBe(200);

    const again = stranger();
    const challenged = await again.post('/sign-in', {
      email: 'decider@t.example',
      password: demoPassword,
      next: '/account',
    });
    expect(challenged.location).toBe('/sign-in/two-factor?next=%2Faccount');
    expect((await again.get('/account', false)).location).toContain('/sign-in');
    expect((await again.post('/sign-in/two-factor', { code: '111111', next: '/account' })).status).toBe(422);
    const opened = await again.post('/sign-in/two-factor', { code: totp(key), next: '/account' });
    expect(opened).toMatchObject({ status: 303, location: '/account' });
    expect((await again.get('/account')).status).toBe(200);

    const withBackup = async () => {
      const visitor_ = stranger();
      await visitor_.signIn('decider@t.example');
      return visitor_.post('/sign-in/two-factor', { code: codes[0] ?? '', next: '/account' });
    };
    expect((await withBackup()).status).toBe(303);
    const used = await withBackup();
    expect(used.status).toBe(422);
    expect(used.text).toContain('used already');

    const off = await again.post('/account/two-factor', { intent: 'disable', password: demoPassword });
    expect(off).toMatchObject({ status: 303, location: '/account' });
    expect((await again.get('/account', false)).location).toBe('/account/two-factor');
  });

  it('asks for the password first', async () => {
    expect((await stranger().get('/sign-in/two-factor', false)).location).toBe('/sign-in');
  });
});

describe('the account', () => {
  it('changes names in both scripts, tells a stale form so, and keeps what was typed', async () => {
    const personId = await someone('names@t.example');
    const visitor = stranger();
    await visitor.signIn('names@t.example');
    const [before] = await portal.db.select().from(person).where(eq(person.id, personId));
    const fields = {
      intent: 'profile',
      revision: before?.revision ?? '',
      givenName: 'Oleg',
      familyName: 'Vorobyov',
      givenNameRu: 'Олег',
      familyNameRu: 'Воробьёв',
      patronymicRu: '',
    };
    expect(await visitor.post('/account', fields)).toMatchObject({ status: 303, location: '/account' });
    const [after] = await portal.db.select().from(person).where(eq(person.id, personId));
    expect(after).toMatchObject({ familyName: 'Vorobyov', cyrillicSpelling: 'confirmed' });
    expect(after?.search).toContain('воробьев');
    const stale = await visitor.post('/account', { ...fields, familyName: 'Sparrow' });
    expect(stale.status).toBe(409);
    expect(stale.text).toContain('value="Sparrow"');
    const half = await visitor.post('/account', { ...fields, givenNameRu: '' });
    expect(half.text).toContain('Give both family name and given name in Cyrillic');
  });

  it('changes language and time zone, of pages at once and of mail from now on', async () => {
    const personId = await someone('language@t.example');
    const visitor = stranger();
    await visitor.signIn('language@t.example');
    const page = await visitor.post(
      '/account',
      { intent: 'preferences', locale: 'ru', timeZone: 'Asia/Omsk' },
      true,
    );
    expect(page.text).toContain('lang="ru"');
    expect((await visitor.get('/account')).text).toContain('lang="ru"');
    const [row] = await portal.db.select().from(person).where(eq(person.id, personId));
    expect(row).toMatchObject({ locale: 'ru', timeZone: 'Asia/Omsk' });
    const refused = await visitor.post('/account', { intent: 'preferences', locale: 'de', timeZone: 'Mars' });
    expect(refused.status).toBe(422);
  });

  it('lists where one is signed in and ends a session there at once', async () => {
    await someone('sessions@t.example');
    const [here, there] = [stranger(), stranger()];
    await here.signIn('sessions@t.example');
    await there.signIn('sessions@t.example');
    expect((await there.get('/account')).status).toBe(200);
    const ids = [...(await here.get('/account')).text.matchAll(/name="session" value="([^"]+)"/g)];
    expect(ids).toHaveLength(1);
    const other = stranger();
    await other.signIn('plain@t.example');
    expect((await other.post('/account', { intent: 'revoke', session: ids[0]?.[1] ?? '' })).status).toBe(404);
    expect((await here.post('/account', { intent: 'revoke', session: ids[0]?.[1] ?? '' })).status).toBe(303);
    expect((await there.get('/account', false)).location).toContain('/sign-in');
    expect((await here.get('/account')).status).toBe(200);
    expect((await here.post('/account', { intent: 'revoke', session: 'nonsense' })).status).toBe(404);
  });

  it('asks for the password again and notes when', async () => {
    await someone('confirm@t.example');
    const visitor = stranger();
    await visitor.signIn('confirm@t.example');
    const [row] = await portal.db.select().from(account).where(eq(account.email, 'confirm@t.example'));
    const mine = eq(session.accountId, row?.id ?? '');
    await portal.db
      .update(session)
      .set({ confirmedAt: new Date(0) })
      .where(mine);
    expect((await visitor.post('/account/confirm', { password: 'wrong', next: '/account' })).status).toBe(
      422,
    );
    const confirmed = await visitor.post('/account/confirm', { password: demoPassword, next: '/travel' });
    expect(confirmed).toMatchObject({ status: 303, location: '/travel' });
    const [after] = await portal.db.select().from(session).where(mine);
    expect(after?.confirmedAt.getTime()).toBeGreaterThan(Date.now() - 60_000);
  });

  it('is for the signed-in alone', async () => {
    for (const path of ['/account', '/account/two-factor', '/account/confirm']) {
      expect((await stranger().get(path, false)).location).toContain('/sign-in?next=');
      expect((await stranger().post(path, { intent: 'profile' })).location).toContain('/sign-in?next=');
    }
  });
});

describe('the API', () => {
  it('opens the few ends in use and nothing else', async () => {
    const visitor = stranger();
    const opened = await visitor.api('POST', '/sign-in/email', {
      email: 'plain@t.example',
      password: demoPassword,
    });
    expect(opened.status).toBe(200);
    expect((await visitor.api('GET', '/get-session')).status).toBe(200);
    for (const [method, path] of [
      ['POST', '/sign-up/email'],
      ['GET', '/verify-email?token=x'],
      ['POST', '/update-user'],
      ['POST', '/change-email'],
      ['POST', '/delete-user'],
      ['POST', '/two-factor/enable'],
      ['GET', '/list-sessions'],
      ['POST', '/admin/impersonate-user'],
      ['GET', '/sign-in/email'],
      ['GET', '/error'],
      ['GET', ''],
    ] as const) {
      const answer = await visitor.api(method, path, method === 'POST' ? {} : undefined);
      expect([path, answer.status]).toEqual([path, 404]);
    }
  });

  it('stands behind the same limiter as the forms', async () => {
    await someone('limited@t.example');
    const visitor = stranger();
    const guess = { email: 'limited@t.example', password: 'a wrong password' };
    for (let attempt = 0; attempt < 4; attempt += 1) await visitor.api('POST', '/sign-in/email', guess);
    for (let attempt = 0; attempt < 4; attempt += 1) await visitor.signIn(guess.email, guess.password);
    const refused = await visitor.api('POST', '/sign-in/email', { ...guess, password: demoPassword });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await visitor.signIn(guess.email)).status).toBe(429);
  });

  it('changes nothing for another site', async () => {
    const visitor = portal.visitor();
    const body = JSON.stringify({ email: 'plain@t.example', password: demoPassword });
    const forged = await visitor.request(
      '/api/auth/sign-in/email',
      { method: 'POST', body, headers: { 'content-type': 'application/json' } },
      { origin: 'https://evil.example' },
    );
    expect(forged.status).toBe(403);
  });

  it('keeps no password in the clear', async () => {
    for (const row of await portal.db.select().from(credential)) {
      expect(row.password).toMatch(/^[0-9a-f]+:[0-9a-f]+$/);
    }
  });
});
