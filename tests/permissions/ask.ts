import type { Visitor } from '#tests/support/visitor.ts';
import type { Asked, Outcome } from './matrix.ts';

/** What a line of the matrix says of somebody: exactly them, their role on both sides, anyone. */
export function expected(line: Asked, who: string): Outcome {
  if (who === 'guest') return line.guest;
  const role = who.split('.')[0] ?? who;
  return (line[who] ?? line[role] ?? line.anyone) as Outcome;
}

/** A path of the matrix with its records. */
export function fill(path: string, records: Record<string, string>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = records[name];
    if (!value) throw new Error(`The matrix asks for {${name}}, which is no record of the cast`);
    return value;
  });
}

/** Milliseconds after which an answer that has not come whole counts as none. */
const PATIENCE = 15_000;

/** Asks once and says what came in the words of the matrix. An event stream is left as soon as it begins. */
export async function ask(
  baseUrl: string,
  visitor: Visitor,
  line: Pick<Asked, 'method' | 'path' | 'form'>,
): Promise<Outcome> {
  const url = new URL(line.path, baseUrl);
  const leave = new AbortController();
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const response = await fetch(url, {
    method: line.method,
    redirect: 'manual',
    signal: AbortSignal.any([leave.signal, AbortSignal.timeout(PATIENCE)]),
    headers: {
      accept: 'text/html',
      ...(cookie && { cookie }),
      ...(line.method === 'POST' && { origin: url.origin }),
    },
    ...(line.method === 'POST' && { body: new URLSearchParams(line.form) }),
  });
  const location = response.headers.get('location');
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) leave.abort();
  else await response.text();
  if (!location) return response.status;
  const target = new URL(location, url);
  if (target.pathname !== '/sign-in' || target.search === '') return target.pathname as Outcome;
  return target.searchParams.get('next') === url.pathname + url.search
    ? 'sign-in'
    : (`${target.pathname}${target.search}` as Outcome);
}

/** Runs a few tasks at a time, in their order. */
export async function inTurns<T>(
  items: readonly T[],
  atOnce: number,
  task: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const work = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await task(item);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}
