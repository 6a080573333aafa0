import { describe, expect, test } from 'vitest';
import {
  calendarDateOf,
  formatDate,
  formatDateRange,
  formatDeadline,
  formatDeadlineDate,
  formatShortDate,
  formatTime,
  formatWhen,
  timeLeft,
} from './format-when.ts';

/** Dates do not break across lines; the tests read them with plain spaces. */
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

const noon = '2026-11-21T11:30:00Z';
const beforeMidnight = '2026-11-21T20:00:00Z';

describe('an instant', () => {
  test('is told by both clocks', () => {
    expect(plain(formatTime(noon, 'en'))).toBe('14:30 Moscow (17:00 Dhanbad)');
    expect(plain(formatTime(noon, 'ru'))).toBe('14:30 (мск), 17:00 в Дханбаде');
  });

  test('may be told from Dhanbad first', () => {
    expect(plain(formatTime(noon, 'en', { lead: 'in' }))).toBe('17:00 Dhanbad (14:30 Moscow)');
    expect(plain(formatTime(noon, 'ru', { lead: 'in' }))).toBe('17:00 в Дханбаде, 14:30 (мск)');
  });

  test('says the other day where midnight lies between the clocks', () => {
    expect(plain(formatTime(beforeMidnight, 'en'))).toBe('23:00 Moscow (01:30 Dhanbad, 22 November)');
    expect(plain(formatTime(beforeMidnight, 'ru'))).toBe('23:00 (мск), 01:30 22 ноября в Дханбаде');
    expect(calendarDateOf(beforeMidnight, 'ru')).toBe('2026-11-21');
    expect(calendarDateOf(beforeMidnight, 'in')).toBe('2026-11-22');
  });

  test('carries its day, with or without the year', () => {
    expect(plain(formatWhen(noon, 'en'))).toBe('21 November 2026, 14:30 Moscow (17:00 Dhanbad)');
    expect(plain(formatWhen(new Date(noon), 'ru'))).toBe('21 ноября 2026 г., 14:30 (мск), 17:00 в Дханбаде');
    expect(plain(formatWhen(noon, 'ru', { year: false }))).toBe('21 ноября, 14:30 (мск), 17:00 в Дханбаде');
  });

  test('is refused when it is none', () => {
    expect(() => formatWhen('tomorrow', 'en')).toThrow(RangeError);
    expect(() => formatDate('2026-13-01', 'en')).toThrow(RangeError);
  });
});

describe('a calendar date', () => {
  test('is the same day wherever it is read', () => {
    expect(plain(formatDate('2026-12-12', 'en'))).toBe('12 December 2026');
    expect(plain(formatDate('2026-12-12', 'ru'))).toBe('12 декабря 2026 г.');
    expect(plain(formatDate('2026-12-12', 'ru', { year: false }))).toBe('12 декабря');
    expect(plain(formatShortDate('2026-11-18', 'en'))).toBe('18 Nov');
    expect(plain(formatShortDate('2026-11-18', 'ru'))).toBe('18 нояб.');
  });

  test('does not break inside', () => {
    expect(formatDate('2026-12-12', 'ru')).not.toContain(' ');
    expect(formatDate('2026-12-12', 'en')).not.toContain(' ');
  });

  test('joins with another into a range', () => {
    expect(plain(formatDateRange('2027-05-20', '2027-05-22', 'en'))).toBe('20–22 May 2027');
    expect(plain(formatDateRange('2027-05-20', '2027-05-22', 'ru'))).toBe('20–22 мая 2027 г.');
    expect(plain(formatDateRange('2027-04-30', '2027-05-02', 'ru'))).toBe('30 апреля – 2 мая 2027 г.');
    expect(plain(formatDateRange('2026-12-30', '2027-01-02', 'en'))).toBe(
      '30 December 2026 – 2 January 2027',
    );
    expect(plain(formatDateRange('2027-05-20', '2027-05-20', 'en'))).toBe('20 May 2027');
  });
});

describe('a deadline', () => {
  const at = '2026-12-12T15:00:00Z';

  test('leaves no doubt whether the day counts', () => {
    expect(plain(formatDeadlineDate('2026-12-12', 'en', { year: false }))).toBe('by 12 December');
    expect(plain(formatDeadlineDate('2026-12-12', 'ru', { year: false }))).toBe('не позднее 12 декабря');
  });

  test('names the hour in both cities', () => {
    expect(plain(formatDeadline(at, 'en'))).toBe('by 12 December 2026, 18:00 Moscow (20:30 Dhanbad)');
    expect(plain(formatDeadline(at, 'ru'))).toBe('до 18:00 (мск) 12 декабря 2026 г. (20:30 в Дханбаде)');
    expect(plain(formatDeadline(at, 'ru', { lead: 'in', year: false }))).toBe(
      'до 20:30 12 декабря в Дханбаде (18:00 мск)',
    );
    expect(plain(formatDeadline(beforeMidnight, 'ru', { year: false }))).toBe(
      'до 23:00 (мск) 21 ноября (01:30 22 ноября в Дханбаде)',
    );
  });
});

test('what is left is rounded down, in the unit a person would say', () => {
  const now = '2026-11-21T12:00:00Z';
  expect(timeLeft('2026-12-12T15:00:00Z', now)).toEqual({ unit: 'weeks', count: 3, late: false });
  expect(timeLeft('2026-12-03T18:00:00Z', now)).toEqual({ unit: 'days', count: 12, late: false });
  expect(timeLeft('2026-11-22T13:30:00Z', now)).toEqual({ unit: 'hours', count: 25, late: false });
  expect(timeLeft('2026-11-18T12:00:00Z', now)).toEqual({ unit: 'days', count: 3, late: true });
});
