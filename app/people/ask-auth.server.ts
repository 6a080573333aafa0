import { invalid, type Refusal } from '#app/platform/outcome.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { auth } from './auth.server.ts';
import { authReason } from './auth-reasons.ts';
import { ADDRESS_HEADER } from './create-auth.server.ts';

/** What the sign-in library answered. */
export type AuthAnswer = {
  ok: boolean;
  body: Record<string, unknown>;
  /** The library's error code; its words stand under `errors:auth`. */
  code: string | null;
  /** The cookies it sets, to be passed on to the browser. */
  cookies: string[];
};

/**
 * Puts a form's question to the sign-in library at its own URL, so that forms and the API take one way. The
 * caller has passed the limiter.
 *
 * @param path under `/api/auth`; POST with a body, GET without
 * @param from.address the client's address as the edge resolved it
 */
export async function askAuth(
  from: { request: Request; address: string },
  path: string,
  body?: Record<string, unknown>,
): Promise<AuthAnswer> {
  const { appUrl } = platform().config;
  const headers = new Headers({ Origin: appUrl, [ADDRESS_HEADER]: from.address });
  for (const name of ['Cookie', 'User-Agent']) {
    const value = from.request.headers.get(name);
    if (value) headers.set(name, value);
  }
  if (body) headers.set('Content-Type', 'application/json');
  const response = await auth().handler(
    new Request(`${appUrl}/api/auth${path}`, {
      method: body ? 'POST' : 'GET',
      headers,
      body: body ? JSON.stringify(body) : null,
    }),
  );
  const answered: unknown = await response.json().catch(() => null);
  const read = typeof answered === 'object' && answered !== null ? { ...answered } : {};
  const code = 'code' in read && typeof read.code === 'string' ? read.code : null;
  if (response.status >= 500) throw new Error(`The sign-in library failed at ${path}: ${code}`);
  return { ok: response.ok, body: read, code, cookies: response.headers.getSetCookie() };
}

/** The library's refusal in our words; `field` is where the form shows it. */
export function authRefusal({ code }: AuthAnswer, field?: string): Refusal {
  const reason = authReason(code);
  return invalid(reason, field ? { fields: { [field]: [reason] } } : {});
}

/** Headers that pass the library's cookies on to the browser. */
export function settingCookies({ cookies }: AuthAnswer, headers = new Headers()): Headers {
  for (const cookie of cookies) headers.append('Set-Cookie', cookie);
  return headers;
}
