import { holdsAt, isPerson, isSystem, type Rules } from '#app/people/access.ts';

/** What of a placement decides who may do what. */
export type PlacementParties = {
  participantId: string;
  hostSupervisorId: string | null;
  homeInstitutionId: string;
  hostInstitutionId: string;
};

/** A stay with a request of it: whose pen decides stands on the request itself; without one it is nobody's. */
export type RequestParties = PlacementParties & {
  decidingInstitutionId: string | null;
  askedBy: string | null;
};

const isParticipant = isPerson((record: PlacementParties) => record.participantId);
const isHostSupervisor = isPerson((record: PlacementParties) => record.hostSupervisorId);
const isHomeCoordinator = holdsAt('coordinator', (record: PlacementParties) => record.homeInstitutionId);
const isHostCoordinator = holdsAt('coordinator', (record: PlacementParties) => record.hostInstitutionId);
const decides = holdsAt('coordinator', (request: RequestParties) => request.decidingInstitutionId);
/** Whoever asked never decides: nobody holds two pens over one request. */
const isAsker = isPerson((request: RequestParties) => request.askedBy);

const everyParty = [isParticipant, isHostSupervisor, isHomeCoordinator, isHostCoordinator];

/**
 * Rights over a stay. The work programme is written by all four who will sign it; every other pen belongs to one party.
 * Nobody decides, confirms or evaluates their own stay, whatever else they hold.
 */
export const placementRules = {
  'placements.read': { allow: everyParty },
  'placements.write': { allow: everyParty },
  'placements.sign': { allow: everyParty },
  'placements.begin': { allow: [isSystem] },
  'placements.nameSupervisor': { allow: [isHostCoordinator], deny: [isParticipant] },
  'placements.confirmArrival': { allow: [isHostCoordinator], deny: [isParticipant] },
  'placements.confirmDeparture': { allow: [isHostCoordinator], deny: [isParticipant] },
  'placements.hostDuty': { allow: [isHostCoordinator], deny: [isParticipant] },
  'placements.ownDuty': { allow: [isParticipant] },
  'placements.note': { allow: [isParticipant] },
  'placements.report': { allow: [isParticipant] },
  'placements.evaluate': { allow: [isHostSupervisor], deny: [isParticipant] },
  'placements.homeCosts': { allow: [isHomeCoordinator], deny: [isParticipant] },
  'placements.hostCosts': { allow: [isHostCoordinator], deny: [isParticipant] },
  'placements.askAsParticipant': { allow: [isParticipant] },
  'placements.askAsHome': { allow: [isHomeCoordinator], deny: [isParticipant] },
  'placements.askAsHost': { allow: [isHostCoordinator], deny: [isParticipant] },
  'placements.decideNoShow': { allow: [decides], deny: [isParticipant, isAsker] },
  'placements.decideForceMajeure': { allow: [decides], deny: [isParticipant, isAsker] },
  'placements.decideDates': { allow: [decides], deny: [isParticipant, isAsker] },
  'placements.signClosing': { allow: [isHomeCoordinator, isHostCoordinator], deny: [isParticipant] },
  'placements.close': { allow: [isSystem] },
} satisfies Rules;
