import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { institution, person } from './people.ts';
import { createdAt, id, instant, localized, type Side } from './shared.ts';

/**
 * One person's journey: who, when, to whom, what for. Travel knows no more; `subjectType` and `subjectId` name the
 * record of the room that planned it. Passport and birth lie in the vault of the home side.
 */
export const trip = pgTable(
  'trip',
  {
    id: id(),
    personId: uuid()
      .notNull()
      .references(() => person.id),
    subjectType: text().notNull(),
    subjectId: uuid().notNull(),
    /** Where the room that planned it shows it. */
    path: text().notNull(),
    /** What the journey is to, for its papers: the event or the stay. */
    title: localized().notNull(),
    homeInstitutionId: uuid()
      .notNull()
      .references(() => institution.id),
    homeSide: text().$type<Side>().notNull(),
    hostInstitutionId: uuid()
      .notNull()
      .references(() => institution.id),
    hostSide: text().$type<Side>().notNull(),
    purpose: text().$type<'attend' | 'speak' | 'stay'>().notNull(),
    visaRoute: text().$type<'e-visa' | 'invitation' | 'none'>().notNull(),
    startsOn: date({ mode: 'string' }).notNull(),
    endsOn: date({ mode: 'string' }).notNull(),
    /** When the traveller is first and last needed there. */
    firstDutyAt: instant(),
    lastDutyAt: instant(),
    /** Since when the host's protocol officers may see this journey; null until it is shared with them. */
    sharedAt: instant(),
    /** The day on which the values in the vault are erased. */
    eraseOn: date({ mode: 'string' }).notNull(),
    /** Since when nobody makes this journey any more. */
    endedAt: instant(),
    /** Requirements whose state follows from papers, legs or beds and is written down by nobody. */
    derived: text().array().notNull().default(sql`'{passport,flights,hotel}'`),
    createdAt: createdAt(),
    /** What a form shows and sends back, so that a stale one is told so. */
    revision: uuid().notNull().default(sql`gen_random_uuid()`),
  },
  (t) => [
    unique('trip_subject').on(t.subjectType, t.subjectId),
    index('trip_person').on(t.personId, t.startsOn),
    index('trip_home').on(t.homeInstitutionId, t.startsOn),
    index('trip_host').on(t.hostInstitutionId, t.startsOn),
    check('trip_dates', sql`${t.endsOn} >= ${t.startsOn}`),
    check('trip_erased_after', sql`${t.eraseOn} >= ${t.endsOn}`),
    check('trip_purpose', sql`${t.purpose} in ('attend', 'speak', 'stay')`),
    check('trip_visa_route', sql`${t.visaRoute} in ('e-visa', 'invitation', 'none')`),
    check('trip_sides', sql`${t.homeSide} in ('in', 'ru') and ${t.hostSide} in ('in', 'ru')`),
  ],
);

/** A leg with its wall times, the zones of its airports, and the instants that follow from both. */
export const tripLeg = pgTable(
  'trip_leg',
  {
    id: id(),
    tripId: uuid()
      .notNull()
      .references(() => trip.id),
    /** Order of travel, from 1. */
    number: integer().notNull(),
    direction: text().$type<'out' | 'back'>().notNull(),
    fromCode: text().notNull(),
    toCode: text().notNull(),
    carrier: text().notNull(),
    departsLocal: text().notNull(),
    departsZone: text().notNull(),
    departsAt: instant().notNull(),
    arrivesLocal: text().notNull(),
    arrivesZone: text().notNull(),
    arrivesAt: instant().notNull(),
  },
  (t) => [
    unique('trip_leg_number').on(t.tripId, t.number),
    index('trip_leg_arrives').on(t.arrivesAt),
    check('trip_leg_direction', sql`${t.direction} in ('out', 'back')`),
    check('trip_leg_lands_later', sql`${t.arrivesAt} > ${t.departsAt}`),
    check(
      'trip_leg_local',
      sql`${t.departsLocal} ~ '^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d$'
      and ${t.arrivesLocal} ~ '^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d$'`,
    ),
  ],
);

/** What is known of one requirement of one journey: asked for, received, refused. Never a number of a paper. */
export const tripItem = pgTable(
  'trip_item',
  {
    id: id(),
    tripId: uuid()
      .notNull()
      .references(() => trip.id),
    requirement: text().notNull(),
    state: text().$type<'asked' | 'done' | 'refused' | 'not-needed'>().notNull(),
    askedOn: date({ mode: 'string' }),
    doneOn: date({ mode: 'string' }),
    validUntil: date({ mode: 'string' }),
    updatedBy: uuid().references(() => person.id),
    updatedAt: instant().notNull().defaultNow(),
  },
  (t) => [
    unique('trip_item_once').on(t.tripId, t.requirement),
    check('trip_item_state', sql`${t.state} in ('asked', 'done', 'refused', 'not-needed')`),
    check('trip_item_asked', sql`${t.state} <> 'asked' or ${t.askedOn} is not null`),
    check('trip_item_done', sql`${t.state} <> 'done' or ${t.doneOn} is not null`),
  ],
);

/**
 * What an institution says of a requirement in place of the portal's default of the same code, or one of its own. It
 * defines the part it sees to: of the people it sends (`home`), or of those it receives (`host`).
 */
export const requirement = pgTable(
  'requirement',
  {
    id: id(),
    institutionId: uuid()
      .notNull()
      .references(() => institution.id),
    code: text().notNull(),
    party: text().$type<'home' | 'host'>().notNull(),
    title: localized().notNull(),
    owner: text().$type<'traveller' | 'home' | 'host'>().notNull(),
    leadDays: integer().notNull(),
    leadUnit: text().$type<'calendar' | 'working'>().notNull().default('calendar'),
    /** To which journeys it applies; null narrows nothing. */
    purposes: text().array().$type<('attend' | 'speak' | 'stay')[]>(),
    homeSides: text().array().$type<Side[]>(),
    hostSides: text().array().$type<Side[]>(),
    visaRoutes: text().array().$type<('e-visa' | 'invitation' | 'none')[]>(),
    minDays: integer(),
    /** Codes of what has to be there before this can be asked for. */
    after: text().array().notNull().default(sql`'{}'`),
    /** By the side that receives: how long the paper has to be valid, and the longest journey it covers. */
    limits: jsonb()
      .$type<Partial<Record<Side, { monthsPastEnd?: number; longestStay?: number }>>>()
      .notNull()
      .default({}),
    /** Null where the rule is an assumption. */
    source: localized(),
    sourceOn: date({ mode: 'string' }),
    active: boolean().notNull().default(true),
    updatedBy: uuid()
      .notNull()
      .references(() => person.id),
    updatedAt: instant().notNull().defaultNow(),
    revision: uuid().notNull().default(sql`gen_random_uuid()`),
  },
  (t) => [
    unique('requirement_once').on(t.institutionId, t.code),
    check('requirement_code', sql`${t.code} ~ '^[a-zA-Z][a-zA-Z0-9-]{0,63}$'`),
    check('requirement_party', sql`${t.party} in ('home', 'host')`),
    // Nobody puts a duty on the other party.
    check('requirement_owner', sql`${t.owner} = 'traveller' or ${t.owner} = ${t.party}`),
    check('requirement_lead', sql`${t.leadDays} between 0 and 400`),
    check('requirement_lead_unit', sql`${t.leadUnit} in ('calendar', 'working')`),
    check('requirement_min_days', sql`${t.minDays} between 1 and 400`),
    check(
      'requirement_both_languages',
      sql`coalesce(${t.title} ->> 'en', '') <> '' and coalesce(${t.title} ->> 'ru', '') <> ''`,
    ),
    check('requirement_source', sql`${t.sourceOn} is null or ${t.source} is not null`),
  ],
);
