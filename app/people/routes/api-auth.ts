import { type Door, passDoor } from '#app/platform/limiter.server.ts';
import { Refusal, STATUS } from '#app/platform/outcome.ts';
import { state } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { auth } from '../auth.server.ts';
import { challengeCookieName } from '../auth-cookies.ts';
import { cookieValue } from '../cookie-value.ts';
import { ADDRESS_HEADER } from '../create-auth.server.ts';
import { sameTime } from '../same-time.ts';
import type { Route } from './+types/api-auth';

/** What of the sign-in library is open to programs; everything else is not there. `secret`: an answer of 200 proves one. */
const OPEN: Record<string, { door?: Door; secret?: boolean }> = {
  'GET /get-session': {},
  'POST /sign-out': {},
  'POST /sign-in/email': { door: 'sign-in', secret: true },
  'POST /two-factor/verify-totp': { door: 'second-factor', secret: true },
  'POST /two-factor/verify-backup-code': { door: 'second-factor', secret: true },
  'POST /request-password-reset': { door: 'forgot' },
  'POST /reset-password': { door: 'reset', secret: true },
};

export const loader = ({ request, context }: Route.LoaderArgs) => pass(request, context);
export const action = ({ request, context }: Route.ActionArgs) => pass(request, context);

async function pass(request: Request, context: Route.ActionArgs['context']): Promise<Response> {
  const { address, url } = state(context);
  const open = OPEN[`${request.method} ${url.pathname.replace(/^\/api\/auth/, '')}`];
  if (!open) return new Response(null, { status: 404 });
  const { door, secret } = open;
  try {
    const body = request.method === 'POST' ? await request.text() : null;
    const passed = door && (await passDoor(platform().db, door, { address, account: named(request, body) }));
    const headers = new Headers(request.headers);
    headers.set(ADDRESS_HEADER, address);
    const ask = () => auth().handler(new Request(url, { method: request.method, headers, body }));
    if (!secret) return await sameTime(ask, door ? undefined : 0);
    const response = await ask();
    if (response.ok) await passed?.succeeded();
    return response;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const seconds = error.params.seconds;
    return Response.json(
      { code: error.reason },
      { status: STATUS[error.code], headers: seconds ? { 'Retry-After': String(seconds) } : {} },
    );
  }
}

/** What names the account at this door: its address, a reset token, or the outstanding challenge. */
function named(request: Request, body: string | null): string | undefined {
  let asked: unknown;
  try {
    asked = JSON.parse(body ?? '');
  } catch {
    asked = Object.fromEntries(new URLSearchParams(body ?? ''));
  }
  const fields = typeof asked === 'object' && asked !== null ? (asked as Record<string, unknown>) : {};
  const name =
    fields.email ?? fields.token ?? cookieValue(request, challengeCookieName(platform().config.appUrl));
  return typeof name === 'string' ? name : undefined;
}
