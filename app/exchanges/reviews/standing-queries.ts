import { and, asc, count, eq, gt, inArray, notInArray, or } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { nameColumns } from '#app/people/queries.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { application } from '#db/schema/exchanges.ts';
import { institution, person } from '#db/schema/people.ts';
import { review } from '#db/schema/reviews.ts';
import type { Call } from '../scope.ts';
import { type Standing, standingOf } from './ranking.ts';

const home = alias(institution, 'home');
const host = alias(institution, 'host');

/**
 * The applications of a call that were found eligible and still stand, with who goes where; by reference. The caller
 * has found the call as a member of its committee.
 */
export async function candidatesOf(db: DbOrTx, callId: string) {
  const rows = await db
    .select({
      id: application.id,
      reference: application.reference,
      title: application.title,
      workPlanLocale: application.workPlanLocale,
      state: application.state,
      rank: application.rank,
      applicantId: application.applicantId,
      name: nameColumns,
      home: home.shortName,
      host: host.shortName,
      hostSide: host.side,
    })
    .from(application)
    .innerJoin(person, eq(person.id, application.applicantId))
    .innerJoin(home, eq(home.id, application.homeInstitutionId))
    .innerJoin(host, eq(host.id, application.hostInstitutionId))
    .where(
      and(
        eq(application.callId, callId),
        notInArray(application.state, ['draft', 'submitted', 'returned', 'ineligible', 'withdrawn']),
      ),
    )
    .orderBy(asc(application.reference));
  return rows.map(({ hostSide, ...row }) => ({ ...row, hostSide: hostSide ?? ('in' as const) }));
}
export type Candidate = Awaited<ReturnType<typeof candidatesOf>>[number];

/** The reviews of these applications with the reviewers' names, released ones too; no text of theirs. */
export async function reviewsOf(db: DbOrTx, applicationIds: readonly string[]) {
  if (applicationIds.length === 0) return [];
  return db
    .select({
      id: review.id,
      applicationId: review.applicationId,
      reviewerId: review.reviewerId,
      state: review.state,
      stateReason: review.stateReason,
      revision: review.revision,
      mean: review.mean,
      dueAt: review.dueAt,
      remindedAt: review.remindedAt,
      submittedAt: review.submittedAt,
      name: nameColumns,
      institution: institution.shortName,
    })
    .from(review)
    .innerJoin(person, eq(person.id, review.reviewerId))
    .innerJoin(institution, eq(institution.id, person.institutionId))
    .where(inArray(review.applicationId, [...applicationIds]))
    .orderBy(asc(review.id));
}
export type ReviewRow = Awaited<ReturnType<typeof reviewsOf>>[number];

/** What the submitted reviews of each application come to. */
export function standingsFrom(
  candidates: readonly Pick<Candidate, 'id' | 'reference' | 'hostSide'>[],
  reviews: readonly Pick<ReviewRow, 'applicationId' | 'state' | 'mean'>[],
  expected: number,
): Standing[] {
  const byApplication = Map.groupBy(reviews, (one) => one.applicationId);
  return candidates.map(({ id, reference, hostSide }) => {
    const means = (byApplication.get(id) ?? []).flatMap((one) =>
      one.state === 'submitted' && one.mean !== null ? [one.mean] : [],
    );
    return standingOf({ applicationId: id, reference, hostSide }, means, expected);
  });
}

/** What still stands between the committee and a ranking. */
export type Blockers = {
  /** Reviews that are assigned and not submitted. */
  outstanding: number;
  /** References of applications without any review. */
  unreviewed: string[];
  /** Applications whose eligibility is not decided; a correction whose date has passed is waited for no longer. */
  unchecked: number;
  /** No application is eligible at all. */
  nothing: boolean;
};

/** The standings of a call under review, with what blocks its ranking. */
export async function rankingState(
  db: DbOrTx,
  found: Pick<Call, 'id' | 'reviewersPerApplication'>,
  now: Date,
): Promise<{ standings: Standing[]; blockers: Blockers }> {
  const candidates = (await candidatesOf(db, found.id)).filter((one) => one.state === 'eligible');
  const ids = candidates.map((one) => one.id);
  const reviews = await reviewsOf(db, ids);
  const [unchecked] = await db
    .select({ count: count() })
    .from(application)
    .where(
      and(
        eq(application.callId, found.id),
        or(
          eq(application.state, 'submitted'),
          and(eq(application.state, 'returned'), gt(application.dueAt, now)),
        ),
      ),
    );
  const standings = standingsFrom(candidates, reviews, found.reviewersPerApplication);
  return {
    standings,
    blockers: {
      outstanding: reviews.filter((one) => one.state === 'assigned').length,
      unreviewed: standings.filter((one) => one.score === null).map((one) => one.reference),
      unchecked: unchecked?.count ?? 0,
      nothing: candidates.length === 0,
    },
  };
}

/** Whether anything blocks. */
export const isBlocked = (of: Blockers) =>
  of.outstanding > 0 || of.unreviewed.length > 0 || of.unchecked > 0 || of.nothing;
