import type { Requirement, Trip } from './assess-readiness.ts';
import { validityNeeded } from './passport-checks.ts';

const toRussia = (trip: Trip) => trip.host === 'ru';
const toIndia = (trip: Trip) => trip.host === 'in';
const abroad = (trip: Trip) => trip.home !== trip.host;
const throughInvitation = (trip: Trip) => abroad(trip) && trip.visaRoute === 'invitation';

/**
 * What a journey between the two sides needs, in the order of a board's columns. Lead times are in days and are the
 * usual ones of the sources named; where a source gives a range, the longer half of it is taken, and where it gives no
 * number the entry says that ours is an assumption.
 */
export const REQUIREMENTS: readonly Requirement[] = [
  {
    key: 'passport',
    owner: 'traveller',
    leadDays: 14,
    applies: abroad,
    after: [],
    validUntil: (trip) => (toRussia(trip) ? validityNeeded(trip.endsOn) : trip.endsOn),
    source: 'FACTS, Travel to Russia: passport valid at least six months past leaving',
  },
  {
    key: 'institute',
    owner: 'home',
    leadDays: 30,
    applies: () => true,
    after: [],
    source: 'FACTS, Leaving India on duty: the institute’s own pack a month ahead (pec.ac.in)',
  },
  {
    key: 'clearance',
    owner: 'home',
    leadDays: 21,
    applies: (trip) => trip.home === 'in' && abroad(trip),
    after: [],
    source:
      'FACTS, Leaving India on duty: political clearance (epolclearance.gov.in); the number of days is an assumption to be confirmed',
  },
  {
    key: 'hostClearance',
    owner: 'host',
    leadDays: 30,
    applies: (trip) => toIndia(trip) && abroad(trip) && trip.purpose !== 'stay',
    after: [],
    source: 'FACTS, Travel to India: event clearance at least 30 days ahead (oir.iitm.ac.in)',
  },
  {
    key: 'invitation',
    owner: 'host',
    leadDays: 45,
    applies: throughInvitation,
    after: ['passport'],
    source: 'FACTS, Travel to Russia: allow 1–2 months for an invitation',
  },
  {
    key: 'visa',
    owner: 'traveller',
    leadDays: 10,
    leadDaysOf: (trip) => (trip.visaRoute === 'e-visa' ? 4 : 10),
    applies: (trip) => abroad(trip) && trip.visaRoute !== 'none',
    after: ['passport', 'invitation', 'hostClearance'],
    validUntil: (trip) => trip.endsOn,
    source: 'FACTS, Travel to Russia: e-visa at least 4 days ahead; a consulate is given ten',
  },
  {
    key: 'insurance',
    owner: 'traveller',
    leadDays: 3,
    applies: abroad,
    after: [],
    validUntil: (trip) => trip.endsOn,
    source:
      'FACTS, Travel to Russia: guarantee of medical care; the number of days is an assumption to be confirmed',
  },
  {
    key: 'flights',
    owner: 'home',
    leadDays: 14,
    applies: () => true,
    after: [],
    source: 'Usual notice of a duty-travel booking; the number of days is an assumption to be confirmed',
  },
  {
    key: 'hotel',
    owner: 'host',
    leadDays: 7,
    applies: () => true,
    after: [],
    source: 'Usual notice of a group reservation; the number of days is an assumption to be confirmed',
  },
  {
    key: 'publication',
    owner: 'home',
    leadDays: 14,
    applies: (trip) => trip.purpose === 'speak',
    after: [],
    source:
      'GLOSSARY: publication clearance, export control, before a text is shown abroad; the number of days is an assumption to be confirmed',
  },
];
