import { all, holdsAt, isPerson, type Predicate, type Rules, sidesOf } from '#app/people/access.ts';
import type { Side } from '#db/schema/shared.ts';
import type { Owner, Purpose } from './trip-requirement.ts';

type OfPerson = { personId: string };
type OfInstitution = { institutionId: string };

/** What the rights on a journey are asked about. */
export type OfTrip = OfPerson & {
  homeInstitutionId: string;
  homeSide: Side;
  hostInstitutionId: string;
  sharedAt: Date | null;
  purpose: Purpose;
};

const own: Predicate<OfPerson> = isPerson((record) => record.personId);
/** Protocol officers see to the travel of their side, whichever of its institutions sends. */
const homeProtocol: Predicate<OfTrip> = (actor, trip) => sidesOf(actor, 'protocol').includes(trip.homeSide);
const homeCoordinator: Predicate<OfTrip> = holdsAt('coordinator', (trip) => trip.homeInstitutionId);
const hostProtocol: Predicate<OfTrip> = (actor, trip) =>
  trip.sharedAt !== null && holdsAt<OfTrip>('protocol', (of) => of.hostInstitutionId)(actor, trip);
const hostCoordinator: Predicate<OfTrip> = (actor, trip) =>
  trip.sharedAt !== null && holdsAt<OfTrip>('coordinator', (of) => of.hostInstitutionId)(actor, trip);

/** A delegation is sent, and its senders see to what each brings along; on a stay that is the traveller's own pen. */
const sent: Predicate<OfTrip> = (_, trip) => trip.purpose !== 'stay';

export const travelRules = {
  /** One's own passport: nobody enters or sees another's here. */
  'travel.keepOwn': { allow: [own] },
  'travel.revealOwn': { allow: [own] },
  /** Derived facts of a journey: dates, legs, what is ready. */
  'travel.readTrip': { allow: [own, homeProtocol, homeCoordinator, hostProtocol, hostCoordinator] },
  /** The values themselves. A coordinator plans with the facts and needs no passport. */
  'travel.revealTrip': { allow: [own, homeProtocol, hostProtocol] },
  'travel.keepTrip': { allow: [own, homeProtocol, homeCoordinator] },
  /** Each party records its own, and nobody what an institution says of their own journey. */
  'travel.recordTraveller': { allow: [own, all(sent, homeProtocol), all(sent, homeCoordinator)] },
  'travel.recordHome': { allow: [homeProtocol, homeCoordinator], deny: [own] },
  'travel.recordHost': { allow: [hostProtocol, hostCoordinator], deny: [own] },
  /** What an institution asks for of those it sends and of those it receives. */
  'travel.define': { allow: [holdsAt('institution-admin', (of: OfInstitution) => of.institutionId)] },
} satisfies Rules;

/** The right by which somebody records a requirement of this owner. */
export const RECORD_RIGHT = {
  traveller: 'travel.recordTraveller',
  home: 'travel.recordHome',
  host: 'travel.recordHost',
} as const satisfies Record<Owner, keyof typeof travelRules>;
