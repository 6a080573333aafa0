import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  date,
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
import { application } from './exchanges.ts';
import { institution, person } from './people.ts';
import { version } from './platform.ts';
import { createdAt, id, instant, type Locale, stateColumns } from './shared.ts';

/**
 * `programme`: the work programme is written and signed; `preparing`: signed by four, before travel; `stay`: the host
 * has confirmed the arrival; `returned`: the stay is over, report, evaluation and costs are due; the rest are ends.
 */
export const PLACEMENT_STATES = [
  'programme',
  'preparing',
  'stay',
  'returned',
  'closed',
  'no-show',
  'cancelled',
] as const;
export type PlacementState = (typeof PLACEMENT_STATES)[number];

/** A stay (стажировка): begins with the host's acceptance of the application, whose reference it carries. */
export const placement = pgTable(
  'placement',
  {
    id: id(),
    applicationId: uuid()
      .notNull()
      .unique()
      .references(() => application.id),
    reference: text().notNull().unique(),
    participantId: uuid()
      .notNull()
      .references(() => person.id),
    homeInstitutionId: uuid()
      .notNull()
      .references(() => institution.id),
    hostInstitutionId: uuid()
      .notNull()
      .references(() => institution.id),
    /** Who receives the participant; signs the programme and writes the evaluation. Null until they are in the portal. */
    hostSupervisorId: uuid().references(() => person.id),
    hostSupervisor: text().notNull(),
    laboratory: text().notNull(),
    startsOn: date({ mode: 'string' }).notNull(),
    endsOn: date({ mode: 'string' }).notNull(),
    /** The work programme as it is being written; what is signed is a version of the subject `programme`. */
    programme: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    programmeVersionId: uuid(),
    arrivedOn: date({ mode: 'string' }),
    arrivalConfirmedBy: uuid().references(() => person.id),
    leftOn: date({ mode: 'string' }),
    departureConfirmedBy: uuid().references(() => person.id),
    report: text().notNull().default(''),
    reportLocale: text().$type<Locale>(),
    reportedAt: instant(),
    evaluation: text().notNull().default(''),
    evaluationLocale: text().$type<Locale>(),
    evaluationGrade: text().$type<'excellent' | 'good' | 'satisfactory' | 'unsatisfactory'>(),
    evaluatedAt: instant(),
    evaluatedBy: uuid().references(() => person.id),
    closedAt: instant(),
    /** Until when the party whose turn it is should act. */
    dueAt: instant(),
    createdAt: createdAt(),
    ...stateColumns<PlacementState>('programme'),
  },
  (t) => [
    index('placement_participant').on(t.participantId, t.startsOn),
    index('placement_home').on(t.homeInstitutionId, t.state, t.dueAt, t.id),
    index('placement_host').on(t.hostInstitutionId, t.state, t.dueAt, t.id),
    index('placement_supervisor').on(t.hostSupervisorId, t.state),
    foreignKey({ name: 'placement_state_by', columns: [t.stateBy], foreignColumns: [person.id] }),
    check(
      'placement_state',
      sql`${t.state} in ('programme', 'preparing', 'stay', 'returned', 'closed', 'no-show', 'cancelled')`,
    ),
    check('placement_dates', sql`${t.startsOn} < ${t.endsOn}`),
    check('placement_two_parties', sql`${t.homeInstitutionId} <> ${t.hostInstitutionId}`),
    check(
      'placement_signed',
      sql`${t.state} in ('programme', 'cancelled') or ${t.programmeVersionId} is not null`,
    ),
    check(
      'placement_arrived',
      sql`(${t.arrivedOn} is null) = (${t.arrivalConfirmedBy} is null) and (${t.arrivedOn} is not null) = (${t.state} in ('stay', 'returned', 'closed')) and ${t.arrivalConfirmedBy} <> ${t.participantId}`,
    ),
    check(
      'placement_left',
      sql`(${t.leftOn} is null) = (${t.departureConfirmedBy} is null) and (${t.leftOn} is not null) = (${t.state} in ('returned', 'closed')) and ${t.leftOn} >= ${t.arrivedOn}`,
    ),
    check(
      'placement_evaluated',
      sql`(${t.evaluatedAt} is null) = (${t.evaluatedBy} is null) and ${t.evaluatedBy} <> ${t.participantId} and (${t.evaluationGrade} is null or ${t.evaluationGrade} in ('excellent', 'good', 'satisfactory', 'unsatisfactory'))`,
    ),
    check(
      'placement_closed',
      sql`(${t.state} = 'closed') = (${t.closedAt} is not null) and (${t.closedAt} is null or (${t.reportedAt} is not null and ${t.evaluatedAt} is not null))`,
    ),
    check(
      'placement_lengths',
      sql`char_length(${t.report}) <= 12000 and char_length(${t.evaluation}) <= 6000`,
    ),
  ],
);

/** What may be asked during a stay; who asks and who decides is a table of the room. */
export const PLACEMENT_REQUESTS = ['extension', 'early-return', 'no-show', 'force-majeure'] as const;
export type PlacementRequestKind = (typeof PLACEMENT_REQUESTS)[number];

export const placementRequest = pgTable(
  'placement_request',
  {
    id: id(),
    placementId: uuid()
      .notNull()
      .references(() => placement.id),
    number: integer().notNull(),
    kind: text().$type<PlacementRequestKind>().notNull(),
    reason: text().notNull(),
    /** The new last day asked for; null for a no-show. */
    newDate: date({ mode: 'string' }),
    askedBy: uuid()
      .notNull()
      .references(() => person.id),
    askedAt: instant().notNull().defaultNow(),
    /** The institution whose pen decides. */
    decidingInstitutionId: uuid()
      .notNull()
      .references(() => institution.id),
    outcome: text().$type<'granted' | 'refused'>(),
    outcomeReason: text(),
    decidedBy: uuid().references(() => person.id),
    decidedAt: instant(),
  },
  (t) => [
    unique('placement_request_number').on(t.placementId, t.number),
    uniqueIndex('placement_request_open').on(t.placementId).where(sql`${t.decidedAt} is null`),
    index('placement_request_waiting')
      .on(t.decidingInstitutionId, t.askedAt)
      .where(sql`${t.decidedAt} is null`),
    check(
      'placement_request_kind',
      sql`${t.kind} in ('extension', 'early-return', 'no-show', 'force-majeure')`,
    ),
    check(
      'placement_request_date',
      sql`(${t.kind} in ('extension', 'early-return')) <= (${t.newDate} is not null)`,
    ),
    check(
      'placement_request_decided',
      sql`(${t.decidedAt} is null) = (${t.decidedBy} is null) and (${t.decidedAt} is null) = (${t.outcome} is null) and (${t.outcome} is null or ${t.outcome} in ('granted', 'refused')) and (${t.outcome} <> 'refused' or ${t.outcomeReason} is not null)`,
    ),
  ],
);

/** A duty the law sets after arrival, with the date it gives; done by whom and when. */
export const placementDuty = pgTable(
  'placement_duty',
  {
    id: id(),
    placementId: uuid()
      .notNull()
      .references(() => placement.id),
    code: text().notNull(),
    owner: text().$type<'host' | 'participant'>().notNull(),
    dueAt: instant().notNull(),
    doneOn: date({ mode: 'string' }),
    doneBy: uuid().references(() => person.id),
  },
  (t) => [
    unique('placement_duty_once').on(t.placementId, t.code),
    check('placement_duty_owner', sql`${t.owner} in ('host', 'participant')`),
    check('placement_duty_done', sql`(${t.doneOn} is null) = (${t.doneBy} is null)`),
  ],
);

/** The participant's note of a month of the stay. */
export const placementNote = pgTable(
  'placement_note',
  {
    id: id(),
    placementId: uuid()
      .notNull()
      .references(() => placement.id),
    /** First day of the month. */
    month: date({ mode: 'string' }).notNull(),
    words: text().notNull(),
    locale: text().$type<Locale>().notNull(),
    writtenAt: instant().notNull().defaultNow(),
    revision: uuid().notNull().default(sql`gen_random_uuid()`),
  },
  (t) => [
    unique('placement_note_month').on(t.placementId, t.month),
    check('placement_note_length', sql`char_length(${t.words}) between 1 and 4000`),
    check('placement_note_first', sql`extract(day from ${t.month}) = 1`),
  ],
);

/** What came out of a stay. */
export const OUTPUT_KINDS = ['publication', 'patent', 'data', 'method', 'other'] as const;
export type OutputKind = (typeof OUTPUT_KINDS)[number];

export const placementOutput = pgTable(
  'placement_output',
  {
    id: id(),
    placementId: uuid()
      .notNull()
      .references(() => placement.id),
    number: integer().notNull(),
    kind: text().$type<OutputKind>().notNull(),
    title: text().notNull(),
    /** DOI, application number or address, where there is one. */
    identifier: text(),
    addedAt: createdAt(),
  },
  (t) => [
    unique('placement_output_number').on(t.placementId, t.number),
    check('placement_output_kind', sql`${t.kind} in ('publication', 'patent', 'data', 'method', 'other')`),
    check('placement_output_length', sql`char_length(${t.title}) between 1 and 400`),
  ],
);

/** What was spent on a heading of the signed programme's costs, in minor units of its currency. */
export const placementCost = pgTable(
  'placement_cost',
  {
    id: id(),
    placementId: uuid()
      .notNull()
      .references(() => placement.id),
    /** Code of the programme's cost. */
    heading: text().notNull(),
    amount: bigint({ mode: 'number' }).notNull(),
    currency: text().notNull(),
    /** The institution that paid. */
    institutionId: uuid()
      .notNull()
      .references(() => institution.id),
    recordedBy: uuid()
      .notNull()
      .references(() => person.id),
    recordedAt: createdAt(),
  },
  (t) => [
    unique('placement_cost_heading').on(t.placementId, t.heading),
    check('placement_cost_amount', sql`${t.amount} >= 0`),
    check('placement_cost_currency', sql`${t.currency} ~ '^[A-Z]{3}$'`),
  ],
);

/** A version of the programme or of the closing that one of its signatories sent back, with what they say of it. */
export const placementRefusal = pgTable(
  'placement_refusal',
  {
    id: id(),
    placementId: uuid()
      .notNull()
      .references(() => placement.id),
    versionId: uuid()
      .notNull()
      .unique()
      .references(() => version.id),
    personId: uuid()
      .notNull()
      .references(() => person.id),
    institutionId: uuid()
      .notNull()
      .references(() => institution.id),
    capacity: text().notNull(),
    comments: text().notNull(),
    refusedAt: instant().notNull().defaultNow(),
  },
  (t) => [
    index('placement_refusal_of').on(t.placementId),
    check('placement_refusal_length', sql`char_length(${t.comments}) between 1 and 4000`),
  ],
);
