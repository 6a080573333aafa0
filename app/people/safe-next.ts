/**
 * Where to go after a door: only a path of this portal, so that nobody can lend the door's good name to a site
 * of theirs. Anything else becomes `fallback`.
 */
export function safeNext(wanted: unknown, fallback = '/home'): string {
  if (typeof wanted !== 'string' || !wanted.startsWith('/')) return fallback;
  const here = 'http://portal.invalid';
  const url = URL.parse(wanted, here);
  return url && url.origin === here ? `${url.pathname}${url.search}${url.hash}` : fallback;
}

/** `path` with `next` to be remembered; without one where it would lead home anyway. */
export function withNext(path: string, next: string): string {
  return next === '/home' ? path : `${path}?${new URLSearchParams({ next })}`;
}
