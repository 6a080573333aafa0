import { and, eq, inArray } from 'drizzle-orm';
import { institutionsOf, permits } from '#app/people/access.ts';
import { coordinatorsOf } from '#app/people/coordinator-queries.ts';
import { type PersonActor, system } from '#app/platform/actor.ts';
import { notify } from '#app/platform/notify.server.ts';
import { forbidden, invalid, stale } from '#app/platform/outcome.ts';
import { transition } from '#app/platform/transition.server.ts';
import { currentVersion, signVersion } from '#app/platform/versions.server.ts';
import type { Db, Tx } from '#db/client.server.ts';
import { application, call } from '#db/schema/exchanges.ts';
import { review } from '#db/schema/reviews.ts';
import type { Locale } from '#db/schema/shared.ts';
import { signingParties } from '../calls/call-columns.ts';
import { callWorkflow } from '../calls/call-workflow.ts';
import { forgetCounts } from '../count-cache.ts';
import { moveBySystem } from '../move-application.ts';
import { exchangeRules } from '../policy.ts';
import type { Call } from '../scope.ts';
import { committeeOf } from './committee-people.ts';
import {
  isUpToDate,
  RANKING,
  type RankingContent,
  rankingSchema,
  type SideRanking,
} from './ranking-content.ts';
import { decidedMessage } from './review-messages.ts';
import { lockCommitteeCall } from './review-scope.ts';
import { isBlocked, rankingState } from './standing-queries.ts';

/** What the portal does with an application of each outcome. */
const STEPS = { selected: 'select', reserve: 'placeInReserve', 'not-selected': 'passOver' } as const;

/**
 * Signs the ranking protocol for the actor's institution. When both sides have signed, the system moves every
 * application where the protocol puts it and the call to decided, and everybody concerned is told: all of it or nothing.
 *
 * @param input.hashShown hash of the text that was on the screen.
 * @returns whether both sides have signed now.
 * @throws Refusal `stale` when another text is current, or the reviews say something else by now
 *   (`reviews.rankingOutdated`); `invalid` with `reviews.notComplete`; `forbidden` to anyone but the committee.
 */
export async function signRanking(
  db: Db,
  actor: PersonActor,
  input: { reference: string; hashShown: string; locale: Locale },
  now = new Date(),
): Promise<{ complete: boolean }> {
  const signed = await db.transaction(async (tx) => {
    const found = await lockCommitteeCall(tx, actor, input.reference);
    const version = await currentVersion(tx, RANKING, found.id);
    if (!version || found.state !== 'in-review') throw stale('staleState');
    if (version.hash !== input.hashShown) throw stale();
    const content = rankingSchema.parse(version.content);
    const { standings, blockers } = await rankingState(tx, found, now);
    if (isBlocked(blockers)) throw invalid('reviews.notComplete');
    if (!isUpToDate(content, found, standings)) throw stale('reviews.rankingOutdated');
    const coordinated = institutionsOf(actor, 'coordinator');
    const institutionId = [found.signerIn, found.signerRu].find((id) => coordinated.includes(id));
    if (!institutionId) throw forbidden();
    const { complete } = await signVersion(tx, {
      versionId: version.id,
      hashShown: input.hashShown,
      actor,
      institutionId,
      capacity: 'coordinator',
      locale: input.locale,
      parties: signingParties(found),
      now,
    });
    if (complete) await carryOut(tx, found, content, now);
    return { complete };
  });
  if (signed.complete) forgetCounts();
  return signed;
}

async function carryOut(tx: Tx, found: Call, content: RankingContent, now: Date): Promise<void> {
  const rows = content.sides.flatMap((side) => side.rows);
  const records = await tx
    .select()
    .from(application)
    .where(
      and(
        eq(application.callId, found.id),
        inArray(
          application.id,
          rows.map((row) => row.applicationId),
        ),
      ),
    )
    .orderBy(application.id)
    .for('update');
  for (const row of rows) {
    const record = records.find((one) => one.id === row.applicationId);
    // Withdrawn in the moment between the two signatures.
    if (!record) throw stale('reviews.rankingOutdated');
    await moveBySystem(tx, record, STEPS[row.outcome], { set: columnsOf(row, found, now), now });
  }
  const actor = system('calls.ranking');
  await transition(tx, {
    workflow: callWorkflow,
    table: call,
    record: found,
    name: 'decide',
    actor,
    permitted: permits(exchangeRules['calls.publish'], actor, null),
    now,
  });
  await tellEverybody(tx, found, records);
}

/** Whoever has a place is nominated by the home institution until the call's date; the others wait for nobody. */
function columnsOf(row: SideRanking['rows'][number], found: Call, now: Date) {
  return {
    rank: row.rank,
    score: row.score,
    rankedAt: now,
    dueAt: row.outcome === 'selected' ? found.nominateBy : null,
  };
}

/** Applicants hear of their own application; this is for the institutions and the reviewers. */
async function tellEverybody(
  tx: Tx,
  found: Call,
  records: readonly { id: string; homeInstitutionId: string | null; hostInstitutionId: string | null }[],
): Promise<void> {
  const institutions = records.flatMap((one) => [one.homeInstitutionId, one.hostInstitutionId]);
  const coordinators = await coordinatorsOf(tx, institutions);
  const reviewers = await tx
    .selectDistinct({ id: review.reviewerId })
    .from(review)
    .where(
      and(
        eq(review.state, 'submitted'),
        inArray(
          review.applicationId,
          records.map((one) => one.id),
        ),
      ),
    );
  await notify(tx, decidedMessage, {
    to: [...(await committeeOf(tx, found)), ...coordinators, ...reviewers.map((one) => one.id)],
    params: { call: found.reference },
    cause: `call:${found.id}:decided`,
  });
}
