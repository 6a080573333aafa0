import { validityMonths } from './passport-checks.ts';
import type { Requirement } from './trip-requirement.ts';

/** A definition without its words; those stand in `locales/*​/travel.json` under its code. */
export type Default = Omit<Requirement, 'title' | 'source'> & {
  /** Whether a source is known; where not, the number of days is an assumption and says so. */
  sourced: boolean;
};

const READ_ON = '2026-11-15';
/** Every journey over a border. */
const ABROAD = { hosts: ['in', 'ru'] } as const;
const UNTIL_THE_END = { in: { monthsPastEnd: 0 }, ru: { monthsPastEnd: 0 } };

type Given = Pick<Default, 'code' | 'owner' | 'leadDays'> & Partial<Default>;

/** What most have: defined by whoever sees to it, in calendar days, after nothing, without an end, a source or a date. */
const define = (given: Given): Default => ({
  party: given.owner === 'host' ? 'host' : 'home',
  leadUnit: 'calendar',
  applies: {},
  after: [],
  limits: {},
  sourced: false,
  sourceOn: given.sourced ? READ_ON : null,
  active: true,
  ...given,
});

/**
 * What a journey between the two sides needs unless an institution says otherwise, in the order of a board's columns.
 * Lead times are in days. Where a source gives a range, the longer half of it is taken.
 */
export const DEFAULTS: readonly Default[] = [
  define({
    code: 'passport',
    owner: 'traveller',
    leadDays: 14,
    applies: ABROAD,
    limits: { in: { monthsPastEnd: 0 }, ru: { monthsPastEnd: validityMonths } },
    sourced: true,
  }),
  define({ code: 'institute', owner: 'home', leadDays: 30, applies: { homes: ['in'] }, sourced: true }),
  define({ code: 'funding', owner: 'home', leadDays: 21 }),
  define({
    code: 'clearance',
    owner: 'home',
    leadDays: 21,
    applies: { ...ABROAD, homes: ['in'] },
    sourced: true,
  }),
  define({ code: 'hospitality', owner: 'home', leadDays: 14, applies: { ...ABROAD, homes: ['in'] } }),
  define({
    code: 'hostClearance',
    owner: 'host',
    leadDays: 30,
    applies: { hosts: ['in'], purposes: ['attend', 'speak'] },
    sourced: true,
  }),
  define({
    code: 'invitation',
    owner: 'host',
    leadDays: 45,
    applies: { ...ABROAD, visaRoutes: ['invitation'] },
    after: ['passport'],
    sourced: true,
  }),
  define({
    code: 'stateInvitation',
    owner: 'host',
    leadDays: 60,
    applies: { hosts: ['ru'], visaRoutes: ['invitation'], minDays: 31 },
    after: ['passport'],
    sourced: true,
  }),
  define({
    code: 'visa',
    owner: 'traveller',
    leadDays: 10,
    applies: { ...ABROAD, visaRoutes: ['invitation'] },
    after: ['passport', 'invitation', 'stateInvitation', 'hostClearance'],
    limits: UNTIL_THE_END,
  }),
  define({
    code: 'eVisa',
    owner: 'traveller',
    leadDays: 4,
    applies: { ...ABROAD, visaRoutes: ['e-visa'] },
    after: ['passport', 'hostClearance'],
    limits: { in: { monthsPastEnd: 0 }, ru: { monthsPastEnd: 0, longestStay: 30 } },
    sourced: true,
  }),
  define({ code: 'insurance', owner: 'traveller', leadDays: 3, applies: ABROAD, limits: UNTIL_THE_END }),
  define({ code: 'flights', owner: 'home', leadDays: 14 }),
  define({ code: 'hotel', owner: 'host', leadDays: 7, applies: { purposes: ['attend', 'speak'] } }),
  define({ code: 'lodging', owner: 'host', leadDays: 30, applies: { purposes: ['stay'] } }),
  define({ code: 'publication', owner: 'home', leadDays: 14, applies: { purposes: ['speak', 'stay'] } }),
  define({ code: 'sitePass', owner: 'host', leadDays: 30, applies: { hosts: ['ru'] }, sourced: true }),
  define({ code: 'briefing', owner: 'host', leadDays: 3, applies: { purposes: ['stay'] } }),
];
