import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { institution, person } from './people.ts';
import { placement } from './placements.ts';
import { file } from './platform.ts';
import {
  createdAt,
  id,
  instant,
  type Locale,
  type LocalizedText,
  localized,
  type Side,
  stateColumns,
} from './shared.ts';

export const COURSE_MODES = ['on-site', 'blended', 'online'] as const;
export type CourseMode = (typeof COURSE_MODES)[number];

/** Research areas of the memorandum a course can belong to; `all` is for everybody. */
export const COURSE_AREAS = [
  'rare-earth-processing',
  'permanent-magnets',
  'high-purity-metals',
  'refractory-powders',
  'electronics-optics-materials',
  'battery-recycling',
  'tailings-recovery',
  'digital-plants',
  'all',
] as const;
export type CourseArea = (typeof COURSE_AREAS)[number];

/** A course as the catalogue names it; what is taught on certain dates is a run. */
export const course = pgTable(
  'course',
  {
    id: id(),
    code: text().notNull().unique(),
    title: localized().notNull(),
    area: text().$type<CourseArea>().notNull(),
    language: text().$type<Locale>().notNull(),
    mode: text().$type<CourseMode>().notNull(),
    hostInstitutionId: uuid()
      .notNull()
      .references(() => institution.id),
    createdAt: createdAt(),
  },
  (t) => [
    // The catalogue is public: both languages or nothing.
    check('course_title', sql`${t.title} ->> 'en' <> '' and ${t.title} ->> 'ru' <> ''`),
    check('course_language', sql`${t.language} in ('en', 'ru')`),
    check('course_mode', sql`${t.mode} in ('on-site', 'blended', 'online')`),
    index('course_host').on(t.hostInstitutionId),
  ],
);

/** What has to be known before a course: the certificate of another one, or accepted evidence. */
export const coursePrerequisite = pgTable(
  'course_prerequisite',
  {
    courseId: uuid()
      .notNull()
      .references(() => course.id),
    requiredCourseId: uuid()
      .notNull()
      .references(() => course.id),
  },
  (t) => [
    primaryKey({ columns: [t.courseId, t.requiredCourseId] }),
    check('course_prerequisite_other', sql`${t.courseId} <> ${t.requiredCourseId}`),
  ],
);

/** A course on its dates. `seats` are those reserved for either side and the surplus, which goes to both. */
export const courseRun = pgTable(
  'course_run',
  {
    id: id(),
    reference: text().notNull().unique(),
    courseId: uuid()
      .notNull()
      .references(() => course.id),
    startsOn: date({ mode: 'string' }).notNull(),
    endsOn: date({ mode: 'string' }).notNull(),
    seats: integer().notNull(),
    quotaIn: integer().notNull(),
    quotaRu: integer().notNull(),
    instructorId: uuid().references(() => person.id),
    /** What a form shows and sends back. */
    revision: uuid().notNull().default(sql`gen_random_uuid()`),
    createdAt: createdAt(),
  },
  (t) => [
    // The same file sent twice makes no second run.
    unique('course_run_once').on(t.courseId, t.startsOn),
    index('course_run_starts').on(t.startsOn, t.id),
    index('course_run_ends').on(t.endsOn, t.id),
    index('course_run_instructor').on(t.instructorId),
    check('course_run_dates', sql`${t.startsOn} <= ${t.endsOn}`),
    check(
      'course_run_seats',
      sql`${t.seats} between 1 and 1000 and ${t.quotaIn} >= 0 and ${t.quotaRu} >= 0 and ${t.quotaIn} + ${t.quotaRu} <= ${t.seats}`,
    ),
  ],
);

export const SEAT_POOLS = ['in', 'ru', 'surplus'] as const;
export type SeatPool = (typeof SEAT_POOLS)[number];

/** One seat of a run: a row, so that two people can never hold it. A guard keeps their number to the run's. */
export const courseSeat = pgTable(
  'course_seat',
  {
    id: id(),
    runId: uuid()
      .notNull()
      .references(() => courseRun.id),
    pool: text().$type<SeatPool>().notNull(),
  },
  (t) => [
    index('course_seat_run').on(t.runId, t.pool),
    unique('course_seat_place').on(t.id, t.runId, t.pool),
    check('course_seat_pool', sql`${t.pool} in ('in', 'ru', 'surplus')`),
  ],
);

export const courseSession = pgTable(
  'course_session',
  {
    id: id(),
    runId: uuid()
      .notNull()
      .references(() => courseRun.id),
    /** Counts within the run in the order of entering; stands in the address of the roll. */
    number: integer().notNull(),
    title: localized().notNull(),
    startsAt: instant().notNull(),
    endsAt: instant().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('course_session_number').on(t.runId, t.number),
    unique('course_session_of_run').on(t.id, t.runId),
    check(
      'course_session_times',
      sql`${t.startsAt} < ${t.endsAt} and ${t.endsAt} - ${t.startsAt} <= interval '12 hours'`,
    ),
  ],
);

/** `requested`: something has still to be agreed before the person stands in the queue. */
export const ENROLMENT_STATES = [
  'requested',
  'waiting',
  'offered',
  'confirmed',
  'refused',
  'lapsed',
  'withdrawn',
] as const;
export type EnrolmentState = (typeof ENROLMENT_STATES)[number];

export type Result = 'passed' | 'failed';

/** A person in a run. Whoever holds a seat, or is offered one, names it; nobody else does. */
export const enrolment = pgTable(
  'enrolment',
  {
    id: id(),
    runId: uuid()
      .notNull()
      .references(() => courseRun.id),
    personId: uuid()
      .notNull()
      .references(() => person.id),
    /** The person's own institution, or the one that sponsors somebody of another organisation. */
    institutionId: uuid()
      .notNull()
      .references(() => institution.id),
    /** That institution's side: whose quota counts. */
    side: text().$type<Side>().notNull(),
    /** Order of arrival in the run; who comes later never gets a smaller one. */
    queueNumber: integer().notNull(),
    ...stateColumns<EnrolmentState>('requested'),
    seatId: uuid(),
    seatPool: text().$type<SeatPool>(),
    offeredUntil: instant(),
    /** Place in the waitlist of the side, from one; null when not waiting. */
    place: integer(),
    /** Whether the institution named has to agree to sponsor, and who did. */
    sponsorNeeded: boolean().notNull().default(false),
    sponsoredAt: instant(),
    sponsoredBy: uuid().references(() => person.id),
    /** Whether prerequisites were missing, what the person says instead, and who accepted it. */
    evidenceNeeded: boolean().notNull().default(false),
    evidence: text(),
    evidenceFileId: uuid().references(() => file.id),
    evidenceAcceptedAt: instant(),
    evidenceAcceptedBy: uuid().references(() => person.id),
    result: text().$type<Result>(),
    grade: integer(),
    resultAt: instant(),
    resultBy: uuid().references(() => person.id),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('enrolment_once')
      .on(t.runId, t.personId)
      .where(sql`${t.state} in ('requested', 'waiting', 'offered', 'confirmed')`),
    unique('enrolment_queue').on(t.runId, t.queueNumber),
    // One seat, one person.
    unique('enrolment_seat').on(t.seatId),
    unique('enrolment_of_run').on(t.id, t.runId),
    unique('enrolment_result_of').on(t.id, t.result),
    foreignKey({
      name: 'enrolment_seat_of_run',
      columns: [t.seatId, t.runId, t.seatPool],
      foreignColumns: [courseSeat.id, courseSeat.runId, courseSeat.pool],
    }),
    index('enrolment_person').on(t.personId, t.runId),
    index('enrolment_run').on(t.runId, t.state, t.queueNumber),
    index('enrolment_institution').on(t.institutionId, t.state),
    index('enrolment_offers').on(t.offeredUntil).where(sql`${t.state} = 'offered'`),
    check(
      'enrolment_state',
      sql`${t.state} in ('requested', 'waiting', 'offered', 'confirmed', 'refused', 'lapsed', 'withdrawn')`,
    ),
    check('enrolment_side', sql`${t.side} in ('in', 'ru')`),
    check('enrolment_seated', sql`(${t.state} in ('offered', 'confirmed')) = (${t.seatId} is not null)`),
    check('enrolment_seat_whole', sql`(${t.seatId} is null) = (${t.seatPool} is null)`),
    // A seat reserved for one side is never the other's.
    check('enrolment_seat_side', sql`${t.seatPool} is null or ${t.seatPool} in ('surplus', ${t.side})`),
    check('enrolment_offer', sql`(${t.state} = 'offered') = (${t.offeredUntil} is not null)`),
    check('enrolment_place', sql`(${t.state} = 'waiting') = (${t.place} is not null) and ${t.place} > 0`),
    check(
      'enrolment_sponsored',
      sql`(${t.sponsoredAt} is null) = (${t.sponsoredBy} is null) and (${t.state} not in ('waiting', 'offered', 'confirmed') or not ${t.sponsorNeeded} or ${t.sponsoredAt} is not null)`,
    ),
    check(
      'enrolment_evidence',
      sql`(${t.evidenceAcceptedAt} is null) = (${t.evidenceAcceptedBy} is null) and (${t.state} not in ('waiting', 'offered', 'confirmed') or not ${t.evidenceNeeded} or ${t.evidenceAcceptedAt} is not null)`,
    ),
    check('enrolment_evidence_said', sql`not ${t.evidenceNeeded} or coalesce(${t.evidence}, '') <> ''`),
    check(
      'enrolment_result',
      sql`num_nulls(${t.result}, ${t.resultAt}, ${t.resultBy}) in (0, 3) and (${t.result} is null or ${t.state} = 'confirmed') and ${t.result} in ('passed', 'failed')`,
    ),
    check(
      'enrolment_grade',
      sql`${t.grade} is null or (${t.result} is not null and ${t.grade} between 0 and 100)`,
    ),
    check(
      'enrolment_not_own',
      sql`${t.resultBy} <> ${t.personId} and ${t.sponsoredBy} <> ${t.personId} and ${t.evidenceAcceptedBy} <> ${t.personId}`,
    ),
  ],
);

/** Why somebody's place in the waitlist changed; its words stand under `training:move`. */
export const MOVE_CAUSES = [
  'joined',
  'ahead-left',
  'ahead-seated',
  'ahead-joined',
  'offered',
  'left',
] as const;
export type MoveCause = (typeof MOVE_CAUSES)[number];

/** Every change of a place in the waitlist, with its cause: what the person sees. Never changed. */
export const enrolmentMove = pgTable(
  'enrolment_move',
  {
    id: id(),
    enrolmentId: uuid()
      .notNull()
      .references(() => enrolment.id),
    fromPlace: integer(),
    toPlace: integer(),
    cause: text().$type<MoveCause>().notNull(),
    at: instant().notNull().defaultNow(),
  },
  (t) => [
    index('enrolment_move_of').on(t.enrolmentId, t.id),
    check('enrolment_move_moves', sql`${t.fromPlace} is distinct from ${t.toPlace}`),
  ],
);

export const ATTENDANCE = ['present', 'absent', 'excused'] as const;
export type AttendanceMark = (typeof ATTENDANCE)[number];

export const attendance = pgTable(
  'attendance',
  {
    sessionId: uuid().notNull(),
    enrolmentId: uuid().notNull(),
    runId: uuid().notNull(),
    mark: text().$type<AttendanceMark>().notNull(),
    markedBy: uuid()
      .notNull()
      .references(() => person.id),
    markedAt: instant().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.sessionId, t.enrolmentId] }),
    index('attendance_enrolment').on(t.enrolmentId),
    // Somebody is marked only in sessions of their own run.
    foreignKey({
      name: 'attendance_session',
      columns: [t.sessionId, t.runId],
      foreignColumns: [courseSession.id, courseSession.runId],
    }),
    foreignKey({
      name: 'attendance_enrolment_of_run',
      columns: [t.enrolmentId, t.runId],
      foreignColumns: [enrolment.id, enrolment.runId],
    }),
    check('attendance_mark', sql`${t.mark} in ('present', 'absent', 'excused')`),
  ],
);

/** What the certificate of a course says, frozen when it is issued: names in both scripts, the course in both languages. */
export type CourseCertificate = {
  /** Absent on those issued before stays had certificates. */
  kind?: 'course';
  name: { latin: string; cyrillic: string };
  course: { code: string; title: LocalizedText; language: Locale };
  startsOn: string;
  endsOn: string;
  /** Minutes taught; null where no session times were entered. */
  minutes: number | null;
  grade: number | null;
  host: LocalizedText;
  city: LocalizedText;
  /** The institution the person came from. */
  from: LocalizedText;
};

/** What the certificate of a stay says: from the day of the arrival to that of the departure. */
export type StayCertificate = {
  kind: 'stay';
  reference: string;
  name: { latin: string; cyrillic: string };
  /** The call under which the stay took place. */
  title: LocalizedText;
  laboratory: string;
  startsOn: string;
  endsOn: string;
  host: LocalizedText;
  city: LocalizedText;
  from: LocalizedText;
};

export type CertificateContent = CourseCertificate | StayCertificate;

export const certificate = pgTable(
  'certificate',
  {
    id: id(),
    number: text().notNull().unique(),
    /** What stands in the public address: 128 random bits, so that no code leads to another. */
    code: text().notNull().unique(),
    /** What it certifies: a course that was passed, or a stay that was closed. */
    enrolmentId: uuid().unique(),
    placementId: uuid()
      .unique()
      .references(() => placement.id),
    result: text().$type<'passed'>().notNull().default('passed'),
    personId: uuid()
      .notNull()
      .references(() => person.id),
    courseId: uuid().references(() => course.id),
    /** Who issued it and may revoke it. */
    institutionId: uuid()
      .notNull()
      .references(() => institution.id),
    content: jsonb().$type<CertificateContent>().notNull(),
    issuedOn: date({ mode: 'string' }).notNull(),
    issuedAt: instant().notNull().defaultNow(),
    issuedBy: uuid()
      .notNull()
      .references(() => person.id),
    revokedAt: instant(),
    revokedBy: uuid().references(() => person.id),
    revokedReason: text(),
  },
  (t) => [
    // Nobody gets one who did not pass, and a result that was certified is not changed any more.
    foreignKey({
      name: 'certificate_of_passed',
      columns: [t.enrolmentId, t.result],
      foreignColumns: [enrolment.id, enrolment.result],
    }),
    index('certificate_person').on(t.personId, t.courseId),
    check(
      'certificate_of_one',
      sql`num_nonnulls(${t.enrolmentId}, ${t.placementId}) = 1 and (${t.enrolmentId} is null) = (${t.courseId} is null)`,
    ),
    check('certificate_passed', sql`${t.result} = 'passed'`),
    check('certificate_code', sql`${t.code} ~ '^[0-9A-HJKMNP-TV-Z]{26}$'`),
    check(
      'certificate_revoked',
      sql`num_nulls(${t.revokedAt}, ${t.revokedBy}, ${t.revokedReason}) in (0, 3)`,
    ),
    check('certificate_not_own', sql`${t.issuedBy} <> ${t.personId}`),
  ],
);
