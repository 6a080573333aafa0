import english from '#locales/en/errors.json';

const known: Record<string, unknown> = english.auth;

/** The key of `errors.json` for an error code of the sign-in library; unknown codes share one sentence. */
export function authReason(code: string | null): string {
  return code !== null && typeof known[code] === 'string' ? `auth.${code}` : 'auth.unknown';
}
