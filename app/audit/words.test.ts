import { expect, it } from 'vitest';
import { rooms } from '#app/rooms.ts';
import en from '#locales/en/audit.json';

/** The text under a path of keys, undefined where there is none. */
function textAt(path: string[], node: unknown = en.codes): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return node;
  return typeof node === 'object' && node !== null
    ? textAt(rest, (node as Record<string, unknown>)[key])
    : undefined;
}

it('every room’s acts have words in the log', () => {
  const codes = rooms.flatMap((room) => room.auditCodes ?? []);
  expect(codes).toContain('vault.kept');
  expect(codes.filter((code) => typeof textAt(code.split('.')) !== 'string')).toEqual([]);
});
