import { and, eq, inArray } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { PersonActor } from '#app/platform/actor.ts';
import { application, call } from '#db/schema/exchanges.ts';
import { person, roleGrant } from '#db/schema/people.ts';
import { auditRow, delivery, message } from '#db/schema/platform.ts';
import { review, reviewConflict } from '#db/schema/reviews.ts';
import { useDatabase } from '#tests/support/database.ts';
import { addExchangePeople } from '#tests/support/exchange.ts';
import { addReviewCall, assignAll, reviewOf, submitGrades, typedReview } from '#tests/support/review.ts';
import { addPerson, addThesis } from '#tests/support/thesis.ts';
import { withdrawApplication } from '../withdraw-application.ts';
import { assignReviewers } from './assign-reviewers.ts';
import { balanceProposal, committeeApplication, reviewBoard } from './board-queries.ts';
import { reviewCommentsOf } from './comment-queries.ts';
import { declareConflict } from './declare-conflict.ts';
import { recuseReviewer } from './recuse-reviewer.ts';
import { releaseReview } from './release-review.ts';
import { remindReviewers } from './remind-reviewers.ts';
import { reopenReview } from './reopen-review.ts';
import { remindOfDueReviews } from './review-jobs.ts';
import { reviewPage, reviewQueue, reviewsFilesOf } from './review-queries.ts';
import { reviewTasks } from './review-waiting.ts';
import { saveReview } from './save-review.ts';
import { submitReview } from './submit-review.ts';

const { db } = await useDatabase();
const people = await addExchangePeople(db);
const { homeCoordinator, hostCoordinator } = people;
const now = new Date('2026-11-21T10:00:00Z');
const DAY = 86_400_000;

const newReviewer = () => addPerson(db, 'GIREDMET', ['reviewer']);
const stateOfCall = async (reference: string) => {
  const [row] = await db.select({ state: call.state }).from(call).where(eq(call.reference, reference));
  return row?.state;
};
const codesOf = async (subjectId: string) => {
  const rows = await db
    .select({ code: auditRow.code })
    .from(auditRow)
    .where(eq(auditRow.subjectId, subjectId));
  return rows.map((row) => row.code);
};
const told = async (code: string, who: PersonActor) => {
  const rows = await db
    .select({ id: delivery.id })
    .from(delivery)
    .innerJoin(message, eq(message.id, delivery.messageId))
    .where(and(eq(message.code, code), eq(delivery.personId, who.personId), eq(delivery.channel, 'inbox')));
  return rows.length;
};
const reviewsIn = async (ids: string[]) => db.select().from(review).where(inArray(review.applicationId, ids));
const conflict = (kind: string) => ({
  code: 'invalid',
  fields: { reviewer: [`reviews.conflict.${kind}`] },
});

describe('assigning reviewers', () => {
  it('begins the committee’s work, with an audit row for each and a message to the reviewer', async () => {
    const found = await addReviewCall(db, people, now);
    const reviewer = await newReviewer();
    await assignAll(db, homeCoordinator, found, [reviewer]);
    expect(await stateOfCall(found.call)).toBe('in-review');
    const [first] = await reviewsIn(found.applications.map((one) => one.id));
    expect(first).toMatchObject({ state: 'assigned', reviewerId: reviewer.personId });
    // 18:00 in the city whose clock set the deadline.
    expect(first?.dueAt.toISOString()).toBe(`${found.dueOn}T15:00:00.000Z`);
    expect(await codesOf(first?.id ?? '')).toEqual(['review.assign']);
    expect(await told('reviews.assigned', reviewer)).toBe(1);
    expect((await reviewTasks(db, reviewer)).map((task) => task.text)).toEqual([
      'reviews:waiting.review',
      'reviews:waiting.review',
    ]);
  });

  it('is the committee’s alone: of neither applicants, other coordinators nor reviewers', async () => {
    const found = await addReviewCall(db, people, now, { applicants: 1 });
    const reviewer = await newReviewer();
    for (const stranger of [
      found.applications[0]?.applicant ?? reviewer,
      reviewer,
      await addPerson(db, 'TEXMIN', ['coordinator']),
      await addPerson(db, 'IITISM', ['institution-admin']),
    ]) {
      await expect(assignAll(db, stranger, found, [reviewer])).rejects.toMatchObject({ code: 'forbidden' });
      await expect(reviewBoard(db, stranger, found.call, now)).rejects.toMatchObject({ code: 'forbidden' });
    }
    await expect(
      assignAll(db, homeCoordinator, { ...found, call: 'CALL-2026-9999' }, [reviewer]),
    ).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('is not of a coordinator who has applied to the call', async () => {
    const found = await addReviewCall(db, people, now, { applicants: 1 });
    const applicant = found.applications[0]?.applicant;
    if (!applicant) throw new Error('no applicant');
    const grant = { role: 'coordinator' as const, institutionId: applicant.institutionId };
    await db.insert(roleGrant).values({ ...grant, personId: applicant.personId, validFrom: '2020-01-01' });
    const both = { ...applicant, grants: [{ ...grant, side: 'in' as const, effect: 'allow' as const }] };
    await expect(reviewBoard(db, both, found.call, now)).rejects.toMatchObject({
      code: 'forbidden',
      reason: 'reviews.ownCall',
    });
  });

  it('waits until the call has closed', async () => {
    const found = await addReviewCall(db, people, now, { applicants: 1 });
    const reviewer = await newReviewer();
    await db.update(call).set({ state: 'published' }).where(eq(call.reference, found.call));
    await expect(assignAll(db, homeCoordinator, found, [reviewer])).rejects.toMatchObject({
      code: 'invalid',
      reason: 'reviews.callOpen',
    });
  });

  it('takes no date that has passed, that comes after nomination, or that is none', async () => {
    const found = await addReviewCall(db, people, now, { applicants: 1 });
    const reviewer = await newReviewer();
    for (const [dueOn, reason] of [
      ['2026-12-01', 'reviews.duePast'],
      ['2027-11-01', 'reviews.dueTooLate'],
      ['tomorrow', 'date'],
    ] as const) {
      await expect(assignAll(db, homeCoordinator, { ...found, dueOn }, [reviewer])).rejects.toMatchObject({
        fields: { dueOn: [reason] },
      });
    }
  });

  it('is all or nothing: one conflict rolls everything back', async () => {
    const found = await addReviewCall(db, people, now);
    const [first, second] = found.applications;
    const reviewer = await newReviewer();
    await db.insert(reviewConflict).values({
      reviewerId: reviewer.personId,
      applicantId: second?.applicant.personId ?? '',
      declaredBy: homeCoordinator.personId,
      reason: 'They share a flat.',
    });
    await expect(assignAll(db, homeCoordinator, found, [reviewer])).rejects.toMatchObject(
      conflict('declared'),
    );
    expect(await reviewsIn([first?.id ?? '', second?.id ?? ''])).toEqual([]);
    expect(await stateOfCall(found.call)).toBe('closed');
    expect(await told('reviews.assigned', reviewer)).toBe(0);
  });

  it('knows conflicts: own application, own student, own supervisor, the same laboratory', async () => {
    const thesis = await addThesis(db);
    const found = await addReviewCall(db, people, now, { applicants: 1 });
    const [one] = found.applications;
    if (!one) throw new Error('no application');
    const assign = (who: PersonActor) => assignAll(db, homeCoordinator, found, [who]);
    const make = async (who: PersonActor) => {
      await db.insert(roleGrant).values({
        personId: who.personId,
        institutionId: who.institutionId,
        role: 'reviewer',
        validFrom: '2020-01-01',
      });
      return who;
    };
    await expect(assign(await newReviewer())).resolves.toBeUndefined();
    await expect(assign(await make(one.applicant))).rejects.toMatchObject(conflict('self'));
    // The supervisor who endorsed the application.
    const { rows } = await db.$client.query<{ supervisor_id: string }>(
      'select supervisor_id from endorsement where application_id = $1',
      [one.id],
    );
    const endorser = await newReviewer();
    await db.execute(
      `update endorsement set supervisor_id = '${endorser.personId}' where application_id = '${one.id}'`,
    );
    expect(rows.length).toBeGreaterThan(0);
    await expect(assign(endorser)).rejects.toMatchObject(conflict('student'));
    // The applicant is made the candidate of a thesis, then its co-supervisor.
    await db.execute(
      `update application set applicant_id = '${thesis.candidate.personId}' where id = '${one.id}'`,
    );
    await expect(assign(await make(thesis.coSupervisor))).rejects.toMatchObject(conflict('student'));
    await db.execute(
      `update application set applicant_id = '${thesis.coSupervisor.personId}' where id = '${one.id}'`,
    );
    await expect(assign(await make(thesis.candidate))).rejects.toMatchObject(conflict('supervisor'));
    const mate = await newReviewer();
    await db
      .update(person)
      .set({ laboratory: 'Laboratory 14' })
      .where(inArray(person.id, [mate.personId, thesis.coSupervisor.personId]));
    await expect(assign(mate)).rejects.toMatchObject(conflict('laboratory'));
  });

  it('takes nobody without the role, and nobody twice', async () => {
    const found = await addReviewCall(db, people, now, { applicants: 1 });
    const reviewer = await newReviewer();
    await expect(assignAll(db, homeCoordinator, found, [hostCoordinator])).rejects.toMatchObject({
      fields: { reviewer: ['reviews.notReviewer'] },
    });
    await assignAll(db, homeCoordinator, found, [reviewer]);
    await expect(assignAll(db, hostCoordinator, found, [reviewer])).rejects.toMatchObject({
      code: 'stale',
      reason: 'reviews.alreadyAssigned',
    });
    expect(await reviewsIn(found.applications.map((one) => one.id))).toHaveLength(1);
  });

  it('of two coordinators at once lets one through', async () => {
    const found = await addReviewCall(db, people, now, { applicants: 1 });
    const reviewer = await newReviewer();
    const both = await Promise.allSettled([
      assignAll(db, homeCoordinator, found, [reviewer]),
      assignAll(db, hostCoordinator, found, [reviewer]),
    ]);
    expect(both.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('is not of an application that was withdrawn meanwhile', async () => {
    const found = await addReviewCall(db, people, now, { applicants: 1 });
    const [one] = found.applications;
    const [row] = await db
      .select()
      .from(application)
      .where(eq(application.id, one?.id ?? ''));
    const gone = { reference: row?.reference ?? '', revision: row?.revision ?? '' };
    if (one) await withdrawApplication(db, one.applicant, gone, found.after);
    await expect(assignAll(db, homeCoordinator, found, [await newReviewer()])).rejects.toMatchObject({
      code: 'stale',
      reason: 'reviews.notEligible',
    });
  });

  it('is proposed evenly and without conflicts, and as it was proposed it is applied', async () => {
    const found = await addReviewCall(db, people, now, { applicants: 3 });
    const proposal = await balanceProposal(db, homeCoordinator, found.call, found.after);
    expect(proposal.seats).toHaveLength(6);
    const loads = proposal.reviewers.map((one) => one.before + one.added);
    expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
    expect(await reviewsIn(found.applications.map((one) => one.id))).toEqual([]);
    const given = { reference: found.call, seats: proposal.seats, dueOn: proposal.dueOn };
    await assignReviewers(db, homeCoordinator, given, found.after);
    const again = await balanceProposal(db, hostCoordinator, found.call, found.after);
    expect([again.seats, again.short]).toEqual([[], []]);
  });
});

describe('taking back, returning and reminding', () => {
  const assigned = async () => {
    const found = await addReviewCall(db, people, now, { applicants: 1 });
    const reviewer = await newReviewer();
    await assignAll(db, homeCoordinator, found, [reviewer]);
    const [about] = found.applications;
    if (!about) throw new Error('no application');
    const current = () => reviewOf(db, about.id, reviewer);
    return { found, reviewer, about, current };
  };

  it('releases an assignment, tells the reviewer, and may give it again', async () => {
    const { found, reviewer, about, current } = await assigned();
    const { reviewId, revision } = await current();
    const decision = { reference: found.call, reviewId, revision };
    await expect(releaseReview(db, reviewer, decision)).rejects.toMatchObject({ code: 'forbidden' });
    await releaseReview(db, hostCoordinator, decision);
    await expect(releaseReview(db, hostCoordinator, decision)).rejects.toMatchObject({ code: 'stale' });
    expect(await told('reviews.released', reviewer)).toBe(1);
    await expect(reviewPage(db, reviewer, reviewId)).rejects.toMatchObject({ code: 'not-found' });
    await assignAll(db, homeCoordinator, found, [reviewer]);
    expect((await current()).state).toBe('assigned');
    expect(await codesOf(reviewId)).toEqual(['review.assign', 'review.release', 'review.reassign']);
    const elsewhere = await addReviewCall(db, people, now, { applicants: 1 });
    const wrong = { ...(await current()), reference: elsewhere.call };
    await expect(releaseReview(db, homeCoordinator, wrong)).rejects.toMatchObject({ code: 'not-found' });
    expect(about.id).toBeTruthy();
  });

  it('returns a submitted review with a reason; until it comes again it counts as missing', async () => {
    const { found, reviewer, about, current } = await assigned();
    await submitGrades(db, about.id, reviewer, [3, 2], found.after);
    const decision = { reference: found.call, ...(await current()), reason: '' };
    await expect(reopenReview(db, homeCoordinator, decision)).rejects.toMatchObject({
      fields: { reason: ['reasonRequired'] },
    });
    await reopenReview(db, homeCoordinator, { ...decision, reason: 'Say more about the method.' });
    const board = await reviewBoard(db, homeCoordinator, found.call, found.after);
    expect(board.sides[0]?.rows[0]?.standing).toMatchObject({ score: null, given: 0 });
    expect((await reviewPage(db, reviewer, decision.reviewId)).review.stateReason).toBe(
      'Say more about the method.',
    );
    expect(await told('reviews.reopened', reviewer)).toBe(1);
  });

  it('reminds by hand once a day', async () => {
    const { found, reviewer } = await assigned();
    const remind = (at: Date) => remindReviewers(db, homeCoordinator, { reference: found.call }, at);
    expect(await remind(found.after)).toEqual({ count: 1 });
    await expect(remind(new Date(found.after.getTime() + 3_600_000))).rejects.toMatchObject({
      reason: 'reviews.nobodyToRemind',
    });
    expect(await told('reviews.reminder', reviewer)).toBe(1);
    await expect(remindReviewers(db, reviewer, { reference: found.call })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('reminds on its own three days before, and once overdue: once each', async () => {
    const { found, reviewer, about } = await assigned();
    const dueAt = new Date(`${found.dueOn}T15:00:00Z`);
    const at = (days: number) => remindOfDueReviews(db, new Date(dueAt.getTime() + days * DAY));
    await db.update(review).set({ remindedAt: null }).where(eq(review.applicationId, about.id));
    await at(-3.5);
    expect(await told('reviews.dueSoon', reviewer)).toBe(0);
    await at(-2.9);
    await at(-1);
    expect(await told('reviews.dueSoon', reviewer)).toBe(1);
    await at(0.1);
    await at(1);
    expect(await told('reviews.overdue', reviewer)).toBe(1);
    await submitGrades(db, about.id, reviewer, [1, 1], found.after);
    await at(9);
    expect(await told('reviews.overdue', reviewer)).toBe(1);
  });

  it('keeps a conflict the committee knows of, once the reviewer has the application no longer', async () => {
    const { found, reviewer, about, current } = await assigned();
    const input = {
      reference: found.call,
      applicationId: about.id,
      reviewerId: reviewer.personId,
      reason: 'Co-authors since 2019.',
    };
    await expect(declareConflict(db, homeCoordinator, input)).rejects.toMatchObject({
      fields: { conflicted: ['reviews.releaseFirst'] },
    });
    await releaseReview(db, homeCoordinator, { reference: found.call, ...(await current()) });
    await expect(declareConflict(db, homeCoordinator, { ...input, reason: ' ' })).rejects.toMatchObject({
      fields: { conflictReason: ['reasonRequired'] },
    });
    await declareConflict(db, homeCoordinator, input);
    await declareConflict(db, hostCoordinator, input);
    const page = await committeeApplication(
      db,
      homeCoordinator,
      { call: found.call, application: about.reference },
      found.after,
    );
    expect(page.candidates.find((one) => one.id === reviewer.personId)?.conflict).toBe('declared');
    expect(page.declared).toHaveLength(1);
    await expect(assignAll(db, homeCoordinator, found, [reviewer])).rejects.toMatchObject(
      conflict('declared'),
    );
  });
});

describe('a review', () => {
  const assigned = async (options: Parameters<typeof addReviewCall>[3] = {}) => {
    const found = await addReviewCall(db, people, now, { applicants: 1, ...options });
    const reviewer = await newReviewer();
    await assignAll(db, homeCoordinator, found, [reviewer]);
    const [about] = found.applications;
    if (!about) throw new Error('no application');
    return { found, reviewer, about, ...(await reviewOf(db, about.id, reviewer)) };
  };

  it('is saved as far as it goes, and read by nobody else', async () => {
    const { found, reviewer, about, reviewId, revision } = await assigned();
    await saveReview(db, reviewer, { reviewId, revision, typed: typedReview(3, '') });
    expect((await reviewPage(db, reviewer, reviewId)).review).toMatchObject({
      scores: { novelty: 3 },
      confidential: 'Between us: fund this first.',
    });
    const page = await committeeApplication(
      db,
      homeCoordinator,
      { call: found.call, application: about.reference },
      found.after,
    );
    expect(page.reviews[0]).toMatchObject({ scores: {}, comment: '', confidential: '' });
    // The same form sent twice is no conflict; another one is.
    await saveReview(db, reviewer, { reviewId, revision, typed: typedReview(3, '') });
    await expect(
      saveReview(db, reviewer, { reviewId, revision, typed: typedReview(1, '') }),
    ).rejects.toMatchObject({ code: 'stale' });
  });

  it('is submitted whole, weighted by the call, and then counts', async () => {
    const { found, reviewer, about, reviewId, revision } = await assigned();
    const submit = (typed: Record<string, string>) =>
      submitReview(db, reviewer, { reviewId, revision, typed }, found.after);
    await expect(submit({ ...typedReview(3, ''), comment: ' ' })).rejects.toMatchObject({
      reason: 'reviews.incomplete',
      fields: { 'score.method': ['reviews.giveScore'], comment: ['reviews.giveComment'] },
    });
    await expect(submit(typedReview(9, 1))).rejects.toMatchObject({
      fields: { 'score.novelty': ['choice'] },
    });
    await expect(submit({ ...typedReview(3, 1), comment: 'x'.repeat(6001) })).rejects.toMatchObject({
      fields: { comment: ['reviews.commentTooLong'] },
    });
    await submit(typedReview(3, 1));
    await expect(submit(typedReview(3, 1))).rejects.toMatchObject({ reason: 'reviews.alreadySubmitted' });
    const [row] = await reviewsIn([about.id]);
    expect(row).toMatchObject({ state: 'submitted', scores: { novelty: 3, method: 1 } });
    expect(row?.mean).toBeCloseTo(2.2, 10);
    expect(await codesOf(reviewId)).toEqual(['review.assign', 'review.submit']);
    expect(await told('reviews.complete', homeCoordinator)).toBeGreaterThan(0);
    const board = await reviewBoard(db, hostCoordinator, found.call, found.after);
    expect(board.progress).toMatchObject({ submitted: 1, waiting: 0, overdue: 0, unassigned: 1 });
    expect(await reviewTasks(db, reviewer)).toEqual([]);
    expect((await reviewQueue(db, reviewer)).past).toHaveLength(1);
  });

  it('is its reviewer’s alone: to another reviewer, the applicant and the committee it is not there', async () => {
    const { reviewer, about, reviewId, revision } = await assigned();
    for (const stranger of [await newReviewer(), about.applicant, homeCoordinator]) {
      const input = { reviewId, revision, typed: typedReview(3, 3) };
      await expect(reviewPage(db, stranger, reviewId)).rejects.toMatchObject({ code: 'not-found' });
      await expect(saveReview(db, stranger, input)).rejects.toMatchObject({ code: 'not-found' });
      await expect(submitReview(db, stranger, input)).rejects.toMatchObject({ code: 'not-found' });
      await expect(recuseReviewer(db, stranger, { ...input, reason: 'x' })).rejects.toMatchObject({
        code: 'not-found',
      });
    }
    await expect(reviewPage(db, reviewer, 'none')).rejects.toMatchObject({ code: 'not-found' });
    const former = { ...reviewer, grants: [] };
    await expect(reviewPage(db, former, reviewId)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(reviewQueue(db, former)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('is given up for a conflict of interest, with a reason, for good', async () => {
    const { found, reviewer, about, reviewId, revision } = await assigned();
    await expect(recuseReviewer(db, reviewer, { reviewId, revision, reason: ' ' })).rejects.toMatchObject({
      fields: { reason: ['reasonRequired'] },
    });
    await recuseReviewer(db, reviewer, { reviewId, revision, reason: 'I wrote the plan with them.' });
    expect((await reviewOf(db, about.id, reviewer)).state).toBe('recused');
    const page = await reviewPage(db, reviewer, reviewId);
    expect([page.application.title, page.application.workPlan, page.identity]).toEqual(['', '', null]);
    expect(await told('reviews.recused', hostCoordinator)).toBeGreaterThan(0);
    await expect(assignAll(db, homeCoordinator, found, [reviewer])).rejects.toMatchObject(
      conflict('declared'),
    );
    expect(await reviewsFilesOf(db, reviewer, about.id)).toBe(false);
  });

  it('is not submitted once a connection has become known', async () => {
    const { found, reviewer, about, reviewId, revision } = await assigned();
    await db
      .update(person)
      .set({ laboratory: 'Laboratory 3', institutionId: reviewer.institutionId })
      .where(inArray(person.id, [reviewer.personId, about.applicant.personId]));
    await expect(
      submitReview(db, reviewer, { reviewId, revision, typed: typedReview(3, 3) }, found.after),
    ).rejects.toMatchObject({ code: 'invalid', reason: 'reviews.conflictNow' });
  });

  it('is over when the application is withdrawn, and out of the queue', async () => {
    const { found, reviewer, about, reviewId, revision } = await assigned();
    const [row] = await db.select().from(application).where(eq(application.id, about.id));
    const gone = { reference: about.reference, revision: row?.revision ?? '' };
    await withdrawApplication(db, about.applicant, gone, found.after);
    const input = { reviewId, revision, typed: typedReview(3, 3) };
    await expect(submitReview(db, reviewer, input)).rejects.toMatchObject({ reason: 'reviews.over' });
    expect((await reviewQueue(db, reviewer)).waiting).toEqual([]);
  });

  it('shows in an open call who applies, with the files; in a blind one neither', async () => {
    const open = await assigned();
    const seen = await reviewPage(db, open.reviewer, open.reviewId);
    expect(seen.identity?.documents).toHaveLength(1);
    expect(seen.identity?.endorsement?.words).toContain('careful experimenter');
    expect(await reviewsFilesOf(db, open.reviewer, open.about.id)).toBe(true);
    expect(await reviewsFilesOf(db, await newReviewer(), open.about.id)).toBe(false);
    const blind = await assigned({ call: { blindReview: true } });
    const hidden = await reviewPage(db, blind.reviewer, blind.reviewId);
    expect(hidden.identity).toBeNull();
    expect(hidden.application.workPlan).toContain('P507');
    expect(await reviewsFilesOf(db, blind.reviewer, blind.about.id)).toBe(false);
  });

  it('is read by the applicant only after the decision, without the confidential part', async () => {
    const { found, reviewer, about } = await assigned();
    await submitGrades(db, about.id, reviewer, [3, 3], found.after);
    expect(await reviewCommentsOf(db, about.id)).toEqual([]);
    await db.update(call).set({ state: 'decided' }).where(eq(call.reference, found.call));
    const comments = await reviewCommentsOf(db, about.id);
    expect(comments.map((one) => one.comment)).toEqual([typedReview(1, 1).comment]);
    expect(JSON.stringify(comments)).not.toContain('Between us');
    expect(JSON.stringify(comments)).not.toContain(reviewer.personId);
  });
});
