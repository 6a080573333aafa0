import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, contentHash } from './canonical.ts';

/** The same value with the keys of every object in another order. */
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, shuffled(inner)]),
  );
}

const json = fc.jsonValue({ maxDepth: 4, stringUnit: 'grapheme' });

describe('canonical JSON', () => {
  it('is what RFC 8785, section 3.2.2, shows', () => {
    const value = {
      numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('does not depend on the order of keys', () => {
    fc.assert(fc.property(json, (value) => canonicalJson(value) === canonicalJson(shuffled(value))));
  });

  it('survives being written and read', () => {
    fc.assert(
      fc.property(json, (value) => contentHash(JSON.parse(canonicalJson(value))) === contentHash(value)),
    );
  });

  it('tells different values apart', () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        const equal = JSON.stringify(shuffled(shuffled(a))) === JSON.stringify(shuffled(shuffled(b)));
        return !equal || contentHash(a) === contentHash(b);
      }),
    );
    expect(contentHash({ a: 1 })).not.toBe(contentHash({ a: '1' }));
    expect(contentHash(['a', 'b'])).not.toBe(contentHash(['b', 'a']));
  });

  it.each([[undefined], [Number.NaN], [{ a: Number.POSITIVE_INFINITY }], ['\ud800']])(
    'refuses %o',
    (value) => {
      expect(() => canonicalJson(value)).toThrow();
    },
  );
});
