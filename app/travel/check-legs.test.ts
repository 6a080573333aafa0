import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOf, localTimeOf } from '#app/platform/local-instant.ts';
import { readTable } from '#app/platform/table.ts';
import { projectRoot } from '#db/project-root.ts';
import { checkLegs, type Leg, timeLeg } from './check-legs.ts';
import { AIRPORT_CODES, airportOf, distanceBetween } from './known-airports.ts';

const leg = (
  from: string,
  to: string,
  departs: string,
  arrives: string,
  direction: Leg['direction'] = 'out',
): Leg => ({
  direction,
  from,
  to,
  carrier: 'XX 1',
  departs,
  arrives,
});
const codes = (...legs: Leg[]) => checkLegs(legs).map((problem) => `${problem.leg} ${problem.code}`);

describe('airports', () => {
  it('are those of the list that was received', () => {
    const bytes = readFileSync(path.join(projectRoot, 'db/seed/data/airports.csv'));
    for (const { values } of readTable(bytes).rows) {
      expect(airportOf(values.iata ?? '')).toEqual({
        iata: values.iata,
        city: { en: values.city_en, ru: values.city_ru },
        zone: values.zone,
        latitude: Number(values.latitude),
        longitude: Number(values.longitude),
      });
    }
    expect(AIRPORT_CODES).toHaveLength(readTable(bytes).rows.length);
  });
});

describe('legs', () => {
  it('take their zones from the airports', () => {
    const made = timeLeg(leg('DEL', 'SVO', '2026-05-19 03:55', '2026-05-19 08:20'));
    expect(
      'timed' in made && [made.timed.departsAt.toISOString(), made.timed.arrivesAt.toISOString()],
    ).toEqual(['2026-05-18T22:25:00.000Z', '2026-05-19T05:20:00.000Z']);
  });

  it('are sound where they are', () => {
    expect(
      codes(
        leg('CCU', 'DOH', '2026-05-19 03:50', '2026-05-19 06:35'),
        leg('DOH', 'SVO', '2026-05-19 08:20', '2026-05-19 12:45'),
        leg('SVO', 'DEL', '2026-05-23 20:25', '2026-05-24 05:05', 'back'),
      ),
    ).toEqual([]);
  });

  it.each([
    ['0 unknownAirport', leg('QQQ', 'SVO', '2026-05-19 03:55', '2026-05-19 08:20')],
    ['0 noSuchTime', leg('DEL', 'SVO', '2026-02-30 03:55', '2026-05-19 08:20')],
    ['0 nowhere', leg('SVO', 'SVO', '2026-05-19 03:55', '2026-05-19 08:20')],
    // By the clocks on the wall this one lands 20 minutes after it takes off.
    ['0 landsBeforeTakeOff', leg('SVO', 'DEL', '2026-05-19 10:00', '2026-05-19 10:20')],
    ['0 impossibleSpeed', leg('DEL', 'SVO', '2026-05-19 03:55', '2026-05-19 03:55')],
  ])('are caught: %s', (expected, wrong) => {
    expect(codes(wrong)).toEqual([expected]);
  });

  it.each([
    ['1 gap', 'DXB', '2026-05-19 12:00', '2026-05-19 16:00'],
    ['1 overlap', 'DOH', '2026-05-19 06:00', '2026-05-19 11:00'],
    ['1 impossibleConnection', 'DOH', '2026-05-19 07:00', '2026-05-19 12:00'],
    ['1 shortConnection', 'DOH', '2026-05-19 07:40', '2026-05-19 12:10'],
    ['1 longStop', 'DOH', '2026-05-20 08:20', '2026-05-20 12:45'],
  ])('between two legs are caught: %s', (expected, from, departs, arrives) => {
    expect(
      codes(leg('CCU', 'DOH', '2026-05-19 03:50', '2026-05-19 06:35'), leg(from, 'SVO', departs, arrives)),
    ).toEqual([expected]);
  });

  it('warn of a landing after the first duty', () => {
    const legs = [leg('DEL', 'SVO', '2026-05-20 03:55', '2026-05-20 08:20')];
    const at = (first: string) =>
      checkLegs(legs, { first: instantOf(first, 'Europe/Moscow') }).map((one) => one.code);
    expect(at('2026-05-20 08:00')).toEqual(['landsAfterDuty']);
    expect(at('2026-05-20 10:00')).toEqual(['landsCloseToDuty']);
    expect(at('2026-05-20 13:30')).toEqual([]);
  });
});

const airport = fc
  .constantFrom(...AIRPORT_CODES)
  .map((code) => airportOf(code) as NonNullable<ReturnType<typeof airportOf>>);
const instant = fc
  .integer({ min: 0, max: 700_000 })
  .map((minutes) => new Date(Date.UTC(2026, 0, 1) + minutes * 60_000));

describe('legs, wherever and whenever', () => {
  it('come back from the wall clock as the instant they were', () => {
    fc.assert(
      fc.property(airport, instant, ({ zone }, at) => {
        expect(instantOf(localTimeOf(at, zone), zone)).toEqual(at);
      }),
    );
  });

  it('land before take-off exactly when the instants say so, whatever the clocks on the wall', () => {
    fc.assert(
      fc.property(airport, airport, instant, fc.integer({ min: -600, max: 600 }), (from, to, at, minutes) => {
        fc.pre(from.iata !== to.iata);
        const landing = new Date(at.getTime() + minutes * 60_000);
        const found = codes(
          leg(from.iata, to.iata, localTimeOf(at, from.zone), localTimeOf(landing, to.zone)),
        );
        expect(found.includes('0 landsBeforeTakeOff')).toBe(minutes <= 0);
        const fast = minutes > 0 && distanceBetween(from, to) / (minutes / 60) > 1151;
        if (fast) expect(found).toEqual(['0 impossibleSpeed']);
      }),
    );
  });

  it('overlap exactly when the second takes off before the first lands', () => {
    fc.assert(
      fc.property(
        airport,
        airport,
        airport,
        instant,
        fc.integer({ min: -300, max: 3000 }),
        (a, b, c, at, wait) => {
          fc.pre(a.iata !== b.iata && b.iata !== c.iata);
          const landing = new Date(at.getTime() + 20 * 3_600_000);
          const next = new Date(landing.getTime() + wait * 60_000);
          const end = new Date(next.getTime() + 20 * 3_600_000);
          const found = codes(
            leg(a.iata, b.iata, localTimeOf(at, a.zone), localTimeOf(landing, b.zone)),
            leg(b.iata, c.iata, localTimeOf(next, b.zone), localTimeOf(end, c.zone)),
          );
          expect(found.includes('1 overlap')).toBe(wait < 0);
          expect(found.includes('1 impossibleConnection')).toBe(wait >= 0 && wait < 45);
          expect(found.includes('1 gap')).toBe(false);
        },
      ),
    );
  });
});
