import { eq } from 'drizzle-orm';
import { closePassed } from '#app/exchanges/calls/jobs.ts';
import { assignReviewers } from '#app/exchanges/reviews/assign-reviewers.ts';
import { fixRanking } from '#app/exchanges/reviews/fix-ranking.ts';
import { RANKING, standingsHash } from '#app/exchanges/reviews/ranking-content.ts';
import { scoreField } from '#app/exchanges/reviews/schemas.ts';
import { signRanking } from '#app/exchanges/reviews/sign-ranking.ts';
import { rankingState } from '#app/exchanges/reviews/standing-queries.ts';
import { submitReview } from '#app/exchanges/reviews/submit-review.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { currentVersion } from '#app/platform/versions.server.ts';
import { review } from '#db/schema/reviews.ts';
import { dateOn, onDay } from './days.ts';
import { callRow, coordinatorOf, type Stage } from './exchange-steps.ts';

/** The grades two reviewers give, by place: each pair comes to another mean, so that nothing is tied. */
const GRADES: readonly [first: Grades, second: Grades][] = [
  [
    [5, 5, 5],
    [5, 5, 4],
  ],
  [
    [5, 5, 4],
    [5, 4, 4],
  ],
  [
    [5, 4, 4],
    [4, 5, 4],
  ],
  [
    [4, 4, 4],
    [4, 4, 5],
  ],
  [
    [4, 4, 3],
    [4, 4, 4],
  ],
  [
    [4, 3, 3],
    [4, 3, 4],
  ],
  [
    [3, 3, 4],
    [3, 4, 3],
  ],
  [
    [3, 3, 3],
    [3, 2, 3],
  ],
];
type Grades = readonly [number, number, number];

const COMMENTS = {
  en: ['A clear plan with measurable results.', 'Feasible; say how the samples are transported.'],
  ru: ['План ясный, результаты измеримы.', 'Выполнимо; уточните, как будут доставлены пробы.'],
} as const;

/** Applications in the order of their merit, each reviewed by the same two people. */
export async function reviewAll(
  stage: Stage,
  callReference: string,
  ranked: readonly { id: string; place: number }[],
  reviewers: readonly [PersonActor, PersonActor],
  days: { assigned: number; due: number; submitted: number | null },
): Promise<void> {
  const { db, now } = stage;
  await closePassed(db, onDay(now, days.assigned));
  const seats = ranked.flatMap(({ id }) =>
    reviewers.map(({ personId }) => ({ applicationId: id, reviewerId: personId })),
  );
  const dueOn = dateOn(now, days.due);
  await assignReviewers(
    db,
    coordinatorOf(stage, 'ru'),
    { reference: callReference, seats, dueOn },
    onDay(now, days.assigned),
  );
  if (days.submitted === null) return;
  for (const { id, place } of ranked) {
    for (const [index, reviewer] of reviewers.entries()) {
      await giveReview(
        stage,
        id,
        reviewer,
        (GRADES[place] ?? GRADES[7])?.[index] ?? [3, 3, 3],
        days.submitted,
      );
    }
  }
}

export async function giveReview(
  stage: Stage,
  applicationId: string,
  reviewer: PersonActor,
  [first, second, third]: Grades,
  day: number,
): Promise<void> {
  const rows = await stage.db.select().from(review).where(eq(review.applicationId, applicationId));
  const own = rows.find((one) => one.reviewerId === reviewer.personId);
  if (!own) throw new Error('no review was assigned');
  const typed = {
    [scoreField('c1')]: String(first),
    [scoreField('c2')]: String(second),
    [scoreField('c3')]: String(third),
    comment: COMMENTS[reviewer.locale][first > 4 ? 0 : 1],
    confidential: '',
  };
  await submitReview(
    stage.db,
    reviewer,
    { reviewId: own.id, revision: own.revision, typed },
    onDay(stage.now, day),
  );
}

/** The committee fixes the ranking with its reserve lists, and both coordinators sign it. */
export async function rank(
  stage: Stage,
  callReference: string,
  reserve: { in: number; ru: number },
  day: number,
): Promise<void> {
  const { db, now } = stage;
  const when = onDay(now, day);
  const found = await callRow(db, callReference);
  const { standings } = await rankingState(db, found, when);
  const typed = {
    'text.en': 'The committee compared the reviews and follows their order.',
    'text.ru': 'Комиссия сопоставила экспертизы и следует их порядку.',
    'reserve.in': String(reserve.in),
    'reserve.ru': String(reserve.ru),
  };
  const input = { reference: callReference, standings: standingsHash(standings), hash: '', typed };
  await fixRanking(db, coordinatorOf(stage, 'ru'), input, when);
  for (const side of ['ru', 'in'] as const) {
    const actor = coordinatorOf(stage, side);
    const version = await currentVersion(db, RANKING, found.id);
    const signing = { reference: callReference, hashShown: version?.hash ?? '', locale: actor.locale };
    await signRanking(db, actor, signing, when);
  }
}
