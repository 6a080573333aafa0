import { canonicalJson } from './canonical.ts';

/** One place where two contents differ; `undefined` where the place is not there at all. */
export type Change = { path: string; before: unknown; after: unknown };

/**
 * Where two JSON contents differ, leaf by leaf, in the order of their keys. Paths are JSON pointers
 * (RFC 6901): `/title/ru`, `/tasks/2`. Lists are compared by position.
 */
export function difference(before: unknown, after: unknown): Change[] {
  const changes: Change[] = [];
  compare('', before, after, changes);
  return changes;
}

function compare(path: string, before: unknown, after: unknown, changes: Change[]): void {
  const inner = keysOf(before, after);
  if (inner === null) {
    if (!same(before, after)) changes.push({ path, before, after });
    return;
  }
  for (const key of inner) {
    compare(`${path}/${escapeKey(key)}`, child(before, key), child(after, key), changes);
  }
}

/** The keys to descend into, null where one of the two is a leaf or their kinds differ. */
function keysOf(before: unknown, after: unknown): string[] | null {
  if (Array.isArray(before) && Array.isArray(after)) {
    return Array.from({ length: Math.max(before.length, after.length) }, (_, index) => String(index));
  }
  if (!isRecord(before) || !isRecord(after)) return null;
  const present = (value: Record<string, unknown>) =>
    Object.keys(value).filter((key) => value[key] !== undefined);
  return [...new Set([...present(before), ...present(after)])].sort();
}

function child(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value[Number(key)];
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function same(before: unknown, after: unknown): boolean {
  if (before === undefined || after === undefined) return before === after;
  return canonicalJson(before) === canonicalJson(after);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function escapeKey(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
