import type { BetterAuthPlugin } from 'better-auth';
import { createAuthMiddleware } from 'better-auth/api';
import { COOKIE_PREFIX } from './auth-cookies.ts';

type Session = { id: string; userId: string };

/** Doors behind which a session may have been made. */
const DOORS = new Set([
  '/sign-in/email',
  '/two-factor/verify-totp',
  '/two-factor/verify-backup-code',
  '/two-factor/disable',
]);

/**
 * Tells of sessions once they are really open: between password and second factor the library makes a session
 * and takes it back, which its own database hooks cannot tell from a sign-in.
 */
export function accountEvents(tell: {
  signedIn(session: Session): Promise<void>;
  /** The session of somebody signed in already was replaced by a new one. */
  renewed(session: Session): Promise<void>;
  backupCodesRenewed(accountId: string): Promise<void>;
}): BetterAuthPlugin {
  return {
    id: 'account-events',
    hooks: {
      after: [
        {
          matcher: (context) => DOORS.has(context.path ?? ''),
          handler: createAuthMiddleware(async (context) => {
            const opened = context.context.newSession?.session;
            if (!opened) return;
            const answersChallenge =
              context.path === '/sign-in/email' || hasCookie(context.headers, `${COOKIE_PREFIX}.two_factor`);
            await (answersChallenge ? tell.signedIn(opened) : tell.renewed(opened));
          }),
        },
        {
          matcher: (context) => context.path === '/two-factor/generate-backup-codes',
          handler: createAuthMiddleware(async (context) => {
            const accountId = context.context.session?.user.id;
            if (accountId && !(context.context.returned instanceof Error))
              await tell.backupCodesRenewed(accountId);
          }),
        },
      ],
    },
  };
}

function hasCookie(headers: Headers | undefined, name: string): boolean {
  return headers?.get('cookie')?.includes(`${name}=`) ?? false;
}
