import { sql } from 'drizzle-orm';
import {
  check,
  doublePrecision,
  foreignKey,
  index,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { application } from './exchanges.ts';
import { person } from './people.ts';
import { createdAt, id, instant, stateColumns } from './shared.ts';

/**
 * `assigned`: with the reviewer, who saves as often as they like; `submitted`: counts; `recused`: the reviewer
 * declared a conflict; `released`: the committee took the assignment back.
 */
export const REVIEW_STATES = ['assigned', 'submitted', 'recused', 'released'] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

/** One reviewer's review (экспертиза) of one application, scored by the call's rubric. */
export const review = pgTable(
  'review',
  {
    id: id(),
    applicationId: uuid()
      .notNull()
      .references(() => application.id),
    reviewerId: uuid()
      .notNull()
      .references(() => person.id),
    assignedBy: uuid()
      .notNull()
      .references(() => person.id),
    assignedAt: createdAt(),
    dueAt: instant().notNull(),
    remindedAt: instant(),
    /** Grade by code of the rubric's criterion. */
    scores: jsonb().$type<Record<string, number>>().notNull().default({}),
    /** Weighted mean of the grades, once all are given. */
    mean: doublePrecision(),
    /** What the applicant reads, and what only the committee reads. */
    comment: text().notNull().default(''),
    confidential: text().notNull().default(''),
    submittedAt: instant(),
    ...stateColumns<ReviewState>('assigned'),
  },
  (t) => [
    uniqueIndex('review_once').on(t.applicationId, t.reviewerId),
    index('review_queue').on(t.reviewerId, t.state, t.dueAt, t.id),
    index('review_overdue').on(t.dueAt).where(sql`${t.state} = 'assigned'`),
    foreignKey({ name: 'review_state_by', columns: [t.stateBy], foreignColumns: [person.id] }),
    check('review_state', sql`${t.state} in ('assigned', 'submitted', 'recused', 'released')`),
    check(
      'review_submitted',
      sql`${t.state} <> 'submitted' or (${t.submittedAt} is not null and ${t.mean} is not null and ${t.comment} <> '')`,
    ),
    check('review_recused', sql`${t.state} <> 'recused' or ${t.stateReason} is not null`),
    check(
      'review_lengths',
      sql`char_length(${t.comment}) <= 6000 and char_length(${t.confidential}) <= 6000`,
    ),
  ],
);

/** A conflict a reviewer or a coordinator knows of beyond what the portal can see: no assignment from then on. */
export const reviewConflict = pgTable(
  'review_conflict',
  {
    id: id(),
    reviewerId: uuid()
      .notNull()
      .references(() => person.id),
    applicantId: uuid()
      .notNull()
      .references(() => person.id),
    declaredBy: uuid()
      .notNull()
      .references(() => person.id),
    reason: text().notNull(),
    declaredAt: createdAt(),
  },
  (t) => [uniqueIndex('review_conflict_once').on(t.reviewerId, t.applicantId)],
);
