import fc from 'fast-check';
import { expect, it } from 'vitest';
import { oneLine } from './one-line.ts';

it('keeps the words and takes away whatever begins a line', () => {
  expect(oneLine(' Hall\r\n2\u2028of\u0085three\t')).toBe('Hall 2 of three');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(oneLine(text)).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
    }),
  );
});
