import { forbidden } from './outcome.ts';

/** Paths whose posts are proved by signature or token instead (DESIGN §5). */
const PROVED_OTHERWISE = [/^\/webhooks\/[^/]+$/, /^\/u\/[^/]+$/];

/**
 * Refuses anything that changes something and was not sent by a page of this portal. Browsers send
 * `Origin` with every post; a client that sends neither it nor `Sec-Fetch-Site` is not a browser and
 * carries no one's cookies by accident, but it is refused all the same: one rule, no gap.
 *
 * @throws Refusal `forbidden`
 */
export function checkOrigin(request: Request, appOrigin: string): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const { pathname } = new URL(request.url);
  if (PROVED_OTHERWISE.some((path) => path.test(pathname.replace(/\.data$/, '')))) return;
  const origin = request.headers.get('Origin');
  const site = request.headers.get('Sec-Fetch-Site');
  const same = origin === appOrigin && (site === null || site === 'same-origin');
  if (!same) throw forbidden('origin');
}
