import type { CallContent } from '#app/exchanges/calls/call-schema.ts';
import { closePassed } from '#app/exchanges/calls/jobs.ts';
import { assignReviewers } from '#app/exchanges/reviews/assign-reviewers.ts';
import { scoreField } from '#app/exchanges/reviews/schemas.ts';
import { submitReview } from '#app/exchanges/reviews/submit-review.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import type { Db } from '#db/client.server.ts';
import { addApplication, addCall, type ExchangePeople, makeEligible, rubric } from './exchange.ts';
import { addPerson } from './thesis.ts';

const DAY = 86_400_000;

export type Applied = { reference: string; id: string; applicant: PersonActor };

/**
 * A call from Dhanbad to Moscow that has closed, with eligible applications, waiting for its reviewers.
 *
 * @returns `after`: a moment after the deadline, when the committee works; `dueOn`: a date for its reviews.
 */
export async function addReviewCall(
  db: Db,
  people: ExchangePeople,
  now: Date,
  options: { applicants?: number; call?: Partial<CallContent> } = {},
): Promise<{ call: string; applications: Applied[]; after: Date; dueOn: string }> {
  const call = await addCall(db, people, now, {
    rubric,
    reviewersPerApplication: 2,
    placesToRu: 1,
    ...options.call,
  });
  const applications: Applied[] = [];
  for (let index = 0; index < (options.applicants ?? 2); index += 1) {
    const applicant = await addPerson(db, 'IITISM', ['student']);
    const { reference, id } = await addApplication(db, applicant, call, now, {
      fields: { title: `Extraction of heavy rare earths, part ${index + 1}` },
    });
    await makeEligible(db, people, reference, now);
    applications.push({ reference, id, applicant });
  }
  const after = new Date(now.getTime() + 11 * DAY);
  await closePassed(db, after);
  return { call, applications, after, dueOn: new Date(now.getTime() + 15 * DAY).toISOString().slice(0, 10) };
}

/** Assigns each of the applications to each of the reviewers. */
export async function assignAll(
  db: Db,
  coordinator: PersonActor,
  of: { call: string; applications: Pick<Applied, 'id'>[]; after: Date; dueOn: string },
  reviewers: readonly PersonActor[],
): Promise<void> {
  const seats = of.applications.flatMap((application) =>
    reviewers.map((reviewer) => ({ applicationId: application.id, reviewerId: reviewer.personId })),
  );
  await assignReviewers(db, coordinator, { reference: of.call, seats, dueOn: of.dueOn }, of.after);
}

/** Id and revision of the review of this reviewer, as their form would show it. */
export async function reviewOf(db: Db, applicationId: string, reviewer: PersonActor) {
  const { rows } = await db.$client.query<{ id: string; revision: string; state: string }>(
    'select id, revision, state from review where application_id = $1 and reviewer_id = $2',
    [applicationId, reviewer.personId],
  );
  const [row] = rows;
  if (!row) throw new Error('No such review');
  return { reviewId: row.id, revision: row.revision, state: row.state };
}

/** What a reviewer types: grades of `rubric`, and both comments. */
export const typedReview = (novelty: number | '', method: number | '') => ({
  [scoreField('novelty')]: String(novelty),
  [scoreField('method')]: String(method),
  comment: 'A clear plan; say how the raffinate is analysed.',
  confidential: 'Between us: fund this first.',
});

/** Submits the review of this reviewer with these grades. */
export async function submitGrades(
  db: Db,
  applicationId: string,
  reviewer: PersonActor,
  grades: [novelty: number, method: number],
  at: Date,
): Promise<void> {
  const { reviewId, revision } = await reviewOf(db, applicationId, reviewer);
  await submitReview(db, reviewer, { reviewId, revision, typed: typedReview(...grades) }, at);
}
