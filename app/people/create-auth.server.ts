import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { twoFactor } from 'better-auth/plugins';
import { v7 as uuidv7 } from 'uuid';
import { mayMail } from '#app/platform/limiter.server.ts';
import type { Db } from '#db/client.server.ts';
import type { Locale } from '#db/schema/shared.ts';
import { accountEvents } from './account-events.server.ts';
import { COOKIE_PREFIX } from './auth-cookies.ts';
import { authTables } from './auth-tables.server.ts';
import { linkAccount } from './link-account.ts';
import { recordAccountEvent } from './record-account-event.ts';
import { forgetAccount } from './session.server.ts';
import { signUpProfile } from './sign-up-profile.ts';

/** Codes of the mails about an account; their words are `mail:account.<code>`. */
export type AccountMailCode =
  | 'verify'
  | 'exists'
  | 'reset'
  | 'passwordChanged'
  | 'twoFactorOn'
  | 'twoFactorOff';

export type AccountMail = { to: string; locale: Locale; code: AccountMailCode; url: string };

/** What the door needs of the running portal. */
export type AuthParts = {
  db: Db;
  config: { appUrl: string; authSecret: string };
  mail(mail: AccountMail): Promise<void>;
  /** Told when something that must not stop a sign-in went wrong, for example an audit row to be repaired. */
  problem(error: unknown, what: string): void;
};

export const PASSWORD_LEAST = 12;
export const PASSWORD_MOST = 128;

const HOUR = 60 * 60;
const DAY = 24 * HOUR;

/** The header in which our own code tells the library the client's address; a client's own is overwritten. */
export const ADDRESS_HEADER = 'x-portal-client';

type MailedUser = { email: string; locale?: string | null };

/**
 * The sign-in library on our tables. Its limiter is off: `platform/limiter.server.ts` stands before every door.
 * Sessions last 14 days and are not prolonged, so that reading a page never writes.
 */
export function createAuth(parts: AuthParts) {
  const { db, config } = parts;

  /** A mail that fails is a matter for the log: the answer must not tell that there was one to send. */
  const send = async (user: MailedUser, code: AccountMailCode, path: string) => {
    try {
      await parts.mail({ to: user.email, locale: localeOf(user), code, url: `${config.appUrl}${path}` });
    } catch (error) {
      parts.problem(error, `account mail ${code}`);
    }
  };
  /** At most five mails an hour about one address, whoever asks; silent, so that nothing is learnt from it. */
  const mail: typeof send = async (user, code, path) => {
    if (await mayMail(db, user.email)) await send(user, code, path);
  };
  /** What tells the owner of a change is never held back. */
  const notice = (user: MailedUser, code: AccountMailCode) => send(user, code, '/account');

  return betterAuth({
    appName: 'Setu–Most',
    baseURL: config.appUrl,
    basePath: '/api/auth',
    secret: config.authSecret,
    trustedOrigins: [config.appUrl],
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    logger: { level: 'error', log: (_level, message) => parts.problem(null, message) },
    database: drizzleAdapter(db, { provider: 'pg', schema: authTables, transaction: true }),
    verification: { storeIdentifier: 'hashed' },
    advanced: {
      cookiePrefix: COOKIE_PREFIX,
      database: { generateId: () => uuidv7() },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER], ipv6Subnet: 128 },
    },
    session: { expiresIn: 14 * DAY, disableSessionRefresh: true, freshAge: 0 },
    user: {
      additionalFields: {
        locale: { type: 'string', input: false, required: false },
        timeZone: { type: 'string', input: false, required: false },
        profile: { type: 'json', input: false, required: false, returned: false },
      },
    },
    emailAndPassword: {
      enabled: true,
      minPasswordLength: PASSWORD_LEAST,
      maxPasswordLength: PASSWORD_MOST,
      requireEmailVerification: true,
      autoSignIn: false,
      revokeSessionsOnPasswordReset: true,
      resetPasswordTokenExpiresIn: HOUR,
      sendResetPassword: async ({ user, token }) => {
        await mail(user, 'reset', `/reset-password?token=${encodeURIComponent(token)}`);
      },
      onExistingUserSignUp: async ({ user }) => {
        await mail(user, 'exists', '/sign-in');
      },
      onPasswordReset: async ({ user }) => {
        forgetAccount(user.id);
        await recorded(parts, { code: 'people.passwordReset', accountId: user.id });
        await notice(user, 'passwordChanged');
      },
    },
    emailVerification: {
      expiresIn: DAY,
      sendOnSignUp: true,
      sendOnSignIn: true,
      autoSignInAfterVerification: false,
      sendVerificationEmail: async ({ user, token, url }) => {
        // The library carries the way back in its own link.
        const back = new URL(url).searchParams.get('callbackURL');
        const next = back && back !== '/' ? `&next=${encodeURIComponent(back)}` : '';
        await mail(user, 'verify', `/verify-email?token=${encodeURIComponent(token)}${next}`);
      },
      afterEmailVerification: async (user) => {
        await recorded(parts, { code: 'people.addressVerified', accountId: user.id });
        await linkAccount(db, user.id);
        forgetAccount(user.id);
      },
    },
    databaseHooks: {
      user: {
        create: {
          before: async (user, context) => {
            const { locale, timeZone, ...profile } = signUpProfile.parse(context?.body?.signUp);
            return { data: { ...user, locale, timeZone, profile } };
          },
          after: async (user) => {
            await recorded(parts, { code: 'people.signedUp', accountId: user.id });
          },
        },
        update: {
          after: async (user, context) => {
            const code = twoFactorChange(context?.path);
            if (!code) return;
            forgetAccount(user.id);
            await recorded(parts, {
              code: code === 'twoFactorOn' ? 'people.twoFactorOn' : 'people.twoFactorOff',
              accountId: user.id,
            });
            await notice(user, code);
          },
        },
      },
      session: {
        delete: {
          after: async (session, context) => {
            forgetAccount(session.userId);
            if (context?.path !== '/sign-out') return;
            await recorded(parts, {
              code: 'people.signedOut',
              accountId: session.userId,
              sessionId: session.id,
            });
          },
        },
      },
    },
    plugins: [
      twoFactor({ issuer: 'Setu–Most', backupCodeOptions: { amount: 10, length: 10 } }),
      // Last, so that it sees a session only when the second factor is no longer outstanding.
      accountEvents({
        signedIn: (session) =>
          recorded(parts, { code: 'people.signedIn', accountId: session.userId, sessionId: session.id }),
        renewed: (session) =>
          recorded(parts, {
            code: 'people.sessionRenewed',
            accountId: session.userId,
            sessionId: session.id,
          }),
        backupCodesRenewed: (accountId) => recorded(parts, { code: 'people.backupCodesRenewed', accountId }),
      }),
    ],
  });
}

export type Auth = ReturnType<typeof createAuth>;

/** The event is in the library's database already; if the row fails now, the repair job writes it. */
async function recorded(parts: AuthParts, event: Parameters<typeof recordAccountEvent>[1]): Promise<void> {
  try {
    await recordAccountEvent(parts.db, event);
  } catch (error) {
    parts.problem(error, `audit of ${event.code}`);
  }
}

function twoFactorChange(path: string | undefined): 'twoFactorOn' | 'twoFactorOff' | null {
  if (path === '/two-factor/verify-totp') return 'twoFactorOn';
  return path === '/two-factor/disable' ? 'twoFactorOff' : null;
}

function localeOf(user: MailedUser): Locale {
  return user.locale === 'ru' ? 'ru' : 'en';
}
