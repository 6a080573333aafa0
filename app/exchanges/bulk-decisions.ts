import { and, eq, inArray } from 'drizzle-orm';
import { permits } from '#app/people/access.ts';
import { nameColumns } from '#app/people/queries.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { invalid, Refusal } from '#app/platform/outcome.ts';
import { step } from '#app/platform/workflow.ts';
import type { Db } from '#db/client.server.ts';
import { application, call } from '#db/schema/exchanges.ts';
import { person } from '#db/schema/people.ts';
import { findEligible } from './find-eligible.ts';
import { nominateApplication } from './nominate-application.ts';
import { exchangeRules } from './policy.ts';
import { visibleTo } from './scope.ts';
import type { Stage } from './stages.ts';
import { applicationWorkflow } from './workflow.ts';

/** Decisions that need nothing but a yes, and the step each takes. */
export const BULK_ACTS = ['eligible', 'nominate'] as const;
export type BulkAct = (typeof BULK_ACTS)[number];
const STEPS = { eligible: 'findEligible', nominate: 'nominate' } as const;

/** More than a page of the list holds. */
export const BULK_MAX = 100;

/** Why an application would be left as it is; null where it is ready. */
export type Hindrance = 'state' | 'right' | 'review' | null;

/**
 * What the act would do to each of the applications, without doing it. What is out of the actor's scope is not told.
 */
export async function bulkPreview(db: Db, actor: PersonActor, act: BulkAct, references: readonly string[]) {
  const asked = [...new Set(references)].slice(0, BULK_MAX);
  if (asked.length === 0) return [];
  const rows = await db
    .select({
      record: application,
      reviewers: call.reviewersPerApplication,
      name: nameColumns,
    })
    .from(application)
    .innerJoin(call, eq(call.id, application.callId))
    .innerJoin(person, eq(person.id, application.applicantId))
    .where(and(inArray(application.reference, asked), visibleTo(actor)))
    .orderBy(application.reference);
  const name = STEPS[act];
  const rule = exchangeRules[act === 'eligible' ? 'exchanges.check' : 'exchanges.nominate'];
  return rows.map(({ record, reviewers, ...row }) => {
    const { reference, title, revision } = record;
    const stage = record.stage as Stage;
    const hindrance: Hindrance = !permits(rule, actor, record)
      ? 'right'
      : step(applicationWorkflow, name, record.state) === null
        ? 'state'
        : act === 'nominate' && record.state === 'eligible' && reviewers > 0
          ? 'review'
          : null;
    return { reference, title, stage, revision, hindrance, ...row };
  });
}

/**
 * Takes the act for each application, each in a transaction of its own: what one of them refuses leaves the others done.
 *
 * @param chosen the applications with the revision the preview showed.
 * @returns what became of each: null where it is done, else the reason of its refusal (a key of `errors.json`).
 * @throws Refusal `invalid` when nothing is chosen, or a nomination is not confirmed.
 */
export async function decideInBulk(
  db: Db,
  actor: PersonActor,
  input: { act: BulkAct; chosen: readonly { reference: string; revision: string }[]; confirmed: boolean },
  now = new Date(),
): Promise<{ reference: string; refused: string | null }[]> {
  if (input.chosen.length === 0) throw invalid('exchanges.bulkNothing');
  if (!input.confirmed) throw invalid('invalid', { fields: { confirmed: ['exchanges.confirmConditions'] } });
  const results: { reference: string; refused: string | null }[] = [];
  for (const { reference, revision } of input.chosen.slice(0, BULK_MAX)) {
    try {
      const decision = { reference, revision };
      if (input.act === 'eligible') await findEligible(db, actor, decision, now);
      else await nominateApplication(db, actor, { ...decision, confirmed: true }, now);
      results.push({ reference, refused: null });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      results.push({ reference, refused: error.reason });
    }
  }
  return results;
}
