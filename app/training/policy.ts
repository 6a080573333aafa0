import { all, holds, holdsAt, isPerson, isSignedIn, isSystem, type Rules } from '#app/people/access.ts';

/** What of a run decides who may do what. */
export type OfRun = { hostInstitutionId: string; instructorId: string | null };

/** What of an enrolment does. */
export type OfEnrolment = {
  personId: string;
  institutionId: string;
  hostInstitutionId: string;
  sponsorNeeded: boolean;
  evidenceNeeded: boolean;
};

const isParticipant = isPerson((record: OfEnrolment) => record.personId);
const coordinatesHost = holdsAt('coordinator', (run: OfRun) => run.hostInstitutionId);
const needsSponsor = (_: unknown, record: OfEnrolment) => record.sponsorNeeded;
const needsEvidence = (_: unknown, record: OfEnrolment) => record.evidenceNeeded;

export const trainingRules = {
  'training.enrol': { allow: [isSignedIn] },
  'training.enrolment': { allow: [isParticipant] },
  // Nobody decides their own enrolment, whatever they hold.
  'training.sponsor': {
    allow: [
      all(
        needsSponsor,
        holdsAt('coordinator', (record: OfEnrolment) => record.institutionId),
      ),
    ],
    deny: [isParticipant],
  },
  'training.evidence': {
    allow: [
      all(
        needsEvidence,
        holdsAt('coordinator', (record: OfEnrolment) => record.hostInstitutionId),
      ),
    ],
    deny: [isParticipant],
  },
  'training.seat': { allow: [isSystem] },
  /** Seats, instructor, session times. */
  'training.arrange': { allow: [coordinatesHost] },
  /** Attendance and results: the instructor named, while granted the role. */
  'training.teach': {
    allow: [
      all(
        isPerson((run: OfRun) => run.instructorId),
        holds('instructor'),
      ),
    ],
  },
  'training.certify': { allow: [coordinatesHost] },
  'training.import': { allow: [holds('coordinator'), isSystem] },
  /** A row of an import: each host brings its own courses. */
  'training.add': {
    allow: [holdsAt('coordinator', (run: { hostInstitutionId: string }) => run.hostInstitutionId), isSystem],
  },
} satisfies Rules;
