/** Stands before the name of every cookie of the sign-in library. */
export const COOKIE_PREFIX = 'setu';

/** The session cookie's name; `__Secure-` makes browsers refuse it over plain http. */
export function sessionCookieName(appUrl: string): string {
  return `${securePrefix(appUrl)}${COOKIE_PREFIX}.session_token`;
}

/** The cookie that holds the challenge between the password and the second factor. */
export function challengeCookieName(appUrl: string): string {
  return `${securePrefix(appUrl)}${COOKIE_PREFIX}.two_factor`;
}

function securePrefix(appUrl: string): string {
  return appUrl.startsWith('https:') ? '__Secure-' : '';
}
