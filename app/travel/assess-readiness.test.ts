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
