import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysAfter, monthsAfter } from '#app/platform/calendar.ts';
import { checkPassport, withLatinLetters } from './passport-checks.ts';

const trip = { leaves: '2026-05-24', today: '2026-03-01' };
const sound = { number: 'R7778231', issued: '2023-02-24', validUntil: '2033-02-23' };
const found = (change: Partial<typeof sound>) =>
  checkPassport({ ...sound, ...change }, trip).map(({ field, code, suggestion }) => [
    field,
    code,
    suggestion,
  ]);

describe('a passport', () => {
  it('is sound where it is', () => expect(found({})).toEqual([]));

  it('has no Cyrillic letter that only looks Latin', () => {
    expect(found({ number: 'Р2334292' })).toEqual([['number', 'lookAlike', 'P2334292']]);
    expect(found({ number: 'Ж2334292' })).toEqual([['number', 'lookAlike', null]]);
  });

  it('is valid for six months past leaving; the whole term is proposed where the date fits none', () => {
    expect(found({ validUntil: '2026-08-11' })).toEqual([['validUntil', 'endsEarly', '2033-02-23']]);
    expect(found({ issued: '2016-11-25', validUntil: '2026-11-24' })).toEqual([]);
    expect(found({ issued: '2016-11-24', validUntil: '2026-11-23' })).toEqual([
      ['validUntil', 'endsEarly', null],
    ]);
  });

  it('was issued before it ends and before today, on days that exist', () => {
    expect(found({ issued: '2026-02-30' })[0]).toEqual(['issued', 'noSuchIssue', null]);
    expect(found({ issued: '2026-04-01', validUntil: '2036-03-31' })).toEqual([
      ['issued', 'issuedLater', null],
    ]);
    expect(found({ validUntil: '2020-01-01' })[0]?.[1]).toBe('expiresBeforeIssue');
    expect(found({ number: '' })).toEqual([['number', 'missing', null]]);
    expect(found({ number: '12' })).toEqual([['number', 'form', null]]);
  });

  it('of a whole term is never called odd, and suggestions hold no Cyrillic', () => {
    const day = fc.integer({ min: 0, max: 3000 }).map((days) => daysAfter('2018-01-01', days));
    fc.assert(
      fc.property(day, (issued) => {
        const validUntil = daysAfter(monthsAfter(issued, 120), -1);
        const codes = checkPassport({ ...sound, issued, validUntil }, trip).map((one) => one.code);
        expect(codes).not.toContain('oddTerm');
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(withLatinLetters(text) ?? '').not.toMatch(/\p{Script=Cyrillic}/u);
      }),
    );
  });
});
