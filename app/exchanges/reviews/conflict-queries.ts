import { and, eq, inArray } from 'drizzle-orm';
import { reviewersToday } from '#app/people/reviewer-queries.ts';
import { supervisionPairs } from '#app/supervision/supervision-pairs-queries.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { application, endorsement } from '#db/schema/exchanges.ts';
import { person } from '#db/schema/people.ts';
import { reviewConflict } from '#db/schema/reviews.ts';
import { type Conflict, conflictBetween, pairKey, type ReviewerFacts } from './conflicts.ts';

export type Reviewer = Awaited<ReturnType<typeof reviewersToday>>[number];

/**
 * Who may review today, and what stands between each of them and the applicants of these applications.
 *
 * @param applicationIds of one call, found in the caller's scope.
 * @returns `conflictOf` answers null where nothing stands in the way.
 */
export async function reviewersFor(
  db: DbOrTx,
  applicationIds: readonly string[],
): Promise<{
  reviewers: Reviewer[];
  conflictOf: (applicationId: string, reviewerId: string) => Conflict | null;
}> {
  const reviewers = await reviewersToday(db);
  const conflictOf = await conflictsOf(db, applicationIds, reviewers);
  return { reviewers, conflictOf };
}

/** As `reviewersFor`, for reviewers already known. */
export async function conflictsOf(
  db: DbOrTx,
  applicationIds: readonly string[],
  reviewers: readonly ReviewerFacts[],
): Promise<(applicationId: string, reviewerId: string) => Conflict | null> {
  if (applicationIds.length === 0) return () => null;
  const ids = [...applicationIds];
  // One after the other: inside a transaction there is one connection.
  const applicants = await db
    .select({
      applicationId: application.id,
      id: person.id,
      institutionId: person.institutionId,
      laboratory: person.laboratory,
      supervisorId: application.homeSupervisorId,
    })
    .from(application)
    .innerJoin(person, eq(person.id, application.applicantId))
    .where(inArray(application.id, ids));
  // Asked, given or refused: whoever was named as the supervisor knows the applicant.
  const endorsers = await db
    .select({ applicationId: endorsement.applicationId, supervisorId: endorsement.supervisorId })
    .from(endorsement)
    .where(inArray(endorsement.applicationId, ids));
  const people = [...reviewers.map((one) => one.id), ...applicants.map((one) => one.id)];
  const pairs = await supervisionPairs(db, people);
  const declared = await db
    .select({ reviewerId: reviewConflict.reviewerId, applicantId: reviewConflict.applicantId })
    .from(reviewConflict)
    .where(and(inArray(reviewConflict.reviewerId, people), inArray(reviewConflict.applicantId, people)));
  const relations = {
    supervision: new Set(pairs.map((pair) => pairKey(pair.supervisorId, pair.candidateId))),
    declared: new Set(declared.map((one) => pairKey(one.reviewerId, one.applicantId))),
  };
  const facts = new Map(reviewers.map((one) => [one.id, one]));
  const byApplication = new Map(applicants.map((one) => [one.applicationId, one]));
  const asked = Map.groupBy(endorsers, (one) => one.applicationId);
  return (applicationId, reviewerId) => {
    const reviewer = facts.get(reviewerId);
    const applicant = byApplication.get(applicationId);
    if (!reviewer || !applicant) return null;
    const supervisorIds = [
      ...(applicant.supervisorId ? [applicant.supervisorId] : []),
      ...(asked.get(applicationId) ?? []).map((one) => one.supervisorId),
    ];
    return conflictBetween(reviewer, { ...applicant, supervisorIds }, relations);
  };
}
