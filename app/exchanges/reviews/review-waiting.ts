import { and, asc, eq, isNull, notExists } from 'drizzle-orm';
import { institutionsOf } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import type { WaitingTask } from '#app/platform/room.ts';
import type { Db } from '#db/client.server.ts';
import { call } from '#db/schema/exchanges.ts';
import { version } from '#db/schema/platform.ts';
import { callTask, signedBy, signedHere } from '../calls/call-tasks.ts';
import { RANKING } from './ranking-content.ts';
import { waitingReviews } from './review-queries.ts';

/** More than a person does in a sitting; the queue has them all. */
const SHOWN = 20;

/** What waits here for a person: reviews to write, calls to find reviewers for, ranking protocols to sign. */
export async function reviewTasks(db: Db, actor: PersonActor): Promise<WaitingTask[]> {
  const coordinated = institutionsOf(actor, 'coordinator');
  const [reviews, calls, rankings] = await Promise.all([
    institutionsOf(actor, 'reviewer').length > 0 ? reviewsToWrite(db, actor) : [],
    coordinated.length > 0 ? callsToReview(db, actor, coordinated) : [],
    coordinated.length > 0 ? rankingsToSign(db, actor, coordinated) : [],
  ]);
  return [...reviews, ...calls, ...rankings];
}

async function reviewsToWrite(db: Db, actor: PersonActor): Promise<WaitingTask[]> {
  const rows = await waitingReviews(db, actor);
  return rows.slice(0, SHOWN).map((row) => ({
    text: 'reviews:waiting.review',
    params: { title: row.title },
    note: row.reference,
    href: `/reviews/${row.id}`,
    side: actor.side,
    due: row.dueAt,
  }));
}

/** Calls that have closed and whose committee has not begun. */
async function callsToReview(db: Db, actor: PersonActor, coordinated: string[]): Promise<WaitingTask[]> {
  const rows = await db
    .select({ reference: call.reference, title: call.title, reviewers: call.reviewersPerApplication })
    .from(call)
    .where(and(eq(call.state, 'closed'), signedBy(coordinated)))
    .orderBy(asc(call.deadline))
    .limit(SHOWN);
  return rows.filter((row) => row.reviewers > 0).map(callTask(actor, 'reviews:waiting.assign', 'reviews'));
}

/** Rankings whose current version lacks the signature of the actor's institution. */
async function rankingsToSign(db: Db, actor: PersonActor, coordinated: string[]): Promise<WaitingTask[]> {
  const rows = await db
    .select({ reference: call.reference, title: call.title })
    .from(version)
    .innerJoin(call, eq(call.id, version.subjectId))
    .where(
      and(
        eq(version.subjectType, RANKING),
        isNull(version.supersededAt),
        eq(call.state, 'in-review'),
        signedBy(coordinated),
        notExists(signedHere(db, coordinated)),
      ),
    )
    .orderBy(asc(version.createdAt))
    .limit(SHOWN);
  return rows.map(callTask(actor, 'reviews:waiting.sign', 'ranking'));
}
