import { boolean, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

// The sign-in library's view of our tables, under the property names it expects. Its own renaming of fields
// cannot be used: in `credential` our `account_id` is its `userId`, and its `accountId` is our
// `provider_account_id`; its adapter resolves a renamed field twice and would read the wrong column.
// The columns themselves are made by `db/schema/people.ts`.

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** The library's “user” is our account. */
const user = pgTable('account', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  email: text('email').notNull(),
  emailVerified: boolean('email_verified').notNull(),
  image: text('image'),
  twoFactorEnabled: boolean('two_factor_enabled').notNull(),
  locale: text('locale').notNull(),
  timeZone: text('time_zone').notNull(),
  profile: jsonb('profile'),
  createdAt: at('created_at').notNull(),
  updatedAt: at('updated_at').notNull(),
});

const session = pgTable('session', {
  id: uuid('id').primaryKey(),
  userId: uuid('account_id').notNull(),
  token: text('token').notNull(),
  expiresAt: at('expires_at').notNull(),
  ipAddress: text('ip_address'),
  userAgent: text('user_agent'),
  createdAt: at('created_at').notNull(),
  updatedAt: at('updated_at').notNull(),
});

/** The library's “account” is our credential. */
const account = pgTable('credential', {
  id: uuid('id').primaryKey(),
  userId: uuid('account_id').notNull(),
  providerId: text('provider_id').notNull(),
  accountId: text('provider_account_id').notNull(),
  accessToken: text('access_token'),
  refreshToken: text('refresh_token'),
  idToken: text('id_token'),
  accessTokenExpiresAt: at('access_token_expires_at'),
  refreshTokenExpiresAt: at('refresh_token_expires_at'),
  scope: text('scope'),
  password: text('password'),
  createdAt: at('created_at').notNull(),
  updatedAt: at('updated_at').notNull(),
});

const verification = pgTable('verification', {
  id: uuid('id').primaryKey(),
  identifier: text('identifier').notNull(),
  value: text('value').notNull(),
  expiresAt: at('expires_at').notNull(),
  createdAt: at('created_at').notNull(),
  updatedAt: at('updated_at').notNull(),
});

const twoFactor = pgTable('two_factor', {
  id: uuid('id').primaryKey(),
  userId: uuid('account_id').notNull(),
  secret: text('secret').notNull(),
  backupCodes: text('backup_codes').notNull(),
  verified: boolean('verified').notNull(),
  failedVerificationCount: integer('failed_verification_count').notNull(),
  lockedUntil: at('locked_until'),
});

export const authTables = { user, session, account, verification, twoFactor };
