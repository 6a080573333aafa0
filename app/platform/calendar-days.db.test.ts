import { expect, test } from 'vitest';
import { useDatabase } from '#tests/support/database.ts';
import { loadCalendar, workingDaysAfter } from './calendar-days.server.ts';
import { isWorkingDay } from './working-days.ts';

const { db } = await useDatabase();

test('each side rests on its own days', async () => {
  const [india, russia] = await Promise.all(
    (['in', 'ru'] as const).map((side) => loadCalendar(db, side, '2026-01-01', '2026-12-31')),
  );
  if (!india || !russia) throw new Error('No calendar');
  expect(isWorkingDay('2026-11-04', russia)).toBe(false);
  expect(isWorkingDay('2026-11-04', india)).toBe(true);
  expect(isWorkingDay('2026-01-26', india)).toBe(false);
  expect(isWorkingDay('2026-01-26', russia)).toBe(true);
});

test('five working days over the New Year are counted in each country', async () => {
  expect(await workingDaysAfter(db, 'ru', '2025-12-31', 5)).toBe('2026-01-16');
  expect(await workingDaysAfter(db, 'in', '2025-12-31', 5)).toBe('2026-01-07');
});

test('only the days asked for are known', async () => {
  const calendar = await loadCalendar(db, 'ru', '2026-11-01', '2026-11-30');
  expect([...calendar.decreed]).toEqual([['2026-11-04', 'holiday']]);
  expect(() => isWorkingDay('2026-12-01', calendar)).toThrow(RangeError);
});
