import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentHash } from './canonical.ts';
import { difference } from './difference.ts';

describe('difference', () => {
  it('names every place that changed', () => {
    const before = { title: { en: 'Magnets', ru: 'Магниты' }, weeks: 8, tasks: ['melt', 'cast'], 'a/b': 1 };
    const after = {
      title: { en: 'Magnets', ru: 'Магниты NdFeB' },
      tasks: ['melt', 'cast', 'sinter'],
      'a/b': 2,
    };
    expect(difference(before, after)).toEqual([
      { path: '/a~1b', before: 1, after: 2 },
      { path: '/tasks/2', before: undefined, after: 'sinter' },
      { path: '/title/ru', before: 'Магниты', after: 'Магниты NdFeB' },
      { path: '/weeks', before: 8, after: undefined },
    ]);
  });

  it('shows a changed kind whole', () => {
    expect(difference({ a: [1] }, { a: { 0: 1 } })).toEqual([{ path: '/a', before: [1], after: { 0: 1 } }]);
    expect(difference(null, {})).toEqual([{ path: '', before: null, after: {} }]);
  });

  it('is empty exactly where the hashes are equal', () => {
    const json = fc.jsonValue({ maxDepth: 3 });
    fc.assert(
      fc.property(
        json,
        json,
        (a, b) => (difference(a, b).length === 0) === (contentHash(a) === contentHash(b)),
      ),
    );
    fc.assert(fc.property(json, (a) => difference(a, structuredClone(a)).length === 0));
  });
});
