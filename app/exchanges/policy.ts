import {
  all,
  holds,
  holdsAt,
  isPerson,
  isSignedIn,
  isSystem,
  type Predicate,
  type Rules,
} from '#app/people/access.ts';

/** What of an application decides who may do what. */
export type Parties = {
  applicantId: string;
  homeInstitutionId: string | null;
  hostInstitutionId: string | null;
  state: string;
  hostSupervisorId?: string | null;
};

/** The institution of each side that signs a call. */
export type Signers = { signerIn: string; signerRu: string };

const isApplicant = isPerson((record: Parties) => record.applicantId);
const isHomeCoordinator = holdsAt('coordinator', (record: Parties) => record.homeInstitutionId);
const isHostCoordinator = holdsAt('coordinator', (record: Parties) => record.hostInstitutionId);
const isHostSupervisor = isPerson((record: Parties) =>
  record.state === 'accepted' ? (record.hostSupervisorId ?? null) : null,
);
const isHandedIn = (_: unknown, record: Parties) => record.state !== 'draft';
const isDeclined = (_: unknown, record: Parties) => record.state === 'declined';
const isEndedAtHome = (_: unknown, record: Parties) =>
  ['ineligible', 'not-selected', 'not-nominated'].includes(record.state);
/** The supervisor whom an applicant asks, signed in or by the link that was sent to them. */
export type Asked = { id: string; supervisorId: string; applicantId: string };
const isAskedSupervisor = isPerson((asked: Asked) => asked.supervisorId);
const holdsItsLink: Predicate<Asked> = (actor, asked) =>
  actor.kind === 'link' && actor.act === 'exchanges.endorse' && actor.subjectId === asked.id;
const isOwnApplication = isPerson((asked: Asked) => asked.applicantId);
const coordinatesIn = holdsAt('coordinator', (call: Signers) => call.signerIn);
const coordinatesRu = holdsAt('coordinator', (call: Signers) => call.signerRu);

export const exchangeRules = {
  'exchanges.apply': { allow: [isSignedIn] },
  'exchanges.read': {
    allow: [
      isApplicant,
      all(isHandedIn, isHomeCoordinator),
      all(isHandedIn, isHostCoordinator),
      isHostSupervisor,
    ],
  },
  'exchanges.submit': { allow: [isApplicant] },
  'exchanges.check': { allow: [isHomeCoordinator], deny: [isApplicant] },
  'exchanges.rank': { allow: [isSystem] },
  'exchanges.withdraw': { allow: [isApplicant] },
  'exchanges.endorse': { allow: [isAskedSupervisor, holdsItsLink], deny: [isOwnApplication] },
  'exchanges.translate': { allow: [isApplicant, all(isHandedIn, isHomeCoordinator)] },
  // Nobody decides their own application, whatever they hold.
  'exchanges.nominate': { allow: [isHomeCoordinator], deny: [isApplicant] },
  'exchanges.answer': { allow: [isHostCoordinator], deny: [isApplicant] },
  'exchanges.appeal': { allow: [isApplicant] },
  // Whose pen took the decision decides the appeal against it: only a refusal after nomination is the host's.
  'exchanges.decideAppeal': {
    allow: [all(isDeclined, isHostCoordinator), all(isEndedAtHome, isHomeCoordinator)],
    deny: [isApplicant],
  },
  'calls.draft': { allow: [holds('coordinator')] },
  'calls.edit': { allow: [coordinatesIn, coordinatesRu] },
  'calls.sign': { allow: [coordinatesIn, coordinatesRu] },
  'calls.publish': { allow: [isSystem] },
  'calls.close': { allow: [isSystem] },
  'calls.review': { allow: [isSystem] },
} satisfies Rules;
