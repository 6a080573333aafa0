import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textDifference } from './text-difference.ts';

test('marks the words that changed and leaves the rest', () => {
  expect(textDifference('four weeks of extraction', 'six weeks of extraction')).toEqual([
    { kind: 'removed', text: 'four ' },
    { kind: 'added', text: 'six ' },
    { kind: 'same', text: 'weeks of extraction' },
  ]);
  expect(textDifference('same', 'same')).toEqual([{ kind: 'same', text: 'same' }]);
});

test('both texts can be read off it, whatever they are', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'в', ' ', '\n', 'слово ', 'word '), { maxLength: 60 });
  fc.assert(
    fc.property(text, text, (a, b) => {
      const [before, after] = [a.join(''), b.join('')];
      const runs = textDifference(before, after);
      const read = (left: 'removed' | 'added') =>
        runs
          .filter((run) => run.kind !== left)
          .map((run) => run.text)
          .join('');
      expect(read('added')).toBe(before);
      expect(read('removed')).toBe(after);
    }),
  );
});
