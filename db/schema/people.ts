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
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { citext, createdAt, id, instant, type Locale, localized, type Side } from './shared.ts';

/** DESIGN §6. `applicant` is every verified account and is never granted. */
export const ROLES = [
  'student',
  'expert',
  'supervisor',
  'reviewer',
  'instructor',
  'coordinator',
  'protocol',
  'observer',
  'institution-admin',
  'platform-admin',
] as const;
export type Role = (typeof ROLES)[number];

/** Roles that decide something; one person's deciding grants lie on one side. */
export const DECIDING_ROLES: readonly Role[] = [
  'supervisor',
  'reviewer',
  'instructor',
  'coordinator',
  'protocol',
  'institution-admin',
];

export const institution = pgTable(
  'institution',
  {
    id: id(),
    code: text().notNull().unique(),
    name: localized().notNull(),
    shortName: localized().notNull(),
    city: localized(),
    /** Null for “other organisation”: it belongs to neither side and acts through a sponsor. */
    side: text().$type<Side>(),
    timeZone: text().notNull(),
    mailTransport: text().$type<'mailbox' | 'smtp' | 'resend'>(),
    createdAt: createdAt(),
  },
  (t) => [check('institution_side', sql`${t.side} in ('in', 'ru')`)],
);

export const person = pgTable(
  'person',
  {
    id: id(),
    institutionId: uuid()
      .notNull()
      .references(() => institution.id),
    /** Name of the organisation where the institution is “other organisation”. */
    organisation: text(),
    givenName: text(),
    familyName: text(),
    givenNameRu: text(),
    familyNameRu: text(),
    patronymicRu: text(),
    /** A spelling proposed by transliteration stays `proposed` until a person confirms it. */
    latinSpelling: text().$type<'confirmed' | 'proposed'>().notNull().default('confirmed'),
    cyrillicSpelling: text().$type<'confirmed' | 'proposed' | 'missing'>().notNull().default('missing'),
    sex: text().$type<'f' | 'm'>(),
    email: citext().unique(),
    phone: text(),
    locale: text().$type<Locale>().notNull().default('en'),
    timeZone: text().notNull().default('Asia/Kolkata'),
    citizenship: text(),
    position: localized(),
    researchArea: text(),
    /** Where they work within the institution; one laboratory does not review its own. */
    laboratory: text(),
    orcid: text(),
    /** Role named in an import; a fact about the person for audiences, not a grant of any right. */
    occupation: text().$type<Role>(),
    /** Both scripts and their transliterations, lower case, for trigram search. */
    search: text().notNull().default(''),
    importKey: text().unique(),
    createdAt: createdAt(),
    updatedAt: instant().notNull().defaultNow(),
    revision: uuid().notNull().default(sql`gen_random_uuid()`),
  },
  (t) => [
    index('person_search').using('gin', sql`${t.search} gin_trgm_ops`),
    index('person_institution').on(t.institutionId, t.id),
    index('person_audience').on(t.occupation, t.locale, t.institutionId),
    check('person_named', sql`coalesce(${t.familyName}, ${t.familyNameRu}) is not null`),
    check('person_locale', sql`${t.locale} in ('en', 'ru')`),
  ],
);

/** Better Auth's “user”: a way to sign in. It exists without a person until its address is verified. */
export const account = pgTable('account', {
  id: id(),
  name: text().notNull(),
  email: citext().notNull().unique(),
  emailVerified: boolean().notNull().default(false),
  image: text(),
  twoFactorEnabled: boolean().notNull().default(false),
  personId: uuid()
    .unique()
    .references(() => person.id),
  locale: text().$type<Locale>().notNull().default('en'),
  timeZone: text().notNull().default('Asia/Kolkata'),
  /** What was typed at sign-up; becomes a person once the address is verified, then is cleared. */
  profile: jsonb().$type<Record<string, string>>(),
  createdAt: createdAt(),
  updatedAt: instant().notNull().defaultNow(),
});

export const session = pgTable(
  'session',
  {
    id: id(),
    accountId: uuid()
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    token: text().notNull().unique(),
    expiresAt: instant().notNull(),
    ipAddress: text(),
    userAgent: text(),
    /** When the password was last asked; vault, signature and grant want it fresh. */
    confirmedAt: instant().notNull().defaultNow(),
    createdAt: createdAt(),
    updatedAt: instant().notNull().defaultNow(),
  },
  (t) => [index('session_account').on(t.accountId)],
);

/** Better Auth's “account”: the password of an account. */
export const credential = pgTable(
  'credential',
  {
    id: id(),
    accountId: uuid()
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    providerId: text().notNull(),
    providerAccountId: text().notNull(),
    accessToken: text(),
    refreshToken: text(),
    idToken: text(),
    accessTokenExpiresAt: instant(),
    refreshTokenExpiresAt: instant(),
    scope: text(),
    password: text(),
    createdAt: createdAt(),
    updatedAt: instant().notNull().defaultNow(),
  },
  (t) => [index('credential_account').on(t.accountId)],
);

export const verification = pgTable(
  'verification',
  {
    id: id(),
    identifier: text().notNull(),
    value: text().notNull(),
    expiresAt: instant().notNull(),
    createdAt: createdAt(),
    updatedAt: instant().notNull().defaultNow(),
  },
  (t) => [index('verification_identifier').on(t.identifier)],
);

export const twoFactor = pgTable(
  'two_factor',
  {
    id: id(),
    accountId: uuid()
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    secret: text().notNull(),
    backupCodes: text().notNull(),
    verified: boolean().notNull().default(true),
    failedVerificationCount: integer().notNull().default(0),
    lockedUntil: instant(),
  },
  (t) => [index('two_factor_account').on(t.accountId)],
);

export const roleGrant = pgTable(
  'role_grant',
  {
    id: id(),
    personId: uuid()
      .notNull()
      .references(() => person.id),
    institutionId: uuid()
      .notNull()
      .references(() => institution.id),
    role: text().$type<Role>().notNull(),
    /** The institution's side, copied so that the database can keep deciding grants on one side. */
    side: text().$type<Side>(),
    /** `deny` takes a right away whatever allows it. */
    effect: text().$type<'allow' | 'deny'>().notNull().default('allow'),
    validFrom: date({ mode: 'string' }).notNull().default(sql`current_date`),
    validUntil: date({ mode: 'string' }),
    grantedBy: uuid().references(() => person.id),
    createdAt: createdAt(),
    revokedAt: instant(),
    revokedBy: uuid().references(() => person.id),
  },
  (t) => [
    uniqueIndex('role_grant_once')
      .on(t.personId, t.institutionId, t.role, t.effect)
      .where(sql`${t.revokedAt} is null`),
    index('role_grant_institution').on(t.institutionId, t.role),
    check('role_grant_dates', sql`${t.validUntil} is null or ${t.validUntil} >= ${t.validFrom}`),
    check('role_grant_revoked', sql`(${t.revokedAt} is null) = (${t.revokedBy} is null)`),
    check('role_grant_not_self', sql`${t.grantedBy} is null or ${t.grantedBy} <> ${t.personId}`),
  ],
);

/** Consent to the processing of personal data, by purpose and version of the text that was shown. */
export const consent = pgTable(
  'consent',
  {
    id: id(),
    personId: uuid()
      .notNull()
      .references(() => person.id),
    purpose: text().notNull(),
    textVersion: text().notNull(),
    locale: text().$type<Locale>().notNull(),
    givenAt: instant().notNull().defaultNow(),
    withdrawnAt: instant(),
  },
  (t) => [index('consent_person').on(t.personId, t.purpose)],
);

/** A hashed, expiring link for one record and one act; the token itself is never stored. */
export const link = pgTable('link', {
  id: id(),
  tokenHash: text().notNull().unique(),
  act: text().notNull(),
  subjectType: text().notNull(),
  subjectId: uuid().notNull(),
  personId: uuid().references(() => person.id),
  expiresAt: instant().notNull(),
  usedAt: instant(),
  createdAt: createdAt(),
});
