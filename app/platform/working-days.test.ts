import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysAfter, daysBetween } from './calendar.ts';
import { addWorkingDays, type CalendarDayKind, calendarOf, isWorkingDay } from './working-days.ts';

const FIRST = '2026-01-01';
const LAST = '2029-12-31';

/** A day of 2026, as far from the calendar's end as the tests count. */
const day = fc.integer({ min: 0, max: 364 }).map((offset) => daysAfter(FIRST, offset));
const kind = fc.constantFrom<CalendarDayKind>('holiday', 'working');
const calendar = fc
  .array(fc.record({ day, kind }), { maxLength: 120 })
  .map((days) => calendarOf(days, FIRST, LAST));
const count = fc.integer({ min: 0, max: 60 });
const week = calendarOf([], FIRST, LAST);

/** How many working days lie after `from`, up to and with `until`. */
function worked(from: string, until: string, of: typeof week): number {
  const days = Array.from({ length: daysBetween(from, until) }, (_, index) => daysAfter(from, index + 1));
  return days.filter((one) => isWorkingDay(one, of)).length;
}

describe('working days', () => {
  it('are Monday to Friday where nothing else is decreed', () => {
    expect(isWorkingDay('2026-11-20', week)).toBe(true);
    expect(isWorkingDay('2026-11-21', week)).toBe(false);
    expect(isWorkingDay('2026-11-22', week)).toBe(false);
    expect(addWorkingDays('2026-11-20', 1, week)).toBe('2026-11-23');
    expect(addWorkingDays('2026-11-20', 5, week)).toBe('2026-11-27');
  });

  it('leave out holidays and count Saturdays that are worked', () => {
    const decreed = calendarOf(
      [
        { day: '2026-11-04', kind: 'holiday' },
        { day: '2026-11-07', kind: 'working' },
      ],
      FIRST,
      LAST,
    );
    expect(addWorkingDays('2026-11-03', 1, decreed)).toBe('2026-11-05');
    expect(addWorkingDays('2026-11-06', 1, decreed)).toBe('2026-11-07');
  });

  it('of none are the day itself, or the next that is worked', () => {
    expect(addWorkingDays('2026-11-20', 0, week)).toBe('2026-11-20');
    expect(addWorkingDays('2026-11-21', 0, week)).toBe('2026-11-23');
  });

  it('beyond what is known are refused, not guessed', () => {
    const short = calendarOf([], '2026-11-20', '2026-11-24');
    expect(() => addWorkingDays('2026-11-20', 3, short)).toThrow(RangeError);
    expect(() => addWorkingDays('2026-11-20', -1, week)).toThrow(RangeError);
    expect(() => addWorkingDays('2026-11-20', 1.5, week)).toThrow(RangeError);
  });

  it('end on a working day, with exactly so many of them after the first', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 60 }), calendar, (from, n, of) => {
        const end = addWorkingDays(from, n, of);
        expect(isWorkingDay(end, of)).toBe(true);
        expect(worked(from, end, of)).toBe(n);
      }),
    );
  });

  it('add up: so many and then so many more is their sum', () => {
    fc.assert(
      fc.property(day, count, count, calendar, (from, a, b, of) => {
        const start = addWorkingDays(from, 0, of);
        expect(addWorkingDays(addWorkingDays(start, a, of), b, of)).toBe(addWorkingDays(start, a + b, of));
      }),
    );
  });

  it('never come sooner for one more holiday, nor for a later beginning', () => {
    fc.assert(
      fc.property(day, day, count, calendar, (from, free, n, of) => {
        const more = { ...of, decreed: new Map([...of.decreed, [free, 'holiday'] as const]) };
        expect(addWorkingDays(from, n, more) >= addWorkingDays(from, n, of)).toBe(true);
        expect(addWorkingDays(daysAfter(from, 1), n, of) >= addWorkingDays(from, n, of)).toBe(true);
      }),
    );
  });
});
