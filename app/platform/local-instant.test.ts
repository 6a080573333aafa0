import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOf, localTimeOf } from './local-instant.ts';

describe('a city’s wall clock', () => {
  it.each([
    ['2026-12-12T18:00', 'Europe/Moscow', '2026-12-12T15:00:00.000Z'],
    ['2026-12-12T18:00', 'Asia/Kolkata', '2026-12-12T12:30:00.000Z'],
    ['2026-01-01T00:15', 'Asia/Kolkata', '2025-12-31T18:45:00.000Z'],
    ['2026-05-19 08:20', 'Europe/Moscow', '2026-05-19T05:20:00.000Z'],
    ['2026-05-19T08:20:30', 'Europe/Moscow', '2026-05-19T05:20:30.000Z'],
  ])('%s in %s is %s', (local, zone, expected) => {
    expect(instantOf(local, zone)?.toISOString()).toBe(expected);
  });

  it.each(['', '2026-12-12', '2026-13-01T00:00', 'tomorrow', '2026-12-12T25:00', '2026-02-30T10:00'])(
    '%j is no time',
    (local) => {
      expect(instantOf(local, 'Europe/Moscow')).toBeNull();
    },
  );

  it('shows no time that it skips', () => {
    expect(instantOf('2026-03-29T02:30', 'Europe/Berlin')).toBeNull();
    expect(instantOf('2026-03-29T03:30', 'Europe/Berlin')?.toISOString()).toBe('2026-03-29T01:30:00.000Z');
  });

  it('is read back as it was written', () => {
    const minutes = fc.integer({ min: 27_000_000, max: 32_000_000 });
    fc.assert(
      fc.property(minutes, fc.constantFrom('Europe/Moscow', 'Asia/Kolkata'), (minute, zone) => {
        const instant = new Date(minute * 60_000);
        expect(instantOf(localTimeOf(instant, zone), zone)).toEqual(instant);
      }),
    );
  });
});
