import { sql } from 'drizzle-orm';
import {
  check,
  date,
  index,
  integer,
  pgTable,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { institution, person } from './people.ts';
import { version } from './platform.ts';
import { createdAt, id, instant, localized, type Side, stateColumns } from './shared.ts';

/** Who stands in a joint thesis. The supervisor is of the home side, the co-supervisor of the other one. */
export const THESIS_ROLES = ['candidate', 'supervisor', 'co-supervisor'] as const;
export type ThesisRole = (typeof THESIS_ROLES)[number];

/** What an opinion proposes and a joint decision says (промежуточная аттестация). */
export const REPORT_OUTCOMES = ['satisfactory', 'with-remarks', 'unsatisfactory'] as const;
export type ReportOutcome = (typeof REPORT_OUTCOMES)[number];

export const REPORT_STATES = ['draft', 'submitted', 'opinions-in', 'decision-proposed', 'decided'] as const;
export type ReportState = (typeof REPORT_STATES)[number];

/** A jointly supervised doctoral thesis (cotutelle). */
export const thesis = pgTable(
  'thesis',
  {
    id: id(),
    reference: text().notNull().unique(),
    /** Key of the research area; its words stand under `supervision:area`. */
    area: text().notNull(),
    /** One language may be missing, and is then shown as missing. */
    title: localized().notNull(),
    homeInstitutionId: uuid()
      .notNull()
      .references(() => institution.id),
    hostInstitutionId: uuid()
      .notNull()
      .references(() => institution.id),
    startsOn: date({ mode: 'string' }).notNull(),
    expectedDefenceOn: date({ mode: 'string' }).notNull(),
    /** Set when the thesis is defended or given up: no further reports are due. */
    endedOn: date({ mode: 'string' }),
    endedAs: text().$type<'defended' | 'discontinued'>(),
    /** Reference and both titles, lower case, for trigram search; names are searched in `person.search`. */
    search: text().notNull(),
    createdBy: uuid().references(() => person.id),
    createdAt: createdAt(),
  },
  (t) => [
    index('thesis_search').using('gin', sql`${t.search} gin_trgm_ops`),
    check('thesis_two_institutions', sql`${t.homeInstitutionId} <> ${t.hostInstitutionId}`),
    check('thesis_dates', sql`${t.expectedDefenceOn} > ${t.startsOn}`),
    check(
      'thesis_titled',
      sql`coalesce(${t.title} ->> 'en', '') <> '' or coalesce(${t.title} ->> 'ru', '') <> ''`,
    ),
    check('thesis_ended', sql`(${t.endedOn} is null) = (${t.endedAs} is null)`),
  ],
);

/** Who held which place in a thesis, and when: a supervisor who leaves is ended, not overwritten. */
export const thesisMember = pgTable(
  'thesis_member',
  {
    id: id(),
    thesisId: uuid()
      .notNull()
      .references(() => thesis.id),
    personId: uuid()
      .notNull()
      .references(() => person.id),
    role: text().$type<ThesisRole>().notNull(),
    /** For which institution the person stands here; a signature is given for it. */
    institutionId: uuid()
      .notNull()
      .references(() => institution.id),
    /** The institution's side, copied by a trigger so that the database keeps the two supervisors apart. */
    side: text().$type<Side>().notNull(),
    validFrom: date({ mode: 'string' }).notNull(),
    validUntil: date({ mode: 'string' }),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('thesis_member_place').on(t.thesisId, t.role).where(sql`${t.validUntil} is null`),
    uniqueIndex('thesis_member_once').on(t.thesisId, t.personId).where(sql`${t.validUntil} is null`),
    /** Somebody writes one thesis at a time. */
    uniqueIndex('thesis_member_candidate')
      .on(t.personId)
      .where(sql`${t.validUntil} is null and ${t.role} = 'candidate'`),
    index('thesis_member_person').on(t.personId, t.thesisId),
    index('thesis_member_institution').on(t.institutionId, t.thesisId),
    check('thesis_member_role', sql`${t.role} in ('candidate', 'supervisor', 'co-supervisor')`),
    check('thesis_member_dates', sql`${t.validUntil} is null or ${t.validUntil} >= ${t.validFrom}`),
  ],
);

/** The half-yearly progress report of a thesis. */
export const progressReport = pgTable(
  'progress_report',
  {
    id: id(),
    thesisId: uuid()
      .notNull()
      .references(() => thesis.id),
    /** Counts within the thesis; stands in the address. */
    number: integer().notNull(),
    year: integer().notNull(),
    /** First or second half of the year. */
    half: smallint().$type<1 | 2>().notNull(),
    /** The day by which the report is due, as the rule stood when it was started. */
    dueOn: date({ mode: 'string' }).notNull(),
    ...stateColumns<ReportState>('draft'),
    /** The day by which whoever holds the pen now should act; null when nobody does. */
    turnDueOn: date({ mode: 'string' }),
    done: localized().notNull(),
    /** How much of the thesis is done, in percent. */
    shareDone: smallint(),
    publications: localized().notNull(),
    plan: localized().notNull(),
    difficulties: localized().notNull(),
    /** SHA-256 of what was submitted: opinions and decision name it. */
    contentHash: text(),
    submittedAt: instant(),
    submittedBy: uuid().references(() => person.id),
    opinionsOpenedAt: instant(),
    /** The version both supervisors sign. */
    decisionVersionId: uuid().references(() => version.id),
    outcome: text().$type<ReportOutcome>(),
    decidedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('progress_report_half_year').on(t.thesisId, t.year, t.half),
    unique('progress_report_number').on(t.thesisId, t.number),
    index('progress_report_state').on(t.state, t.turnDueOn),
    check(
      'progress_report_states',
      sql`${t.state} in ('draft', 'submitted', 'opinions-in', 'decision-proposed', 'decided')`,
    ),
    check('progress_report_half', sql`${t.half} in (1, 2)`),
    check('progress_report_share', sql`${t.shareDone} between 0 and 100`),
    check(
      'progress_report_submitted',
      sql`case when ${t.state} = 'draft'
        then num_nonnulls(${t.submittedAt}, ${t.submittedBy}, ${t.contentHash}) = 0
        else num_nulls(${t.submittedAt}, ${t.submittedBy}, ${t.contentHash}, ${t.shareDone}) = 0 end`,
    ),
    check(
      'progress_report_opened',
      sql`(${t.state} in ('opinions-in', 'decision-proposed', 'decided')) = (${t.opinionsOpenedAt} is not null)`,
    ),
    check(
      'progress_report_proposed',
      sql`(${t.state} in ('decision-proposed', 'decided')) = (${t.decisionVersionId} is not null)`,
    ),
    check(
      'progress_report_decided',
      sql`case when ${t.state} = 'decided'
        then num_nulls(${t.decidedAt}, ${t.outcome}) = 0
        else num_nonnulls(${t.decidedAt}, ${t.outcome}) = 0 end`,
    ),
    check('progress_report_turn', sql`(${t.state} = 'decided') = (${t.turnDueOn} is null)`),
    check('progress_report_outcome', sql`${t.outcome} in ('satisfactory', 'with-remarks', 'unsatisfactory')`),
  ],
);

/** A supervisor's opinion on a report. Only its author reads it until both are in. */
export const opinion = pgTable(
  'opinion',
  {
    id: id(),
    reportId: uuid()
      .notNull()
      .references(() => progressReport.id),
    supervisorId: uuid()
      .notNull()
      .references(() => person.id),
    institutionId: uuid()
      .notNull()
      .references(() => institution.id),
    capacity: text().$type<Exclude<ThesisRole, 'candidate'>>().notNull(),
    text: localized().notNull(),
    outcome: text().$type<ReportOutcome>().notNull(),
    /** The report's text this opinion is about. */
    reportHash: text().notNull(),
    /** Null after the report went back for correction: the author's own draft then. */
    givenAt: instant(),
    createdAt: createdAt(),
    updatedAt: instant().notNull().defaultNow(),
  },
  (t) => [
    unique('opinion_once').on(t.reportId, t.supervisorId),
    index('opinion_supervisor').on(t.supervisorId),
    check('opinion_capacity', sql`${t.capacity} in ('supervisor', 'co-supervisor')`),
    check('opinion_outcome', sql`${t.outcome} in ('satisfactory', 'with-remarks', 'unsatisfactory')`),
    check(
      'opinion_said',
      sql`coalesce(${t.text} ->> 'en', '') <> '' or coalesce(${t.text} ->> 'ru', '') <> ''`,
    ),
  ],
);
