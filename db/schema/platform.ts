import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  date,
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
import { createdAt, id, instant, type Locale, type LocalizedText } from './shared.ts';

/** Facts of this installation, e.g. `demo = true` where the demo seed ran. */
export const installation = pgTable('installation', { key: text().primaryKey(), value: jsonb().notNull() });

/** The last number given in a series such as EX-2026. */
export const referenceSeries = pgTable(
  'reference_series',
  { prefix: text().notNull(), year: integer().notNull(), last: integer().notNull() },
  (t) => [primaryKey({ columns: [t.prefix, t.year] })],
);

/** An immutable text that parties sign. Its hash is SHA-256 over RFC 8785 canonical JSON. */
export const version = pgTable(
  'version',
  {
    id: id(),
    subjectType: text().notNull(),
    subjectId: uuid().notNull(),
    number: integer().notNull(),
    schemaVersion: integer().notNull(),
    content: jsonb().$type<Record<string, unknown>>().notNull(),
    hash: text().notNull(),
    reason: text(),
    createdBy: uuid().references(() => person.id),
    createdAt: createdAt(),
    /** Set when a successor voided the signatures given here. */
    supersededAt: instant(),
  },
  (t) => [unique('version_number').on(t.subjectType, t.subjectId, t.number)],
);

export const signature = pgTable(
  'signature',
  {
    id: id(),
    versionId: uuid()
      .notNull()
      .references(() => version.id),
    personId: uuid()
      .notNull()
      .references(() => person.id),
    institutionId: uuid()
      .notNull()
      .references(() => institution.id),
    capacity: text().notNull(),
    /** The language in which the text was on the screen when it was signed. */
    locale: text().$type<Locale>().notNull(),
    hash: text().notNull(),
    signedAt: instant().notNull().defaultNow(),
    voidedAt: instant(),
    voidedReason: text(),
  },
  (t) => [
    unique('signature_once').on(t.versionId, t.personId),
    uniqueIndex('signature_capacity')
      .on(t.versionId, t.institutionId, t.capacity)
      .where(sql`${t.voidedAt} is null`),
    check('signature_voided', sql`(${t.voidedAt} is null) = (${t.voidedReason} is null)`),
  ],
);

/** A translation is a separate, attributed layer over a version: adding one voids nothing. */
export const translation = pgTable(
  'translation',
  {
    id: id(),
    versionId: uuid()
      .notNull()
      .references(() => version.id),
    path: text().notNull(),
    locale: text().$type<Locale>().notNull(),
    body: text().notNull(),
    translatedBy: uuid().references(() => person.id),
    createdAt: createdAt(),
  },
  (t) => [unique('translation_once').on(t.versionId, t.path, t.locale)],
);

/** What happened: codes, ids and salted hashes, never a sentence and never a personal value. */
export const auditRow = pgTable(
  'audit_row',
  {
    id: id(),
    at: instant().notNull().defaultNow(),
    code: text().notNull(),
    actorKind: text().$type<'person' | 'link' | 'system'>().notNull(),
    actorId: text().notNull(),
    subjectType: text().notNull(),
    subjectId: text().notNull(),
    institutionId: uuid(),
    facts: jsonb().$type<Record<string, string | number | boolean | null>>().notNull().default({}),
    requestId: text(),
  },
  (t) => [
    index('audit_row_at').on(t.at, t.id),
    index('audit_row_subject').on(t.subjectType, t.subjectId, t.at),
    index('audit_row_actor').on(t.actorId, t.at),
    index('audit_row_institution').on(t.institutionId, t.at),
  ],
);

/** Personal values of an audit row, apart so that they can be erased while the row stands. */
export const auditDetail = pgTable('audit_detail', {
  auditId: uuid()
    .primaryKey()
    .references(() => auditRow.id),
  personId: uuid(),
  salt: text(),
  values: jsonb().$type<Record<string, string>>(),
  erasedAt: instant(),
});

/** The sealer's chain over committed rows, in its own sequence. */
export const auditSeal = pgTable('audit_seal', {
  sequence: bigint({ mode: 'number' }).primaryKey(),
  auditId: uuid()
    .notNull()
    .unique()
    .references(() => auditRow.id),
  hash: text().notNull(),
  sealedAt: instant().notNull().defaultNow(),
});

/** The signed head of the chain at the end of a day. */
export const auditHead = pgTable('audit_head', {
  day: date({ mode: 'string' }).primaryKey(),
  sequence: bigint({ mode: 'number' }).notNull(),
  hash: text().notNull(),
  signature: text().notNull(),
  publicKey: text().notNull(),
  signedAt: instant().notNull().defaultNow(),
});

/** One thing to tell people: a code and parameters; the words live in `locales/*​/mail.json`. */
export const message = pgTable(
  'message',
  {
    id: id(),
    cause: text().notNull(),
    code: text().notNull(),
    codeVersion: integer().notNull().default(1),
    params: jsonb().$type<Record<string, unknown>>().notNull(),
    /** What its readers can unsubscribe from; null for what concerns their own records. */
    topic: text(),
    /** Whose mailer carries it; null is the portal's default. */
    institutionId: uuid().references(() => institution.id),
    createdAt: createdAt(),
  },
  (t) => [index('message_cause').on(t.cause)],
);

export const DELIVERY_STATES = [
  'queued',
  'sending',
  'sent',
  'delivered',
  'delayed',
  'bounced',
  'complained',
  'suppressed',
  'no-address',
  'failed',
  'doubtful',
] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export const delivery = pgTable(
  'delivery',
  {
    id: id(),
    messageId: uuid()
      .notNull()
      .references(() => message.id),
    /** The message's cause, copied so that the database can promise one per cause, person, channel. */
    cause: text().notNull(),
    personId: uuid()
      .notNull()
      .references(() => person.id),
    channel: text().$type<'mail' | 'inbox'>().notNull(),
    locale: text().$type<Locale>().notNull(),
    state: text().$type<DeliveryState>().notNull(),
    stateAt: instant().notNull().defaultNow(),
    /** Machine code of the last failure; its words live in `locales`. */
    problem: text(),
    providerId: text(),
    readAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('delivery_once').on(t.cause, t.personId, t.channel),
    index('delivery_inbox').on(t.personId, t.id).where(sql`${t.channel} = 'inbox'`),
    index('delivery_unread').on(t.personId).where(sql`${t.channel} = 'inbox' and ${t.readAt} is null`),
    index('delivery_message').on(t.messageId, t.id),
    index('delivery_open').on(t.state, t.stateAt).where(sql`${t.state} in ('queued', 'sending', 'delayed')`),
    index('delivery_provider').on(t.providerId),
  ],
);

/** Each attempt to hand a mail over, apart from the delivery's state. */
export const deliveryAttempt = pgTable(
  'delivery_attempt',
  {
    id: id(),
    deliveryId: uuid()
      .notNull()
      .references(() => delivery.id),
    /** Which mails were handed over together; with Resend it makes the idempotency key of the request. */
    batchId: uuid().notNull(),
    transport: text().notNull(),
    startedAt: instant().notNull().defaultNow(),
    finishedAt: instant(),
    outcome: text(),
    problem: text(),
  },
  (t) => [index('delivery_attempt_delivery').on(t.deliveryId)],
);

/** Provider events already seen, so that a webhook told twice changes nothing. */
export const webhookEvent = pgTable('webhook_event', {
  id: text().primaryKey(),
  receivedAt: instant().notNull().defaultNow(),
});

/** Words of a message overridden by an institution, versioned; absent means the words in `locales`. */
export const messageWords = pgTable(
  'message_words',
  {
    id: id(),
    code: text().notNull(),
    institutionId: uuid().references(() => institution.id),
    number: integer().notNull(),
    subject: jsonb().$type<LocalizedText>().notNull(),
    body: jsonb().$type<LocalizedText>().notNull(),
    createdBy: uuid().references(() => person.id),
    createdAt: createdAt(),
  },
  (t) => [unique('message_words_number').on(t.code, t.institutionId, t.number).nullsNotDistinct()],
);

/** Addresses that must not be written to: bounced hard, complained, or unsubscribed from a topic. */
export const suppression = pgTable(
  'suppression',
  {
    id: id(),
    personId: uuid()
      .notNull()
      .references(() => person.id),
    topic: text().notNull(),
    reason: text().$type<'bounced' | 'complained' | 'unsubscribed'>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [unique('suppression_once').on(t.personId, t.topic)],
);

/** A file a person gave us: judged by content, stored under its id, never under its name. */
export const file = pgTable(
  'file',
  {
    id: id(),
    ownerId: uuid()
      .notNull()
      .references(() => person.id),
    subjectType: text().notNull(),
    subjectId: uuid(),
    name: text().notNull(),
    mediaType: text().notNull(),
    size: bigint({ mode: 'number' }).notNull(),
    hash: text().notNull(),
    createdAt: createdAt(),
    erasedAt: instant(),
  },
  (t) => [index('file_subject').on(t.subjectType, t.subjectId), index('file_owner').on(t.ownerId)],
);

/** What main knows of a vault record: derived facts only, read freely by boards. */
export const vaultFact = pgTable(
  'vault_fact',
  {
    id: id(),
    personId: uuid()
      .notNull()
      .references(() => person.id),
    side: text().$type<'in' | 'ru'>().notNull(),
    field: text().notNull(),
    vaultRecordId: uuid().notNull().unique(),
    facts: jsonb().$type<Record<string, string | number | boolean | null>>().notNull().default({}),
    validUntil: date({ mode: 'string' }),
    eraseOn: date({ mode: 'string' }),
    createdAt: createdAt(),
    erasedAt: instant(),
  },
  (t) => [
    uniqueIndex('vault_fact_current').on(t.personId, t.field).where(sql`${t.erasedAt} is null`),
    index('vault_fact_field').on(t.field),
    index('vault_fact_erase').on(t.eraseOn).where(sql`${t.erasedAt} is null`),
  ],
);

/** Counters of `rate-limiter-flexible`. */
export const rateLimit = pgTable('rate_limit', {
  key: text().primaryKey(),
  points: integer().notNull().default(0),
  expire: bigint({ mode: 'number' }),
});
