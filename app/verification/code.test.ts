import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCode, shownCode } from './code.ts';
import { newCode } from './new-code.server.ts';

test('a code is read back however it is typed', () => {
  fc.assert(
    fc.property(fc.constant(null), () => {
      const code = newCode();
      expect(code).toHaveLength(26);
      const typed = [shownCode(code), code.toLowerCase(), ` ${shownCode(code).replaceAll('-', ' ')} `];
      for (const one of typed) expect(readCode(one)).toBe(code);
      expect(readCode(code.replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(code);
    }),
  );
});

test('codes do not repeat and are no sequence', () => {
  const codes = Array.from({ length: 2000 }, newCode);
  expect(new Set(codes).size).toBe(2000);
  // The first character has three bits of randomness, the others five.
  expect(new Set(codes.map((code) => code[1])).size).toBe(32);
});

test.each(['', 'CT-2026-0001', '../../etc', 'U'.repeat(26), '0'.repeat(25)])('%j is no code', (typed) => {
  expect(readCode(typed)).toBeNull();
});
