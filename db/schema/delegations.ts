import { sql } from 'drizzle-orm';
import {
  check,
  customType,
  date,
  foreignKey,
  index,
  pgTable,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { v7 as uuidv7 } from 'uuid';
import { institution, person } from './people.ts';
import { createdAt, id, instant, localized, type Side, stateColumns } from './shared.ts';

/** What a delegate does there. */
export const DELEGATE_ROLES = [
  'head',
  'member',
  'speaker',
  'poster',
  'student',
  'interpreter',
  'accompanying',
] as const;
export type DelegateRole = (typeof DELEGATE_ROLES)[number];

export const SESSION_KINDS = ['plenary', 'section', 'poster', 'meeting', 'visit', 'social'] as const;
export type SessionKind = (typeof SESSION_KINDS)[number];

export const DIETS = ['none', 'vegetarian', 'vegan', 'jain', 'halal', 'kosher'] as const;
export type Diet = (typeof DIETS)[number];

/** `shared`: the host sees who comes; `closed`: after the event. */
export type DelegationState = 'planned' | 'shared' | 'closed';

/** Nights as PostgreSQL writes them: `[2026-05-19,2026-05-23)` is four nights. */
const nights = customType<{ data: string }>({ dataType: () => 'daterange' });

/** A congress, a visit, a meeting to which people are sent. */
export const event = pgTable(
  'event',
  {
    id: id(),
    /** Stands in its public address, e.g. `RAREMET-2026`. */
    reference: text().notNull().unique(),
    title: localized().notNull(),
    summary: localized().notNull(),
    city: localized().notNull(),
    venue: localized().notNull(),
    hostInstitutionId: uuid()
      .notNull()
      .references(() => institution.id),
    timeZone: text().notNull(),
    startsOn: date({ mode: 'string' }).notNull(),
    endsOn: date({ mode: 'string' }).notNull(),
    createdBy: uuid().references(() => person.id),
    createdAt: createdAt(),
  },
  (t) => [
    index('event_starts').on(t.startsOn),
    check('event_dates', sql`${t.endsOn} >= ${t.startsOn}`),
    check('event_reference', sql`${t.reference} ~ '^[A-Z0-9][A-Z0-9-]{2,39}$'`),
  ],
);

/** A part of an event's programme. */
export const eventSession = pgTable(
  'event_session',
  {
    id: id(),
    eventId: uuid()
      .notNull()
      .references(() => event.id),
    code: text().notNull(),
    title: localized().notNull(),
    kind: text().$type<SessionKind>().notNull(),
    hall: text().notNull(),
    startsAt: instant().notNull(),
    endsAt: instant().notNull(),
  },
  (t) => [
    unique('event_session_code').on(t.eventId, t.code),
    index('event_session_starts').on(t.eventId, t.startsAt),
    check('event_session_times', sql`${t.endsAt} > ${t.startsAt}`),
  ],
);

/** People of one side sent to an event together. */
export const delegation = pgTable(
  'delegation',
  {
    id: id(),
    reference: text().notNull().unique(),
    eventId: uuid()
      .notNull()
      .references(() => event.id),
    homeInstitutionId: uuid()
      .notNull()
      .references(() => institution.id),
    homeSide: text().$type<Side>().notNull(),
    hostInstitutionId: uuid()
      .notNull()
      .references(() => institution.id),
    hostSide: text().$type<Side>().notNull(),
    hotel: localized().notNull(),
    ...stateColumns<DelegationState>('planned'),
    createdBy: uuid().references(() => person.id),
    createdAt: createdAt(),
  },
  (t) => [
    index('delegation_event').on(t.eventId),
    index('delegation_home').on(t.homeInstitutionId, t.id),
    index('delegation_host').on(t.hostInstitutionId, t.id),
    check('delegation_state', sql`${t.state} in ('planned', 'shared', 'closed')`),
    check('delegation_two_sides', sql`${t.homeSide} <> ${t.hostSide}`),
  ],
);

/** A person of a delegation. Their journey is a `trip`; what is sensitive lies in the vault. */
export const delegate = pgTable(
  'delegate',
  {
    id: id(),
    delegationId: uuid()
      .notNull()
      .references(() => delegation.id),
    personId: uuid()
      .notNull()
      .references(() => person.id),
    role: text().$type<DelegateRole>().notNull(),
    employer: text().notNull(),
    position: text(),
    diet: text().$type<Diet>(),
    notes: text(),
    /** Whom the list named to share with; what people agreed to are rows of `share_consent`. */
    shareWithId: uuid().references(() => person.id),
    /** The nights and the kind of room that were asked for; a bed is a `room_stay`. */
    hotelIn: date({ mode: 'string' }),
    hotelOut: date({ mode: 'string' }),
    roomWish: text().$type<'single' | 'twin'>(),
    /** Hosts ask for both in an invitation: where the visa is collected, and the street of the employer. */
    consulateCity: text(),
    employerAddress: text(),
    /** Taken out of the delegation: the row stays, with who did it and why; a bed and a seat at the head are free. */
    endedAt: instant(),
    endedBy: uuid().references(() => person.id),
    endedReason: text(),
    /** What a form about this person shows and sends back, so that a stale one is told so. */
    revision: uuid()
      .notNull()
      .default(sql`gen_random_uuid()`)
      .$defaultFn(() => uuidv7()),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('delegate_once').on(t.delegationId, t.personId).where(sql`${t.endedAt} is null`),
    uniqueIndex('delegate_head').on(t.delegationId).where(sql`${t.role} = 'head' and ${t.endedAt} is null`),
    unique('delegate_person_key').on(t.id, t.personId),
    index('delegate_person').on(t.personId),
    check(
      'delegate_ended',
      sql`(${t.endedAt} is null) = (${t.endedReason} is null) and (${t.endedAt} is null) = (${t.endedBy} is null)`,
    ),
    check(
      'delegate_role',
      sql`${t.role} in ('head', 'member', 'speaker', 'poster', 'student', 'interpreter', 'accompanying')`,
    ),
    check('delegate_diet', sql`${t.diet} in ('none', 'vegetarian', 'vegan', 'jain', 'halal', 'kosher')`),
    check('delegate_share', sql`${t.shareWithId} is null or ${t.shareWithId} <> ${t.personId}`),
    check('delegate_nights', sql`${t.hotelOut} > ${t.hotelIn}`),
    check('delegate_room', sql`${t.roomWish} in ('single', 'twin')`),
  ],
);

/** A hotel room of a delegation: a single has one bed, a twin two. */
export const room = pgTable(
  'room',
  {
    id: id(),
    delegationId: uuid()
      .notNull()
      .references(() => delegation.id),
    /** Number in the list; the hotel gives its own. */
    number: smallint().notNull(),
    kind: text().$type<'single' | 'twin'>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('room_number').on(t.delegationId, t.number),
    unique('room_kind_key').on(t.id, t.kind),
    check('room_kind', sql`${t.kind} in ('single', 'twin')`),
  ],
);

/**
 * A person's bed for some nights. Two people of one twin may have unequal nights. The migration adds the exclusion
 * constraints: a bed holds one person on a night, a person lies in one bed on a night; and sharing needs both.
 */
export const roomStay = pgTable(
  'room_stay',
  {
    id: id(),
    roomId: uuid().notNull(),
    /** The room's kind, repeated so that the database can keep a single room to one bed. */
    kind: text().$type<'single' | 'twin'>().notNull(),
    bed: smallint().$type<1 | 2>().notNull(),
    delegateId: uuid()
      .notNull()
      .references(() => delegate.id),
    personId: uuid()
      .notNull()
      .references(() => person.id),
    nights: nights().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    foreignKey({ name: 'room_stay_room', columns: [t.roomId, t.kind], foreignColumns: [room.id, room.kind] }),
    index('room_stay_delegate').on(t.delegateId),
    check('room_stay_bed', sql`${t.bed} = 1 or (${t.bed} = 2 and ${t.kind} = 'twin')`),
    check(
      'room_stay_nights',
      sql`not isempty(${t.nights}) and not lower_inf(${t.nights}) and not upper_inf(${t.nights})`,
    ),
  ],
);

/**
 * One person's word on sharing a room with another of the same delegation: two rows for two people. Asked by an officer,
 * by the other one, or by nobody where the list named them. Only the person themself answers in the portal; what the list
 * says stands until then. The migration keeps a room to those who both agreed.
 */
export const shareConsent = pgTable(
  'share_consent',
  {
    id: id(),
    delegateId: uuid()
      .notNull()
      .references(() => delegate.id),
    mateId: uuid()
      .notNull()
      .references(() => delegate.id),
    askedBy: uuid().references(() => person.id),
    askedAt: instant().notNull().defaultNow(),
    answer: text().$type<'agreed' | 'refused'>(),
    answerSource: text().$type<'list' | 'person'>(),
    answeredBy: uuid(),
    answeredAt: instant(),
  },
  (t) => [
    unique('share_consent_once').on(t.delegateId, t.mateId),
    index('share_consent_mate').on(t.mateId),
    // Nobody agrees for somebody else.
    foreignKey({
      name: 'share_consent_own',
      columns: [t.delegateId, t.answeredBy],
      foreignColumns: [delegate.id, delegate.personId],
    }),
    check('share_consent_two', sql`${t.delegateId} <> ${t.mateId}`),
    check('share_consent_answer', sql`${t.answer} in ('agreed', 'refused')`),
    check(
      'share_consent_answered',
      sql`(${t.answer} is null) = (${t.answeredAt} is null) and (${t.answer} is null) = (${t.answerSource} is null)`,
    ),
    check(
      'share_consent_source',
      sql`${t.answerSource} is null or (${t.answerSource} = 'person' and ${t.answeredBy} is not null)
      or (${t.answerSource} = 'list' and ${t.answeredBy} is null and ${t.answer} = 'agreed')`,
    ),
  ],
);
