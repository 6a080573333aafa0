import { describe, expect, it } from 'vitest';
import { passportForm } from './schemas.ts';

const today = '2026-11-21';
const whole = {
  number: 'Z 123 4567',
  nationality: ' Indian ',
  issued: '2022-05-02',
  validUntil: '2032-05-01',
};
const reasons = (change: Record<string, string>) => {
  const { error } = passportForm(today).safeParse({ ...whole, ...change });
  return Object.fromEntries((error?.issues ?? []).map((issue) => [issue.path.join('.'), issue.message]));
};

describe('a passport that was typed', () => {
  it('is kept as the paper has it', () => {
    expect(passportForm(today).parse(whole)).toEqual({
      number: 'Z1234567',
      nationality: 'Indian',
      issued: '2022-05-02',
      validUntil: '2032-05-01',
    });
    expect(reasons({ number: '75 1234567' })).toEqual({});
  });

  it.each([
    [{ number: ' ' }, { number: 'required' }],
    [{ number: 'А1234567' }, { number: 'travel.passportNumber' }],
    [{ number: '123' }, { number: 'travel.passportNumber' }],
    [{ nationality: '' }, { nationality: 'required' }],
    [{ issued: '2022-02-30' }, { issued: 'date' }],
    [{ issued: '2026-11-22' }, { issued: 'travel.issuedLater' }],
    [{ validUntil: '2026-11-21' }, { validUntil: 'travel.expired' }],
    [{ validUntil: '2099-01-01' }, { validUntil: 'travel.validTooLong' }],
    [{ validUntil: '' }, { validUntil: 'required' }],
    [{ validUntil: '31.12.2031' }, { validUntil: 'date' }],
  ])('%o is told %o', (change, expected) => {
    expect(reasons(change)).toEqual(expected);
  });
});
