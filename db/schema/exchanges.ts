import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  boolean,
  check,
  date,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { institution, link, person } from './people.ts';
import { file, version } from './platform.ts';
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

/** Who travels where. A call may be open in one direction or in both. */
export const DIRECTIONS = ['in-ru', 'ru-in', 'both'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** Whom a call addresses. */
export const APPLICANT_KINDS = ['student', 'researcher', 'engineer'] as const;
export type ApplicantKind = (typeof APPLICANT_KINDS)[number];

/**
 * `half-signed`: one side has signed the current version, the other has not. `closed`: the deadline has passed;
 * `in-review`: the committee has begun; `decided`: both have signed the ranking; `archived`: nothing of it is open.
 */
export const CALL_STATES = [
  'draft',
  'half-signed',
  'published',
  'closed',
  'in-review',
  'decided',
  'archived',
  'cancelled',
] as const;
export type CallState = (typeof CALL_STATES)[number];

/** A paper the applicant is asked for; `code` names its input and its place in the file. */
export type AskedDocument = { code: string; title: LocalizedText; required: boolean };

/** How applications are scored: weights in per cent, grades from the lowest to the highest. */
export type Rubric = {
  scale: { min: number; max: number };
  criteria: { code: string; title: LocalizedText; weight: number }[];
  grades: { value: number; text: LocalizedText }[];
};

/**
 * A call for applications. Its columns repeat the content of the version in force, so that lists and
 * checks read columns; the text that is signed is the `version`. While a published call is being
 * changed, the columns stay those of the published version until both sides have signed its successor.
 */
export const call = pgTable(
  'call',
  {
    id: id(),
    reference: text().notNull().unique(),
    direction: text().$type<Direction>().notNull(),
    title: localized().notNull(),
    summary: localized().notNull(),
    conditions: localized().notNull(),
    areas: jsonb().$type<LocalizedText[]>().notNull(),
    eligible: text().array().$type<ApplicantKind[]>().notNull(),
    opensAt: instant().notNull(),
    deadline: instant().notNull(),
    /** IANA zone in which the deadline was set; the other city's time stands beside it. */
    deadlineZone: text().notNull(),
    /** Until when home institutions nominate, and until when hosts answer. */
    nominateBy: instant().notNull(),
    answerBy: instant().notNull(),
    stayFrom: date({ mode: 'string' }).notNull(),
    stayUntil: date({ mode: 'string' }).notNull(),
    weeksMin: integer().notNull(),
    weeksMax: integer().notNull(),
    /** Places of those who travel to that side. */
    placesToIn: integer().notNull(),
    placesToRu: integer().notNull(),
    /** What each side pays. */
    costs: jsonb().$type<Record<Side, LocalizedText>>().notNull(),
    documents: jsonb().$type<AskedDocument[]>().notNull(),
    rubric: jsonb().$type<Rubric>(),
    reviewersPerApplication: integer().notNull().default(0),
    blindReview: boolean().notNull().default(false),
    /** The one institution of each side that signs. */
    signerIn: uuid()
      .notNull()
      .references(() => institution.id),
    signerRu: uuid()
      .notNull()
      .references(() => institution.id),
    createdBy: uuid()
      .notNull()
      .references(() => person.id),
    createdAt: createdAt(),
    publishedAt: instant(),
    publishedVersionId: uuid().references((): AnyPgColumn => version.id),
    /** Why it was called off: the successor that both signed says so. */
    cancellation: localized(),
    ...stateColumns<CallState>('draft'),
  },
  (t) => [
    index('call_open').on(t.deadline, t.id).where(sql`${t.state} = 'published'`),
    index('call_public').on(t.deadline, t.id).where(sql`${t.state} not in ('draft', 'half-signed')`),
    index('call_signer_in').on(t.signerIn, t.state),
    index('call_signer_ru').on(t.signerRu, t.state),
    check(
      'call_state',
      sql`${t.state} in ('draft', 'half-signed', 'published', 'closed', 'in-review', 'decided', 'archived', 'cancelled')`,
    ),
    check(
      'call_published',
      sql`(${t.state} not in ('draft', 'half-signed')) = (${t.publishedAt} is not null and ${t.publishedVersionId} is not null)`,
    ),
    check('call_cancelled', sql`(${t.state} = 'cancelled') = (${t.cancellation} is not null)`),
    check('call_direction', sql`${t.direction} in ('in-ru', 'ru-in', 'both')`),
    check(
      'call_places',
      sql`${t.placesToIn} >= 0 and ${t.placesToRu} >= 0 and (${t.placesToIn} > 0) = (${t.direction} in ('ru-in', 'both')) and (${t.placesToRu} > 0) = (${t.direction} in ('in-ru', 'both'))`,
    ),
    check(
      'call_dates',
      sql`${t.opensAt} < ${t.deadline} and ${t.deadline} < ${t.nominateBy} and ${t.nominateBy} < ${t.answerBy}`,
    ),
    check('call_stay', sql`${t.stayFrom} < ${t.stayUntil}`),
    check('call_weeks', sql`${t.weeksMin} between 1 and ${t.weeksMax} and ${t.weeksMax} <= 104`),
    check('call_signers', sql`${t.signerIn} <> ${t.signerRu}`),
  ],
);

/**
 * States an application passes here; a placement begins where `accepted` ends. `returned`: the home institution asks
 * for a correction; `selected`, `reserve`, `not-selected`: what the signed ranking says; `queried`: the host asks.
 */
export const APPLICATION_STATES = [
  'draft',
  'submitted',
  'returned',
  'eligible',
  'ineligible',
  'selected',
  'reserve',
  'not-selected',
  'nominated',
  'queried',
  'not-nominated',
  'accepted',
  'declined',
  'withdrawn',
] as const;
export type ApplicationState = (typeof APPLICATION_STATES)[number];

export const application = pgTable(
  'application',
  {
    id: id(),
    reference: text().notNull().unique(),
    callId: uuid()
      .notNull()
      .references(() => call.id),
    applicantId: uuid()
      .notNull()
      .references(() => person.id),
    /** The person's institution, or the sponsor of people from other organisations; open in a draft. */
    homeInstitutionId: uuid().references(() => institution.id),
    hostInstitutionId: uuid().references(() => institution.id),
    /** Work plan in the language the applicant wrote it in; a translation is a layer over the version. */
    title: text().notNull().default(''),
    workPlan: text().notNull().default(''),
    workPlanLocale: text().$type<Locale>().notNull().default('en'),
    /** Laboratories of the host in the order of wish. */
    laboratoryWishes: jsonb().$type<string[]>().notNull().default([]),
    wishedStart: date({ mode: 'string' }),
    weeks: integer(),
    homeSupervisor: text().notNull().default(''),
    /** The supervisor behind the name, once known to the portal. */
    homeSupervisorId: uuid().references(() => person.id),
    declaredAt: instant(),
    consentAt: instant(),
    consentLocale: text().$type<Locale>(),
    submittedAt: instant(),
    /** What was submitted, with the hashes of its documents. */
    submittedVersionId: uuid().references((): AnyPgColumn => version.id),
    /** Who of the home institution found it eligible or not, and when. */
    eligibilityDecidedAt: instant(),
    eligibilityDecidedBy: uuid().references(() => person.id),
    /** Place in the signed ranking of its direction, from 1, and the weighted mean it stood on. */
    rank: integer(),
    score: doublePrecision(),
    rankedAt: instant(),
    homeDecidedAt: instant(),
    homeDecidedBy: uuid().references(() => person.id),
    hostDecidedAt: instant(),
    hostDecidedBy: uuid().references(() => person.id),
    hostSupervisor: text(),
    hostSupervisorId: uuid().references(() => person.id),
    laboratory: text(),
    stayFrom: date({ mode: 'string' }),
    stayUntil: date({ mode: 'string' }),
    withdrawnAt: instant(),
    /** Until when the party whose turn it is should act; null where nobody is waited for. Sorted and read by lists. */
    dueAt: instant(),
    /** Reference, title and the applicant's names in both scripts, lower case, for trigram search. */
    search: text().notNull().default(''),
    createdAt: createdAt(),
    /** State of the placement that followed an acceptance; a trigger of `placement` keeps it. */
    placementState: text(),
    /** What lists are filtered and counted by: the state, or once accepted that of the placement. */
    stage: text()
      .notNull()
      .generatedAlwaysAs(
        sql`case when state = 'accepted' then 'placement-' || coalesce(placement_state, 'programme') else state end`,
      ),
    ...stateColumns<ApplicationState>('draft'),
  },
  (t) => [
    unique('application_once').on(t.callId, t.applicantId),
    index('application_applicant').on(t.applicantId, t.stateAt, t.id),
    // A coordinator's list is a merge of these four, so that it stays flat as rows grow.
    index('application_home').on(t.homeInstitutionId, t.stateAt, t.id).where(sql`${t.state} <> 'draft'`),
    index('application_host').on(t.hostInstitutionId, t.stateAt, t.id).where(sql`${t.state} <> 'draft'`),
    index('application_home_stage').on(t.homeInstitutionId, t.stage, t.stateAt, t.id),
    index('application_host_stage').on(t.hostInstitutionId, t.stage, t.stateAt, t.id),
    // What waits for a coordinator, soonest first.
    index('application_home_due')
      .on(t.homeInstitutionId, t.dueAt, t.id)
      .where(sql`${t.state} in ('submitted', 'eligible', 'selected', 'queried') and ${t.dueAt} is not null`),
    index('application_host_due').on(t.hostInstitutionId, t.dueAt, t.id).where(sql`${t.state} = 'nominated'`),
    // The committee's board of a call, and its reserve list.
    index('application_call').on(t.callId, t.state, t.rank, t.id),
    index('application_search').using('gin', sql`${t.search} gin_trgm_ops`),
    foreignKey({ name: 'application_state_by', columns: [t.stateBy], foreignColumns: [person.id] }),
    check(
      'application_state',
      sql`${t.state} in ('draft', 'submitted', 'returned', 'eligible', 'ineligible', 'selected', 'reserve', 'not-selected', 'nominated', 'queried', 'not-nominated', 'accepted', 'declined', 'withdrawn')`,
    ),
    check(
      'application_submitted',
      sql`(${t.state} = 'draft') = (${t.submittedAt} is null) and (${t.state} = 'draft' or (${t.submittedVersionId} is not null and ${t.homeInstitutionId} is not null and ${t.hostInstitutionId} is not null and ${t.wishedStart} is not null and ${t.weeks} is not null and ${t.declaredAt} is not null and ${t.consentAt} is not null and ${t.title} <> '' and ${t.workPlan} <> ''))`,
    ),
    check('application_two_parties', sql`${t.homeInstitutionId} <> ${t.hostInstitutionId}`),
    check(
      'application_eligibility_decided',
      sql`(${t.eligibilityDecidedAt} is null) = (${t.eligibilityDecidedBy} is null) and (${t.eligibilityDecidedAt} is null or ${t.state} not in ('draft', 'submitted', 'returned')) and (${t.eligibilityDecidedAt} is not null or ${t.state} in ('draft', 'submitted', 'returned', 'withdrawn')) and ${t.eligibilityDecidedBy} <> ${t.applicantId}`,
    ),
    check(
      'application_ranked',
      sql`(${t.rank} is null) = (${t.rankedAt} is null) and (${t.state} not in ('selected', 'reserve', 'not-selected') or ${t.rank} is not null)`,
    ),
    check(
      'application_home_decided',
      sql`(${t.homeDecidedAt} is null) = (${t.homeDecidedBy} is null) and (${t.homeDecidedAt} is not null or ${t.state} not in ('nominated', 'queried', 'not-nominated', 'accepted', 'declined')) and (${t.homeDecidedAt} is null or ${t.state} in ('nominated', 'queried', 'not-nominated', 'accepted', 'declined', 'withdrawn')) and ${t.homeDecidedBy} <> ${t.applicantId}`,
    ),
    check(
      'application_host_decided',
      sql`(${t.hostDecidedAt} is null) = (${t.hostDecidedBy} is null) and (${t.hostDecidedAt} is not null or ${t.state} not in ('accepted', 'declined')) and (${t.hostDecidedAt} is null or ${t.state} in ('accepted', 'declined', 'withdrawn')) and ${t.hostDecidedBy} <> ${t.applicantId}`,
    ),
    check(
      'application_accepted',
      sql`${t.state} <> 'accepted' or (${t.hostSupervisor} is not null and ${t.laboratory} is not null and ${t.stayFrom} is not null and ${t.stayUntil} is not null and ${t.stayFrom} < ${t.stayUntil})`,
    ),
    check(
      'application_reason',
      sql`${t.state} not in ('ineligible', 'not-nominated', 'declined', 'queried') or ${t.stateReason} is not null`,
    ),
    check('application_withdrawn', sql`(${t.state} = 'withdrawn') = (${t.withdrawnAt} is not null)`),
    check(
      'application_due',
      sql`${t.dueAt} is null or ${t.state} in ('submitted', 'returned', 'eligible', 'selected', 'nominated', 'queried')`,
    ),
    check('application_lengths', sql`char_length(${t.title}) <= 200 and char_length(${t.workPlan}) <= 6000`),
    check('application_weeks', sql`${t.weeks} between 1 and 104`),
  ],
);

/** A document of an application; replacing one keeps the earlier file with the moment it was replaced. */
export const applicationDocument = pgTable(
  'application_document',
  {
    id: id(),
    applicationId: uuid()
      .notNull()
      .references(() => application.id),
    /** Code of the call's asked document. */
    kind: text().notNull(),
    number: integer().notNull(),
    fileId: uuid()
      .notNull()
      .unique()
      .references(() => file.id),
    createdAt: createdAt(),
    replacedAt: instant(),
  },
  (t) => [
    unique('application_document_number').on(t.applicationId, t.kind, t.number),
    uniqueIndex('application_document_current')
      .on(t.applicationId, t.kind)
      .where(sql`${t.replacedAt} is null`),
  ],
);

/** A supervisor's word for an application: asked by mail, given signed in or through a single-use link. */
export const endorsement = pgTable(
  'endorsement',
  {
    id: id(),
    applicationId: uuid()
      .notNull()
      .references(() => application.id),
    /** The supervisor; a person without an account is asked through the link. */
    supervisorId: uuid()
      .notNull()
      .references(() => person.id),
    linkId: uuid().references(() => link.id),
    state: text().$type<'asked' | 'given' | 'refused' | 'taken-back'>().notNull().default('asked'),
    askedAt: instant().notNull().defaultNow(),
    answeredAt: instant(),
    /** What the supervisor writes about the applicant; the applicant may read it, so may whoever decides. */
    words: text(),
    locale: text().$type<Locale>(),
  },
  (t) => [
    // One question at a time; another supervisor is asked once this one is taken back.
    uniqueIndex('endorsement_open').on(t.applicationId).where(sql`${t.state} in ('asked', 'given')`),
    index('endorsement_supervisor').on(t.supervisorId, t.askedAt, t.id),
    check('endorsement_state', sql`${t.state} in ('asked', 'given', 'refused', 'taken-back')`),
    check(
      'endorsement_answered',
      sql`(${t.state} in ('given', 'refused')) = (${t.answeredAt} is not null) and (${t.state} <> 'given' or ${t.words} is not null)`,
    ),
  ],
);

/** Sections of an application that can be returned with a comment; also the steps of its task list. */
export const APPLICATION_SECTIONS = [
  'person',
  'eligibility',
  'plan',
  'host',
  'endorsement',
  'documents',
] as const;
export type ApplicationSection = (typeof APPLICATION_SECTIONS)[number];

/** One return for correction: comments by section and the new date; answered by the next submission. */
export const correction = pgTable(
  'correction',
  {
    id: id(),
    applicationId: uuid()
      .notNull()
      .references(() => application.id),
    number: integer().notNull(),
    /** The version the comments are about. */
    versionId: uuid()
      .notNull()
      .references(() => version.id),
    comments: jsonb().$type<Partial<Record<ApplicationSection, string>>>().notNull(),
    dueAt: instant().notNull(),
    askedBy: uuid()
      .notNull()
      .references(() => person.id),
    askedAt: instant().notNull().defaultNow(),
    answeredAt: instant(),
  },
  (t) => [
    unique('correction_number').on(t.applicationId, t.number),
    uniqueIndex('correction_open').on(t.applicationId).where(sql`${t.answeredAt} is null`),
    check('correction_due', sql`${t.dueAt} > ${t.askedAt}`),
  ],
);

/** A question of the host and the home institution's answer to it. */
export const hostQuestion = pgTable(
  'host_question',
  {
    id: id(),
    applicationId: uuid()
      .notNull()
      .references(() => application.id),
    number: integer().notNull(),
    question: text().notNull(),
    askedBy: uuid()
      .notNull()
      .references(() => person.id),
    askedAt: instant().notNull().defaultNow(),
    reply: text(),
    repliedBy: uuid().references(() => person.id),
    repliedAt: instant(),
  },
  (t) => [
    unique('host_question_number').on(t.applicationId, t.number),
    uniqueIndex('host_question_open').on(t.applicationId).where(sql`${t.repliedAt} is null`),
    check(
      'host_question_replied',
      sql`(${t.repliedAt} is null) = (${t.repliedBy} is null) and (${t.repliedAt} is null) = (${t.reply} is null)`,
    ),
  ],
);

/** An appeal against an end, within five working days of the applicant's side. One per decision. */
export const appeal = pgTable(
  'appeal',
  {
    id: id(),
    applicationId: uuid()
      .notNull()
      .references(() => application.id),
    against: text().$type<'ineligible' | 'not-selected' | 'not-nominated' | 'declined'>().notNull(),
    /** The decision it is about: when it was taken. */
    decisionAt: instant().notNull(),
    words: text().notNull(),
    madeAt: instant().notNull().defaultNow(),
    /** The institution whose pen took the decision answers. */
    institutionId: uuid()
      .notNull()
      .references(() => institution.id),
    outcome: text().$type<'upheld' | 'rejected'>(),
    reason: text(),
    decidedBy: uuid().references(() => person.id),
    decidedAt: instant(),
  },
  (t) => [
    unique('appeal_once').on(t.applicationId, t.against, t.decisionAt),
    index('appeal_open').on(t.institutionId, t.madeAt).where(sql`${t.decidedAt} is null`),
    check('appeal_against', sql`${t.against} in ('ineligible', 'not-selected', 'not-nominated', 'declined')`),
    check(
      'appeal_decided',
      sql`(${t.decidedAt} is null) = (${t.decidedBy} is null) and (${t.decidedAt} is null) = (${t.outcome} is null) and (${t.decidedAt} is null) = (${t.reason} is null) and (${t.outcome} is null or ${t.outcome} in ('upheld', 'rejected'))`,
    ),
  ],
);

/** A numbered letter in both languages, frozen as it was issued with the step it tells of. */
export const letter = pgTable(
  'letter',
  {
    id: id(),
    number: text().notNull().unique(),
    applicationId: uuid()
      .notNull()
      .references(() => application.id),
    kind: text().$type<'nomination' | 'acceptance' | 'refusal'>().notNull(),
    institutionId: uuid()
      .notNull()
      .references(() => institution.id),
    signedBy: uuid()
      .notNull()
      .references(() => person.id),
    content: jsonb().$type<Record<string, unknown>>().notNull(),
    hash: text().notNull(),
    issuedAt: instant().notNull().defaultNow(),
  },
  (t) => [
    index('letter_application').on(t.applicationId, t.issuedAt),
    check('letter_kind', sql`${t.kind} in ('nomination', 'acceptance', 'refusal')`),
  ],
);
