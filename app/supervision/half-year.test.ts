import { expect, test } from 'vitest';
import { daysLater, dueOnOf, endOfDay, halfYearOf, startableOn, todayOn } from './half-year.ts';

test('a half-year ends on 30 June and 31 December, and its report is due two weeks before', () => {
  expect(halfYearOf('2026-06-30')).toEqual({ year: 2026, half: 1 });
  expect(halfYearOf('2026-07-01')).toEqual({ year: 2026, half: 2 });
  expect(dueOnOf({ year: 2026, half: 1 })).toBe('2026-06-15');
  expect(dueOnOf({ year: 2026, half: 2 })).toBe('2026-12-15');
});

test.each([
  ['the present half-year', '2026-11-21', '2024-01-01', [{ year: 2026, half: 2 }]],
  [
    'the one before while it is not long overdue',
    '2027-01-10',
    '2024-01-01',
    [
      { year: 2027, half: 1 },
      { year: 2026, half: 2 },
    ],
  ],
  ['not the one before after sixty days', '2027-02-14', '2024-01-01', [{ year: 2027, half: 1 }]],
  ['not one that ended before the thesis began', '2027-01-10', '2027-01-05', [{ year: 2027, half: 1 }]],
] as const)('a report may be started for %s', (_what, today, startsOn, open) => {
  expect(startableOn(today, startsOn)).toEqual(open);
});

test('the day is that of the side', () => {
  const lateEvening = new Date('2026-12-15T19:00:00Z');
  expect(todayOn('ru', lateEvening)).toBe('2026-12-15');
  expect(todayOn('in', lateEvening)).toBe('2026-12-16');
  expect(endOfDay('2026-12-15', 'in').toISOString()).toBe('2026-12-15T18:29:00.000Z');
  expect(daysLater('2026-12-28', 14)).toBe('2027-01-11');
});
