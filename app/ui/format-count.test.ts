import { expect, test } from 'vitest';
import { formatCount } from './format-count.ts';
import { formatSize } from './format-size.ts';

test('numbers are grouped as their reader groups them, and say where counting stopped', () => {
  expect(formatCount(1000, 'en', true)).toBe('1,000+');
  expect(formatCount(1000, 'ru', true)).toBe('1\u00a0000+');
  expect(formatCount(214, 'ru')).toBe('214');
});

test('sizes are told in the unit that fits', () => {
  expect(formatSize(9_500_000, 'en')).toBe('9.5\u00a0MB');
  expect(formatSize(9_500_000, 'ru')).toBe('9,5\u00a0МБ');
  expect(formatSize(300, 'en')).toBe('1\u00a0kB');
  expect(formatSize(200_000_000, 'ru')).toBe('200\u00a0МБ');
});
