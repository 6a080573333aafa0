import { holdsAt, isSystem, type Predicate, type Rules, sidesOf } from '#app/people/access.ts';
import type { DelegationState } from '#db/schema/delegations.ts';
import type { Side } from '#db/schema/shared.ts';

/** What the rights on a delegation are asked about. */
export type OfDelegation = {
  homeInstitutionId: string;
  homeSide: Side;
  hostInstitutionId: string;
  state: DelegationState;
};

/** Protocol officers see to the delegations of their side, whichever of its institutions leads. */
const homeProtocol: Predicate<OfDelegation> = (actor, record) =>
  sidesOf(actor, 'protocol').includes(record.homeSide);
const homeCoordinator: Predicate<OfDelegation> = holdsAt('coordinator', (of) => of.homeInstitutionId);

/** The host sees who comes once it was told; after the event only those who sent them keep the file. */
const atHost =
  (role: 'coordinator' | 'protocol'): Predicate<OfDelegation> =>
  (actor, record) =>
    record.state === 'shared' && holdsAt<OfDelegation>(role, (of) => of.hostInstitutionId)(actor, record);

export const delegationRules = {
  'delegations.read': {
    allow: [homeProtocol, homeCoordinator, atHost('coordinator'), atHost('protocol'), isSystem],
  },
  'delegations.plan': { allow: [homeProtocol, homeCoordinator, isSystem] },
  /** People, their legs, beds and dates, one by one. */
  'delegations.arrange': { allow: [homeProtocol, homeCoordinator] },
  'delegations.import': { allow: [homeProtocol, homeCoordinator] },
  'delegations.share': { allow: [homeProtocol, homeCoordinator] },
  'delegations.close': { allow: [homeProtocol, homeCoordinator] },
  /** The visa-support list holds passports. */
  'delegations.visaList': { allow: [homeProtocol, atHost('protocol')] },
  'delegations.roomingList': {
    allow: [homeProtocol, homeCoordinator, atHost('coordinator'), atHost('protocol')],
  },
} satisfies Rules;

type OfEvent = { hostInstitutionId: string };

export const eventRules = {
  'events.plan': {
    allow: [holdsAt<OfEvent>(['coordinator', 'protocol'], (of) => of.hostInstitutionId), isSystem],
  },
} satisfies Rules;
