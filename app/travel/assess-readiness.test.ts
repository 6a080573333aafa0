import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysAfter } from '#app/platform/calendar.ts';
import {
  appliesTo,
  assessReadiness,
  byUrgency,
  type Fact,
  type Facts,
  firstToFail,
  toneOf,
} from './assess-readiness.ts';
import { earliestStart, movedTo } from './earliest-start.ts';
import { askedBefore, doneAfter, mondayToFriday } from './lead-time.ts';
import { DEFAULTS } from './requirements.ts';
import type { Requirement, Trip } from './trip-requirement.ts';

const REQUIREMENTS: readonly Requirement[] = DEFAULTS.map(({ sourced: _, ...one }) => ({
  ...one,
  title: { en: one.code, ru: one.code },
  source: null,
}));
const trip: Trip = {
  personId: 'p',
  startsOn: '2027-05-18',
  endsOn: '2027-05-23',
  home: 'in',
  host: 'ru',
  purpose: 'speak',
  visaRoute: 'e-visa',
};
const cellOf = (code: string, facts: Facts, today: string, of: Trip = trip, by = REQUIREMENTS) => {
  const cell = assessReadiness(of, facts, by, today).find((one) => one.code === code);
  if (!cell) throw new Error(`no cell ${code}`);
  return cell;
};
const valid: Fact = { state: 'done', validUntil: '2033-01-01' };

describe('readiness', () => {
  it('says until when a visa can be asked for, and when it is too late', () => {
    const facts: Facts = { passport: valid };
    expect(cellOf('eVisa', facts, '2027-05-01')).toMatchObject({
      tone: 'risk',
      reason: 'todo',
      actBy: '2027-05-13',
      params: { days: 12, lead: 4 },
    });
    expect(cellOf('eVisa', facts, '2027-05-13').tone).toBe('risk');
    expect(cellOf('eVisa', facts, '2027-05-14')).toMatchObject({ tone: 'stop', reason: 'tooLate' });
  });

  it('puts the passport before the visa, and the invitation between them', () => {
    expect(cellOf('passport', {}, '2027-01-01').actBy).toBe('2027-04-29');
    const invited = { ...trip, visaRoute: 'invitation' as const };
    expect(cellOf('passport', {}, '2027-01-01', invited).actBy).toBe('2027-03-09');
  });

  it('asks for six months past leaving, and blocks what hangs on the passport', () => {
    const facts: Facts = { passport: { state: 'done', validUntil: '2027-11-22' } };
    expect(cellOf('passport', facts, '2027-01-01')).toMatchObject({
      tone: 'stop',
      reason: 'endsEarly',
      params: { validUntil: '2027-11-22', needed: '2027-11-23' },
    });
    expect(cellOf('eVisa', facts, '2027-01-01')).toMatchObject({
      tone: 'stop',
      reason: 'waitsFor',
      params: { requirement: 'passport' },
    });
    expect(
      cellOf('passport', { passport: { state: 'done', validUntil: '2027-11-23' } }, '2027-01-01').tone,
    ).toBe('ok');
  });

  it('follows what was asked for: under way, overdue, too late', () => {
    const asked: Facts = { passport: valid, clearance: { state: 'asked', askedOn: '2027-04-01' } };
    expect(cellOf('clearance', asked, '2027-04-05')).toMatchObject({ tone: 'risk', reason: 'underWay' });
    expect(cellOf('clearance', asked, '2027-04-25')).toMatchObject({
      tone: 'risk',
      reason: 'late',
      params: { expected: '2027-04-22', days: 3 },
    });
    const late: Facts = { clearance: { state: 'asked', askedOn: '2027-05-10' } };
    expect(cellOf('clearance', late, '2027-05-11')).toMatchObject({ tone: 'stop', reason: 'willBeLate' });
  });

  it('knows what had not happened yet on an earlier day', () => {
    const facts: Facts = { clearance: { state: 'done', askedOn: '2027-03-01', doneOn: '2027-03-20' } };
    expect(cellOf('clearance', facts, '2027-03-21').tone).toBe('ok');
    expect(cellOf('clearance', facts, '2027-03-10').reason).toBe('underWay');
    expect(cellOf('clearance', facts, '2027-02-01').reason).toBe('todo');
  });

  it('leaves out what a journey does not need', () => {
    expect(cellOf('publication', {}, '2027-01-01', { ...trip, purpose: 'attend' }).tone).toBe('idle');
    expect(cellOf('invitation', {}, '2027-01-01').tone).toBe('idle');
    expect(cellOf('eVisa', {}, '2027-06-01').reason).toBe('past');
  });
});

const day = fc.integer({ min: 0, max: 200 }).map((days) => daysAfter('2026-11-15', days));
const fact = fc.oneof(
  fc.constant<Fact>({ state: 'missing' }),
  fc.constant<Fact>({ state: 'refused' }),
  fc.constant<Fact>({ state: 'not-needed' }),
  fc.record({ state: fc.constant('asked' as const), askedOn: day }),
  fc.record({ state: fc.constant('done' as const), validUntil: fc.option(day) }),
  fc.constant<Fact>({ state: 'done', problem: { code: 'gap', tone: 'stop' } }),
);
const someFacts = fc.dictionary(
  fc.constantFrom(...REQUIREMENTS.map((one) => one.code)),
  fact,
) as fc.Arbitrary<Facts>;
const someTrip = fc.record({
  personId: fc.constant('p'),
  startsOn: fc.constant('2027-05-18'),
  endsOn: fc.constant('2027-05-23'),
  home: fc.constantFrom('in', 'ru', null),
  host: fc.constantFrom('in', 'ru'),
  purpose: fc.constantFrom('attend', 'speak', 'stay'),
  visaRoute: fc.constantFrom('e-visa', 'invitation', 'none'),
}) as fc.Arbitrary<Trip>;
const rank = { idle: 0, ok: 1, risk: 2, stop: 3 };

describe('readiness, whatever the facts', () => {
  it('never gets better by waiting', () => {
    fc.assert(
      fc.property(someTrip, someFacts, day, fc.integer({ min: 0, max: 60 }), (of, facts, today, wait) => {
        // What was asked for in the future has not happened on the earlier day: then time brings something new.
        const asked = Object.values(facts).some((one) => one?.askedOn && one.askedOn > today);
        const later = daysAfter(today, wait);
        fc.pre(!asked && later <= of.endsOn);
        const before = assessReadiness(of, facts, REQUIREMENTS, today);
        const after = assessReadiness(of, facts, REQUIREMENTS, later);
        before.forEach((cell, index) => {
          expect(rank[after[index]?.tone ?? 'idle']).toBeGreaterThanOrEqual(rank[cell.tone]);
        });
      }),
    );
  });

  it('gives every open cell a last day, and calls it too late exactly after that day', () => {
    fc.assert(
      fc.property(someTrip, someFacts, day, (of, facts, today) => {
        for (const cell of assessReadiness(of, facts, REQUIREMENTS, today)) {
          if (cell.tone === 'risk' || cell.tone === 'stop') expect(cell.actBy).not.toBeNull();
          if (cell.reason === 'todo') expect(cell.actBy && cell.actBy >= today).toBe(true);
          if (cell.reason === 'tooLate') expect(cell.actBy && cell.actBy < today).toBe(true);
          if (cell.reason === 'done') expect(cell.tone).toBe('ok');
        }
      }),
    );
  });

  it('names as first to fail a cell than which none is worse', () => {
    fc.assert(
      fc.property(someTrip, someFacts, day, (of, facts, today) => {
        const cells = assessReadiness(of, facts, REQUIREMENTS, today);
        const first = firstToFail(cells);
        const tone = toneOf(cells);
        expect(first === null).toBe(tone === 'ok' || tone === 'idle');
        if (first) expect(cells.every((cell) => byUrgency(first, cell) <= 0)).toBe(true);
      }),
    );
  });
});

/** The same definitions with one of them changed. */
const withOne = (code: string, change: Partial<Requirement>) =>
  REQUIREMENTS.map((one) => (one.code === code ? { ...one, ...change } : one));
const anyCode = fc.constantFrom(...REQUIREMENTS.map((one) => one.code));
/** Some definitions switched off, some in working days, lead times of any length. */
const someDefinitions = fc
  .array(
    fc.record({
      active: fc.boolean(),
      leadUnit: fc.constantFrom('calendar' as const, 'working' as const),
      leadDays: fc.integer({ min: 0, max: 90 }),
    }),
    { minLength: REQUIREMENTS.length, maxLength: REQUIREMENTS.length },
  )
  .map((changes) => REQUIREMENTS.map((one, index) => ({ ...one, ...changes[index] })));

describe('definitions as data', () => {
  it('colours nothing by a requirement that is switched off, and nothing else worse', () => {
    fc.assert(
      fc.property(someTrip, someFacts, day, anyCode, (of, facts, today, code) => {
        const without = assessReadiness(of, facts, withOne(code, { active: false }), today);
        expect(without.some((cell) => cell.code === code || cell.params.requirement === code)).toBe(false);
        const all = new Map(assessReadiness(of, facts, REQUIREMENTS, today).map((cell) => [cell.code, cell]));
        for (const cell of without) {
          expect(rank[cell.tone]).toBeLessThanOrEqual(rank[all.get(cell.code)?.tone ?? 'idle']);
        }
      }),
    );
  });

  it('is never made better by a longer lead time', () => {
    const longer = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(
        someTrip,
        someFacts,
        day,
        anyCode,
        someDefinitions,
        longer,
        (of, facts, today, code, by, more) => {
          const slower = by.map((one) =>
            one.code === code ? { ...one, leadDays: one.leadDays + more } : one,
          );
          const before = assessReadiness(of, facts, by, today);
          const after = assessReadiness(of, facts, slower, today);
          before.forEach((cell, index) => {
            expect(rank[after[index]?.tone ?? 'idle']).toBeGreaterThanOrEqual(rank[cell.tone]);
          });
        },
      ),
    );
  });

  it('applies to the journeys named and to no others', () => {
    const [only] = withOne('passport', { applies: { purposes: ['stay'], homes: ['ru'], minDays: 10 } });
    if (!only) throw new Error('no definition');
    const long = { ...trip, purpose: 'stay' as const, home: 'ru' as const, endsOn: '2027-05-27' };
    expect(appliesTo(only, long)).toBe(true);
    expect(appliesTo(only, { ...long, endsOn: '2027-05-26' })).toBe(false);
    expect(appliesTo(only, { ...long, home: 'in' })).toBe(false);
    expect(appliesTo(only, { ...long, purpose: 'speak' })).toBe(false);
  });

  it('asks for the state form from the thirty-first day on, and calls an e-visa too short there', () => {
    const stay = {
      ...trip,
      purpose: 'stay' as const,
      visaRoute: 'invitation' as const,
      endsOn: '2027-06-16',
    };
    expect(cellOf('stateInvitation', {}, '2027-01-01', stay).reason).toBe('notNeeded');
    const longer = { ...stay, endsOn: '2027-06-17' };
    expect(cellOf('stateInvitation', {}, '2027-01-01', longer).reason).toBe('todo');
    expect(cellOf('eVisa', {}, '2027-01-01', { ...longer, visaRoute: 'e-visa' })).toMatchObject({
      tone: 'stop',
      reason: 'stayTooLong',
      params: { days: 31, most: 30 },
    });
  });

  it('counts working days by the calendar of whoever acts', () => {
    const lead = { leadDays: 3, leadUnit: 'working' as const, owner: 'home' as const };
    // 20 November 2026 is a Friday.
    expect(doneAfter(lead, trip, '2026-11-20', mondayToFriday)).toBe('2026-11-25');
    expect(doneAfter(lead, trip, '2026-11-20', (side, on) => side === 'in' && mondayToFriday(side, on))).toBe(
      '2026-11-25',
    );
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 40 }), (until, leadDays) => {
        const some = { ...lead, leadDays };
        const last = askedBefore(some, trip, until, mondayToFriday);
        expect(doneAfter(some, trip, last, mondayToFriday) <= until).toBe(true);
        expect(doneAfter(some, trip, daysAfter(last, 1), mondayToFriday) > until).toBe(true);
      }),
    );
  });
});

describe('what to move', () => {
  it('says from when a visa can be met, with the invitation before it', () => {
    const invited = { ...trip, purpose: 'attend' as const, visaRoute: 'invitation' as const };
    const rest: Facts = Object.fromEntries(
      ['institute', 'funding', 'clearance', 'hospitality', 'insurance', 'flights', 'hotel', 'sitePass'].map(
        (code) => [code, { state: 'done' }],
      ),
    );
    const facts = { ...rest, passport: valid };
    expect(cellOf('visa', facts, '2027-05-01', invited)).toMatchObject({ reason: 'waitsFor' });
    // 45 days for the letter, ten for the visa, and in hand the day before.
    expect(earliestStart(invited, facts, REQUIREMENTS, '2027-05-01')).toBe('2027-06-26');
    expect(earliestStart(invited, facts, REQUIREMENTS, '2027-01-01')).toBe('2027-05-18');
    const refused: Facts = { ...facts, clearance: { state: 'refused' } };
    expect(earliestStart(invited, refused, REQUIREMENTS, '2027-05-01')).toBeNull();
    const short: Facts = { ...facts, passport: { state: 'done', validUntil: '2027-12-01' } };
    expect(earliestStart(invited, short, REQUIREMENTS, '2027-05-01')).toBeNull();
  });

  it('names a start with which nothing is red, and before which something is', () => {
    fc.assert(
      fc.property(someTrip, someFacts, day, someDefinitions, (of, facts, today, by) => {
        const start = earliestStart(of, facts, by, today);
        const stops = (on: string) =>
          assessReadiness(movedTo(of, on), facts, by, today).some((cell) => cell.tone === 'stop');
        if (start === null) return;
        expect(start >= of.startsOn).toBe(true);
        expect(stops(start)).toBe(false);
        if (start > of.startsOn) expect(stops(daysAfter(start, -1))).toBe(true);
      }),
    );
  });

  it('names for each red requirement a start with which that one is red no more, or none', () => {
    fc.assert(
      fc.property(someTrip, someFacts, day, someDefinitions, (of, facts, today, by) => {
        for (const cell of assessReadiness(of, facts, by, today)) {
          if (cell.startFrom === null) continue;
          expect(cell.tone).toBe('stop');
          expect(cell.startFrom > of.startsOn).toBe(true);
          const moved = assessReadiness(movedTo(of, cell.startFrom), facts, by, today);
          const then = moved.find((one) => one.code === cell.code);
          // A paper that sufficed may end before the later end: then the reason is another one.
          const waits = then?.reason === 'waitsFor';
          expect(then?.tone !== 'stop' || waits || then.reason === 'endsEarly').toBe(true);
          if (waits) expect(moved.some((one) => one.reason === 'endsEarly')).toBe(true);
        }
      }),
    );
  });

  it('never names an earlier start by waiting', () => {
    fc.assert(
      fc.property(
        someTrip,
        someFacts,
        day,
        fc.integer({ min: 0, max: 60 }),
        someDefinitions,
        (of, facts, today, wait, by) => {
          const later = daysAfter(today, wait);
          fc.pre(!Object.values(facts).some((one) => one?.askedOn && one.askedOn > today));
          const before = earliestStart(of, facts, by, today) ?? '9999';
          const after = earliestStart(of, facts, by, later) ?? '9999';
          expect(after >= before).toBe(true);
        },
      ),
    );
  });
});
