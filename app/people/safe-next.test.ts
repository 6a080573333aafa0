import fc from 'fast-check';
import { expect, it } from 'vitest';
import { safeNext, withNext } from './safe-next.ts';

it.each([
  ['/calls/EX-2026-0001/apply?x=1#top', '/calls/EX-2026-0001/apply?x=1#top'],
  ['//evil.example/home', '/home'],
  ['/\\evil.example', '/home'],
  ['/\t/evil.example', '/home'],
  ['https://evil.example', '/home'],
  ['javascript:alert(1)', '/home'],
  ['account', '/home'],
  [null, '/home'],
  ['/../../account', '/account'],
])('%j leads to %s', (wanted, next) => {
  expect(safeNext(wanted)).toBe(next);
});

it('never leads to another origin', () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom('', '/', '//', '/\\', '\\', 'http:'), (text, start) => {
      const next = safeNext(start + text);
      expect(new URL(next, 'http://portal.example').origin).toBe('http://portal.example');
    }),
  );
});

it('is carried along, unless it leads home anyway', () => {
  expect(withNext('/sign-up', '/home')).toBe('/sign-up');
  expect(withNext('/sign-up', '/calls?x=1')).toBe('/sign-up?next=%2Fcalls%3Fx%3D1');
});
