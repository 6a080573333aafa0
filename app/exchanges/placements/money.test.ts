import fc from 'fast-check';
import { expect, test } from 'vitest';
import { amountOf, formatAmount, typedAmount } from './money.ts';

test.each([
  ['12500', 1_250_000],
  ['12 500,50', 1_250_050],
  ['12,500.50', 1_250_050],
  ['12.500,5', 1_250_050],
  ['12,500', 1_250_000],
  ['0', 0],
  ['0,01', 1],
])('%j is %i minor units', (typed, minor) => {
  expect(amountOf(typed)).toBe(minor);
});

test.each(['', ' ', 'many', '-5', '1.2.3', '12,5000', '1e5', '12 500 руб.', '9'.repeat(12), '.'])(
  '%j is no amount',
  (typed) => {
    expect(amountOf(typed)).toBeNull();
  },
);

test('what a form shows again is read as the same amount', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999_999_999 }), (minor) => {
      expect(amountOf(typedAmount(minor))).toBe(minor);
    }),
  );
});

test('an amount is written as each language writes it', () => {
  expect(formatAmount(1_250_050, 'RUB', 'en')).toMatch(/RUB\s12,500\.50/);
  expect(formatAmount(1_250_000, 'INR', 'ru')).toMatch(/12\s500\sINR/);
});
