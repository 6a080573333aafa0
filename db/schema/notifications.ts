import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { institution, person, type Role } from './people.ts';
import { message } from './platform.ts';
import { createdAt, id, instant, type Locale, localized, type Side, stateColumns } from './shared.ts';

/** Whom a campaign is for. An empty list of roles means everyone; sides and languages are always named. */
export type Audience = { roles: Role[]; sides: Side[]; locales: Locale[] };

export const CAMPAIGN_STATES = ['draft', 'awaiting-approval', 'sent', 'cancelled'] as const;
export type CampaignState = (typeof CAMPAIGN_STATES)[number];

export const campaign = pgTable(
  'campaign',
  {
    id: id(),
    reference: text().notNull().unique(),
    /** Whose coordinator writes; the other side approves what goes to its people. */
    institutionId: uuid()
      .notNull()
      .references(() => institution.id),
    side: text().$type<Side>().notNull(),
    createdBy: uuid()
      .notNull()
      .references(() => person.id),
    subject: localized().notNull(),
    body: localized().notNull(),
    audience: jsonb().$type<Audience>().notNull(),
    approvedBy: uuid().references(() => person.id),
    approvedAt: instant(),
    /** What the recipients' deliveries hang on; set when the campaign is sent. */
    messageId: uuid().references(() => message.id),
    /** How many people it went to, counted in the transaction that sent it. */
    recipients: integer(),
    sentAt: instant(),
    ...stateColumns<CampaignState>('draft'),
    createdAt: createdAt(),
  },
  (t) => [
    index('campaign_institution').on(t.institutionId, t.id),
    index('campaign_state').on(t.state, t.id),
    check('campaign_states', sql`${t.state} in ('draft', 'awaiting-approval', 'sent', 'cancelled')`),
    check(
      'campaign_sent',
      sql`(${t.state} = 'sent') = (${t.sentAt} is not null and ${t.recipients} is not null)`,
    ),
    check('campaign_approved', sql`(${t.approvedBy} is null) = (${t.approvedAt} is null)`),
    // The other side's people are written to only with its coordinator's approval.
    check(
      'campaign_other_side',
      sql`${t.state} <> 'sent' or ${t.approvedBy} is not null or ${t.audience}->'sides' = jsonb_build_array(${t.side})`,
    ),
    check('campaign_not_own_approval', sql`${t.approvedBy} is null or ${t.approvedBy} <> ${t.createdBy}`),
    check(
      'campaign_texts',
      sql`${t.state} in ('draft', 'cancelled') or (${t.subject}->>'en' <> '' and ${t.subject}->>'ru' <> '' and ${t.body}->>'en' <> '' and ${t.body}->>'ru' <> '')`,
    ),
  ],
);
