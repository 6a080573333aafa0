import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openValue, parseVaultKeys, sealValue } from './vault-crypto.server.ts';

const base64 = () => randomBytes(32).toString('base64');
const place = { personId: 'p1', field: 'passport', recordId: 'r1' };

describe('a value of the vault', () => {
  const keys = parseVaultKeys(base64());

  it('opens where it was sealed', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        (text) => openValue(keys, place, sealValue(keys, place, text)) === text,
      ),
    );
  });

  it('looks different each time', () => {
    expect(sealValue(keys, place, 'Z1234567').ciphertext).not.toEqual(
      sealValue(keys, place, 'Z1234567').ciphertext,
    );
  });

  it.each([
    ['person', { ...place, personId: 'p2' }],
    ['field', { ...place, field: 'visa' }],
    ['record', { ...place, recordId: 'r2' }],
  ])('does not open for another %s', (_, other) => {
    const sealed = sealValue(keys, place, 'Z1234567');
    expect(() => openValue(keys, other, sealed)).toThrow();
  });

  it('does not open when a bit was turned or its end cut off', () => {
    const sealed = sealValue(keys, place, 'Z1234567');
    fc.assert(
      fc.property(fc.nat(sealed.ciphertext.length * 8 - 1), (bit) => {
        const turned = Buffer.from(sealed.ciphertext);
        turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(() => openValue(keys, place, { ...sealed, ciphertext: turned })).toThrow();
      }),
    );
    expect(() =>
      openValue(keys, place, { ...sealed, ciphertext: sealed.ciphertext.subarray(0, 5) }),
    ).toThrow();
  });
});

describe('keys of a vault', () => {
  it('are changed by putting the new one in front', () => {
    const [former, next] = [base64(), base64()];
    const sealed = sealValue(parseVaultKeys(`2026:${former}`), place, 'Z1234567');
    const rotated = parseVaultKeys(`2027:${next},2026:${former}`);
    expect(openValue(rotated, place, sealed)).toBe('Z1234567');
    expect(sealValue(rotated, place, 'x').keyName).toBe('2027');
    expect(() => openValue(parseVaultKeys(`2027:${next}`), place, sealed)).toThrow(
      '"2026" is not configured',
    );
  });

  it('are called by a fingerprint where they have no name', () => {
    const key = base64();
    expect(parseVaultKeys(key)).toEqual(parseVaultKeys(` ${key} `));
    expect(parseVaultKeys(`${key},${base64()}`)).toHaveLength(2);
  });

  it.each(['', 'c2hvcnQ=', `a:${base64()},a:${base64()}`])('are refused as "%s"', (text) => {
    expect(() => parseVaultKeys(text)).toThrow(/^must /);
  });
});
