import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Attached, type EndorsementState, lastDay, missingIn } from './completeness.ts';
import { type Party, possibleParties } from './parties.ts';

const party = (id: string, side: Party['side']): Party => ({ id, side, shortName: { en: id, ru: id } });
const institutions = [
  party('iit', 'in'),
  party('texmin', 'in'),
  party('giredmet', 'ru'),
  party('other', null),
];
const call = {
  stayFrom: '2027-02-01',
  stayUntil: '2027-08-31',
  weeksMin: 4,
  weeksMax: 12,
  documents: [{ code: 'plan', title: { en: 'Plan', ru: 'План' }, required: true }],
};
const complete = {
  title: 'T',
  workPlan: 'W',
  homeInstitutionId: 'iit',
  hostInstitutionId: 'giredmet',
  wishedStart: '2027-03-01',
  weeks: 12,
  declaredAt: new Date(),
  consentAt: new Date(),
};
const parties = possibleParties(institutions, 'in-ru', { institutionId: 'iit', side: 'in' });
const attached: Attached = { parties, documentKinds: ['plan'], endorsement: 'given' };

describe('a complete application', () => {
  it('misses nothing', () => {
    expect(missingIn(complete, call, attached)).toEqual({});
  });

  it.each([
    [{ title: '' }, 'title', 'exchanges.giveTitle'],
    [{ weeks: null }, 'weeks', 'exchanges.giveWeeks'],
    [{ declaredAt: null }, 'declarations', 'exchanges.declarationFirst'],
    [{ consentAt: null }, 'declarations', 'exchanges.declarationFirst'],
    [{ weeks: 3 }, 'weeks', 'exchanges.weeksOutside'],
    [{ weeks: 13 }, 'weeks', 'exchanges.weeksOutside'],
    [{ wishedStart: '2027-01-31' }, 'wishedStart', 'exchanges.startOutside'],
    [{ wishedStart: '2027-06-10' }, 'wishedStart', 'exchanges.stayTooLate'],
    [{ hostInstitutionId: null }, 'hostInstitutionId', 'exchanges.chooseHost'],
    [{ hostInstitutionId: 'texmin' }, 'hostInstitutionId', 'exchanges.chooseHost'],
    [{ homeInstitutionId: 'texmin' }, 'homeInstitutionId', 'exchanges.chooseHome'],
  ])('with %o is told at %s', (change, field, reason) => {
    expect(missingIn({ ...complete, ...change }, call, attached)[field]).toEqual([reason]);
  });

  it('needs the documents the call requires', () => {
    expect(missingIn(complete, call, { ...attached, documentKinds: ['cv'] })).toEqual({
      'document.plan': ['exchanges.attachDocument'],
    });
  });

  it('needs the supervisor to have said yes', () => {
    const reason = (endorsement: EndorsementState) =>
      missingIn(complete, call, { ...attached, endorsement }).endorsement;
    expect(reason(null)).toEqual(['exchanges.endorsementMissing']);
    expect(reason('asked')).toEqual(['exchanges.endorsementAwaited']);
    expect(reason('refused')).toEqual(['exchanges.endorsementRefused']);
    expect(reason('given')).toBeUndefined();
  });

  it('names each thing that is missing, and nothing else, whichever are', () => {
    const parts = {
      title: { title: '' },
      workPlan: { workPlan: '' },
      wishedStart: { wishedStart: null },
      weeks: { weeks: null },
      hostInstitutionId: { hostInstitutionId: null },
      declarations: { declaredAt: null },
    } as const;
    const names = Object.keys(parts) as (keyof typeof parts)[];
    fc.assert(
      fc.property(fc.subarray(names), fc.boolean(), fc.boolean(), (left, document, endorsed) => {
        const draft = Object.assign({}, complete, ...left.map((name) => parts[name]));
        const found = missingIn(draft, call, {
          parties,
          documentKinds: document ? ['plan'] : [],
          endorsement: endorsed ? 'given' : 'asked',
        });
        const expected = [
          ...left,
          ...(document ? [] : ['document.plan']),
          ...(endorsed ? [] : ['endorsement']),
        ];
        expect(Object.keys(found).sort()).toEqual(expected.sort());
      }),
    );
  });

  it('counts whole weeks, the first day included', () => {
    expect(lastDay('2027-03-01', 12)).toBe('2027-05-23');
  });
});

describe('possible parties', () => {
  it('let a side’s people go to the other side only', () => {
    expect(parties.homes.map((one) => one.id)).toEqual(['iit']);
    expect(parties.hosts.map((one) => one.id)).toEqual(['giredmet']);
  });

  it('let people of other organisations choose who sends them', () => {
    const guest = possibleParties(institutions, 'both', { institutionId: 'other', side: null });
    expect(guest.sponsored).toBe(true);
    expect(guest.homes.map((one) => one.id)).toEqual(['iit', 'texmin', 'giredmet']);
  });

  it('leave nobody where the call is for the other side', () => {
    expect(possibleParties(institutions, 'ru-in', { institutionId: 'iit', side: 'in' }).homes).toEqual([]);
  });
});
