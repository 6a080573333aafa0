import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastDay } from './completeness.ts';
import { checkEligibility, type EligibilityCode, type EligibilityFacts } from './eligibility.ts';

const facts: EligibilityFacts = {
  call: { direction: 'in-ru', eligible: ['student'], stayFrom: '2027-02-01', stayUntil: '2027-08-31' },
  roles: ['student'],
  homeSide: 'in',
  hostSide: 'ru',
  wishedStart: '2027-03-01',
  weeks: 8,
  stays: [],
};
const stay = {
  reference: 'EX-2026-0001',
  state: 'preparing',
  startsOn: '2027-04-01',
  endsOn: '2027-04-20',
  reportedAt: null,
} as const;
const outcome = (code: EligibilityCode, change: Partial<EligibilityFacts>) =>
  checkEligibility({ ...facts, ...change }).find((check) => check.code === code)?.outcome;

describe('eligibility', () => {
  it('is met where every fact fits', () => {
    expect(checkEligibility(facts).map((check) => check.outcome)).toEqual(Array(5).fill('met'));
  });

  it('knows who may apply only by role, and does not guess', () => {
    expect(outcome('kind', { roles: [] })).toBe('unknown');
    expect(outcome('kind', { roles: ['coordinator'] })).toBe('unknown');
    expect(outcome('kind', { roles: ['expert'] })).toBe('unmet');
    const call = { ...facts.call, eligible: ['engineer' as const] };
    expect(outcome('kind', { call, roles: ['expert'] })).toBe('met');
    expect(outcome('kind', { call, roles: ['student'] })).toBe('unmet');
  });

  it('wants the two sides of the call', () => {
    expect(outcome('direction', { homeSide: 'ru', hostSide: 'in' })).toBe('unmet');
    expect(outcome('direction', { hostSide: 'in' })).toBe('unmet');
    expect(outcome('direction', { hostSide: null })).toBe('unknown');
  });

  it('names the stay whose report is open, and no other', () => {
    const back = { ...stay, state: 'returned' as const, startsOn: '2026-01-01', endsOn: '2026-02-01' };
    const [report] = checkEligibility({ ...facts, stays: [back] }).filter((one) => one.code === 'report');
    expect(report).toEqual({ code: 'report', outcome: 'unmet', params: { reference: stay.reference } });
    expect(outcome('report', { stays: [{ ...back, reportedAt: new Date() }] })).toBe('met');
    expect(outcome('report', { stays: [{ ...back, state: 'closed' }] })).toBe('met');
  });

  it('leaves out stays that did not come about', () => {
    expect(outcome('overlap', { stays: [stay] })).toBe('unmet');
    for (const state of ['no-show', 'cancelled'] as const)
      expect(outcome('overlap', { stays: [{ ...stay, state }] })).toBe('met');
  });

  it('says “overlap” exactly when a day belongs to both stays, and “window” exactly when every day is inside', () => {
    const day = fc
      .integer({ min: 0, max: 700 })
      .map((days) => new Date(Date.UTC(2026, 8, 1 + days)).toISOString().slice(0, 10));
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: 1, max: 30 }),
        day,
        fc.integer({ min: 1, max: 30 }),
        (a, n, b, m) => {
          const other = { ...stay, startsOn: b, endsOn: lastDay(b, m) };
          const days = (from: string, weeks: number) =>
            Array.from({ length: weeks * 7 }, (_, index) => {
              const at = new Date(`${from}T00:00:00Z`);
              at.setUTCDate(at.getUTCDate() + index);
              return at.toISOString().slice(0, 10);
            });
          const own = days(a, n);
          const shared = own.some((one) => days(b, m).includes(one));
          const change = { wishedStart: a, weeks: n, stays: [other] };
          expect(outcome('overlap', change)).toBe(shared ? 'unmet' : 'met');
          const inside = own.every((one) => one >= facts.call.stayFrom && one <= facts.call.stayUntil);
          expect(outcome('window', change)).toBe(inside ? 'met' : 'unmet');
        },
      ),
      { numRuns: 200 },
    );
  });
});
