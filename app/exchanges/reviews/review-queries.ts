import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { holds, permits } from '#app/people/access.ts';
import { nameColumns } from '#app/people/queries.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { forbidden, notFound } from '#app/platform/outcome.ts';
import type { Db, DbOrTx } from '#db/client.server.ts';
import { application, call, endorsement } from '#db/schema/exchanges.ts';
import { institution, person } from '#db/schema/people.ts';
import { review } from '#db/schema/reviews.ts';
import { translationOf } from '../application-translation.ts';
import { documentsOf } from '../attach-documents.ts';
import { reviewRules } from './policy.ts';
import { ownReview, underReview } from './review-scope.ts';

/** How many finished reviews a reviewer's queue looks back on. */
const PAST_SHOWN = 50;

const listed = {
  id: review.id,
  state: review.state,
  stateReason: review.stateReason,
  dueAt: review.dueAt,
  submittedAt: review.submittedAt,
  reference: application.reference,
  title: application.title,
  workPlanLocale: application.workPlanLocale,
  call: { reference: call.reference, title: call.title },
};

/**
 * A reviewer's own queue: what waits, the nearest date first, and what is done. Nothing in it says whose application it
 * is, blind or not.
 *
 * @throws Refusal `forbidden` to whoever reviews nothing.
 */
export async function reviewQueue(db: DbOrTx, actor: PersonActor) {
  if (!holds('reviewer')(actor, null)) throw forbidden();
  const [waiting, past] = await Promise.all([
    waitingReviews(db, actor),
    db
      .select(listed)
      .from(review)
      .innerJoin(application, eq(application.id, review.applicationId))
      .innerJoin(call, eq(call.id, application.callId))
      .where(and(eq(review.reviewerId, actor.personId), inArray(review.state, ['submitted', 'recused'])))
      .orderBy(desc(review.stateAt), desc(review.id))
      .limit(PAST_SHOWN),
  ]);
  return { waiting, past };
}

/** What a reviewer still has to write: assigned, the application still before the committee. */
export async function waitingReviews(db: DbOrTx, actor: PersonActor) {
  return db
    .select(listed)
    .from(review)
    .innerJoin(application, eq(application.id, review.applicationId))
    .innerJoin(call, eq(call.id, application.callId))
    .where(
      and(
        eq(review.reviewerId, actor.personId),
        eq(review.state, 'assigned'),
        eq(application.state, 'eligible'),
        eq(call.state, 'in-review'),
      ),
    )
    .orderBy(asc(review.dueAt), asc(review.id));
}

/**
 * A review with its application, as far as the call lets its reviewer see it.
 *
 * In a blind call the reviewer reads the title, the work plan with its translation, the laboratories wished for and the
 * length of the stay: no name, institution, supervisor, endorsement, address, and no document. No document is marked as
 * free of identifying facts, and a plan on a letterhead, the properties of a PDF, or the name of a file say who wrote it;
 * the work plan itself stands on the page. In an open call the reviewer reads who applies, from where, with whose
 * endorsement, and the documents.
 *
 * @throws Refusal `not-found` when it is somebody else's review, or one that was taken back; `forbidden`.
 */
export async function reviewPage(db: DbOrTx, actor: PersonActor, reviewId: string) {
  const found = await ownReview(db, actor, reviewId);
  const { record, application: about, call: of } = found;
  if (record.state === 'released') throw notFound();
  // Who has declared a conflict sees that they did, and nothing more of the application.
  const recused = record.state === 'recused';
  const [translated, identity] = await Promise.all([
    recused ? null : translationOf(db, about.submittedVersionId),
    recused || of.blindReview ? null : identityOf(db, about.id),
  ]);
  return {
    review: record,
    open: record.state === 'assigned' && underReview(found),
    call: {
      reference: of.reference,
      title: of.title,
      rubric: of.rubric,
      blind: of.blindReview,
      state: of.state,
    },
    application: {
      reference: about.reference,
      title: recused ? '' : about.title,
      workPlan: recused ? '' : about.workPlan,
      workPlanLocale: about.workPlanLocale,
      laboratoryWishes: recused ? [] : about.laboratoryWishes,
      wishedStart: about.wishedStart,
      weeks: about.weeks,
      // Without whoever translated it: that may be the applicant.
      translated: translated && {
        locale: translated.locale,
        title: translated.title,
        workPlan: translated.workPlan,
      },
    },
    identity,
  };
}

const home = alias(institution, 'home');
const host = alias(institution, 'host');

async function identityOf(db: DbOrTx, applicationId: string) {
  const [[row], documents, [endorsed]] = await Promise.all([
    db
      .select({
        applicant: nameColumns,
        home: home.name,
        host: host.name,
        homeSupervisor: application.homeSupervisor,
      })
      .from(application)
      .innerJoin(person, eq(person.id, application.applicantId))
      .innerJoin(home, eq(home.id, application.homeInstitutionId))
      .innerJoin(host, eq(host.id, application.hostInstitutionId))
      .where(eq(application.id, applicationId)),
    documentsOf(db, applicationId),
    db
      .select({ words: endorsement.words, locale: endorsement.locale, name: nameColumns })
      .from(endorsement)
      .innerJoin(person, eq(person.id, endorsement.supervisorId))
      .where(and(eq(endorsement.applicationId, applicationId), eq(endorsement.state, 'given'))),
  ]);
  if (!row) throw notFound();
  return { ...row, documents, endorsement: endorsed ?? null };
}

/**
 * Whether the actor may read the files of an application as its reviewer: in an open call, while the review is theirs.
 * For `room.files`, beside what the parties of the application may read.
 */
export async function reviewsFilesOf(db: Db, actor: PersonActor, applicationId: string): Promise<boolean> {
  const rows = await db
    .select({ reviewerId: review.reviewerId, applicantId: application.applicantId })
    .from(review)
    .innerJoin(application, eq(application.id, review.applicationId))
    .innerJoin(call, eq(call.id, application.callId))
    .where(
      and(
        eq(review.applicationId, applicationId),
        eq(review.reviewerId, actor.personId),
        inArray(review.state, ['assigned', 'submitted']),
        eq(call.blindReview, false),
      ),
    );
  return rows.some((row) => permits(reviewRules['reviews.write'], actor, row));
}
