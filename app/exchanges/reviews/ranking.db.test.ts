import { and, eq, isNull } from 'drizzle-orm';
import { extractText, getDocumentProxy } from 'unpdf';
import { describe, expect, it } from 'vitest';
import type { PersonActor } from '#app/platform/actor.ts';
import { application, call } from '#db/schema/exchanges.ts';
import { person } from '#db/schema/people.ts';
import { auditRow, delivery, message, signature, version } from '#db/schema/platform.ts';
import { useDatabase } from '#tests/support/database.ts';
import { addApplication, addExchangePeople, makeEligible, revisionOf } from '#tests/support/exchange.ts';
import { type Applied, addReviewCall, assignAll, reviewOf, submitGrades } from '#tests/support/review.ts';
import { addPerson } from '#tests/support/thesis.ts';
import { withdrawApplication } from '../withdraw-application.ts';
import { fixRanking } from './fix-ranking.ts';
import { rankingPdf } from './ranking-paper.tsx';
import { rankingPage, rankingPaper } from './ranking-queries.ts';
import { releaseReview } from './release-review.ts';
import { reopenReview } from './reopen-review.ts';
import { reviewTasks } from './review-waiting.ts';
import { signRanking } from './sign-ranking.ts';

const { db } = await useDatabase();
const people = await addExchangePeople(db);
const { homeCoordinator, hostCoordinator } = people;
const now = new Date('2026-11-21T10:00:00Z');

type Found = Awaited<ReturnType<typeof addReviewCall>>;
const text = {
  'text.en': 'The committee met on 5 December.',
  'text.ru': 'Комиссия заседала 5 декабря.',
};

/** A call whose reviews are all in: by application, the grades of the two reviewers. */
async function reviewed(grades: [novelty: number, method: number][][], places = 1) {
  const found = await addReviewCall(db, people, now, {
    applicants: grades.length,
    call: { placesToRu: places },
  });
  const reviewers = [
    await addPerson(db, 'GIREDMET', ['reviewer']),
    await addPerson(db, 'IITISM', ['reviewer']),
  ];
  await assignAll(db, homeCoordinator, found, reviewers);
  for (const [index, one] of found.applications.entries()) {
    for (const [at, reviewer] of reviewers.entries()) {
      await submitGrades(db, one.id, reviewer, grades[index]?.[at] ?? [1, 1], found.after);
    }
  }
  return { ...found, reviewers };
}

const pageOf = (found: Found, who = homeCoordinator) => rankingPage(db, who, found.call, found.after);

/** Fixes the ranking as the form on the screen would. */
async function fix(found: Found, typed: Record<string, string>, who = homeCoordinator) {
  const page = await pageOf(found, who);
  const shown = { standings: page.standingsHash, hash: page.protocol?.version.hash ?? '' };
  return fixRanking(db, who, { reference: found.call, ...shown, typed: { ...text, ...typed } }, found.after);
}

async function sign(found: Found, who: PersonActor, hash?: string) {
  const hashShown = hash ?? (await pageOf(found, who)).protocol?.version.hash ?? '';
  return signRanking(db, who, { reference: found.call, hashShown, locale: 'en' }, found.after);
}

const stateOf = async (one: Applied | undefined) => {
  const [row] = await db
    .select()
    .from(application)
    .where(eq(application.id, one?.id ?? ''));
  return row && { state: row.state, rank: row.rank, score: row.score, dueAt: row.dueAt };
};
const callRow = async (found: Found) => {
  const [row] = await db.select().from(call).where(eq(call.reference, found.call));
  if (!row) throw new Error('no call');
  return row;
};
const told = async (code: string, who: PersonActor) => {
  const rows = await db
    .select({ id: delivery.id })
    .from(delivery)
    .innerJoin(message, eq(message.id, delivery.messageId))
    .where(and(eq(message.code, code), eq(delivery.personId, who.personId), eq(delivery.channel, 'inbox')));
  return rows.length;
};

describe('a ranking', () => {
  it('signed by both moves every application and the call, and everybody is told', async () => {
    const found = await reviewed([
      [
        [3, 3],
        [3, 3],
      ],
      [
        [2, 2],
        [3, 2],
      ],
      [
        [1, 1],
        [1, 2],
      ],
    ]);
    const [first, second, third] = found.applications;
    expect(await fix(found, { 'reserve.ru': '1' })).toEqual({ number: 1 });
    expect(await told('reviews.toSign', hostCoordinator)).toBe(1);
    expect((await reviewTasks(db, hostCoordinator)).map((task) => task.href)).toContain(
      `/calls/${found.call}/ranking`,
    );
    expect(await sign(found, homeCoordinator)).toEqual({ complete: false });
    expect(await stateOf(first)).toMatchObject({ state: 'eligible' });
    expect(await sign(found, hostCoordinator)).toEqual({ complete: true });
    const { nominateBy, state } = await callRow(found);
    expect(state).toBe('decided');
    expect(await stateOf(first)).toEqual({ state: 'selected', rank: 1, score: 3, dueAt: nominateBy });
    expect(await stateOf(second)).toEqual({ state: 'reserve', rank: 2, score: 2.3, dueAt: null });
    expect(await stateOf(third)).toEqual({ state: 'not-selected', rank: 3, score: 1.2, dueAt: null });
    expect(await told('exchanges.selected', first?.applicant ?? homeCoordinator)).toBe(1);
    expect(await told('exchanges.reserve', second?.applicant ?? homeCoordinator)).toBe(1);
    expect(await told('exchanges.notSelected', third?.applicant ?? homeCoordinator)).toBe(1);
    for (const who of [homeCoordinator, hostCoordinator, ...found.reviewers]) {
      expect(await told('reviews.decided', who)).toBe(1);
    }
    const codes = await db
      .select({ code: auditRow.code })
      .from(auditRow)
      .where(eq(auditRow.subjectId, first?.id ?? ''));
    expect(codes.map((row) => row.code)).toContain('application.select');
    expect(await reviewTasks(db, hostCoordinator)).toEqual([]);
    // Sent twice, it was signed by the first.
    await expect(sign(found, hostCoordinator)).rejects.toMatchObject({ code: 'stale' });
    await expect(fix(found, { 'reserve.ru': '2' })).rejects.toMatchObject({ code: 'stale' });
  });

  it('is fixed and signed by the committee alone', async () => {
    const found = await reviewed([
      [
        [3, 3],
        [3, 3],
      ],
    ]);
    const { standingsHash } = await pageOf(found);
    const input = { reference: found.call, standings: standingsHash, hash: '', typed: text };
    const strangers = [
      found.applications[0]?.applicant,
      found.reviewers[0],
      await addPerson(db, 'TEXMIN', ['coordinator']),
    ];
    for (const stranger of strangers) {
      if (!stranger) throw new Error('nobody');
      await expect(fixRanking(db, stranger, input, found.after)).rejects.toMatchObject({ code: 'forbidden' });
      await expect(sign(found, stranger, 'x')).rejects.toMatchObject({ code: 'forbidden' });
      await expect(rankingPaper(db, stranger, found.call)).rejects.toMatchObject({ code: 'forbidden' });
    }
    await expect(rankingPaper(db, homeCoordinator, found.call)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('waits for every review that is assigned, unless it is taken back', async () => {
    const found = await addReviewCall(db, people, now, { applicants: 1 });
    const reviewers = [
      await addPerson(db, 'GIREDMET', ['reviewer']),
      await addPerson(db, 'GIREDMET', ['reviewer']),
    ];
    await assignAll(db, homeCoordinator, found, reviewers);
    const [one] = found.applications;
    const [writer, silent] = reviewers;
    if (!one || !writer || !silent) throw new Error('nobody');
    expect((await pageOf(found)).blockers).toMatchObject({ outstanding: 2, unreviewed: [one.reference] });
    await submitGrades(db, one.id, writer, [3, 1], found.after);
    await expect(fix(found, {})).rejects.toMatchObject({ reason: 'reviews.notComplete' });
    await releaseReview(db, homeCoordinator, {
      reference: found.call,
      ...(await reviewOf(db, one.id, silent)),
    });
    await fix(found, {});
    const page = await pageOf(found);
    expect(page.protocol?.content.sides[0]?.rows[0]).toMatchObject({ given: 1, expected: 2, score: 2.2 });
  });

  it('waits for applications whose eligibility is not decided', async () => {
    const found = await reviewed([
      [
        [3, 3],
        [3, 3],
      ],
    ]);
    const [one] = found.applications;
    const late = await addPerson(db, 'IITISM', ['student']);
    const early = await addReviewCall(db, people, now, { applicants: 0 });
    await db.update(call).set({ state: 'published' }).where(eq(call.reference, early.call));
    const other = await addApplication(db, late, early.call, now);
    const { id } = await callRow(found);
    await db.update(application).set({ callId: id }).where(eq(application.id, other.id));
    expect((await pageOf(found)).blockers).toMatchObject({ unchecked: 1, nothing: false });
    await expect(fix(found, {})).rejects.toMatchObject({ reason: 'reviews.notComplete' });
    await makeEligible(db, people, other.reference, found.after);
    expect((await pageOf(found)).blockers).toMatchObject({ unchecked: 0, unreviewed: [other.reference] });
    expect(one).toBeDefined();
  });

  it('asks the committee to order equals at the cut, with a reason, and takes no half of it', async () => {
    const equal: [number, number][] = [
      [2, 2],
      [2, 2],
    ];
    const found = await reviewed(
      [
        equal,
        equal,
        [
          [3, 3],
          [3, 3],
        ],
      ],
      2,
    );
    const [first, second] = found.applications;
    const refs = [first?.reference ?? '', second?.reference ?? ''];
    const page = await pageOf(found);
    expect(page.ties).toMatchObject([{ key: 'ru-200', toOrder: true, ordered: false }]);
    await expect(fix(found, { 'reserve.ru': 'x' })).rejects.toMatchObject({
      fields: { 'reserve.ru': ['number'], [`order.${refs[0]}`]: ['reviews.orderTie'] },
    });
    const reason = { 'tie.ru-200.en': 'The plan is ready.', 'tie.ru-200.ru': 'План готов.' };
    const order = (a: string, b: string) => ({ [`order.${refs[0]}`]: a, [`order.${refs[1]}`]: b });
    await expect(fix(found, { ...reason, ...order('1', '1') })).rejects.toMatchObject({
      fields: { [`order.${refs[1]}`]: ['reviews.orderTie'] },
    });
    await expect(fix(found, { 'tie.ru-200.en': 'Only here', ...order('2', '1') })).rejects.toMatchObject({
      fields: { 'tie.ru-200.ru': ['required'] },
    });
    await fix(found, { 'reserve.ru': '0', ...reason, ...order('2', '1') });
    await sign(found, homeCoordinator);
    await sign(found, hostCoordinator);
    expect(await stateOf(second)).toMatchObject({ state: 'selected', rank: 2 });
    expect(await stateOf(first)).toMatchObject({ state: 'not-selected', rank: 3 });
  });

  it('fixed anew voids the signatures given, and the old text can no longer be signed', async () => {
    const found = await reviewed([
      [
        [3, 3],
        [3, 3],
      ],
    ]);
    await fix(found, { 'reserve.ru': '0' });
    const before = (await pageOf(found)).protocol?.version.hash ?? '';
    await sign(found, homeCoordinator);
    // Two coordinators fix at once: the second's form is of the version before.
    const stale = await pageOf(found, hostCoordinator);
    await fix(found, { 'reserve.ru': '2' });
    const old = { standings: stale.standingsHash, hash: before };
    await expect(
      fixRanking(db, hostCoordinator, { reference: found.call, ...old, typed: text }, found.after),
    ).rejects.toMatchObject({ code: 'stale' });
    await expect(sign(found, hostCoordinator, before)).rejects.toMatchObject({ code: 'stale' });
    const page = await pageOf(found);
    expect(page.protocol?.version.number).toBe(2);
    expect(page.protocol?.voided).toHaveLength(1);
    expect(page.protocol?.parties.every((party) => party.signature === null)).toBe(true);
    await sign(found, hostCoordinator);
    expect((await callRow(found)).state).toBe('in-review');
    await sign(found, homeCoordinator);
    expect((await callRow(found)).state).toBe('decided');
  });

  it('cannot be signed once the reviews or the applications say something else', async () => {
    const found = await reviewed([
      [
        [3, 3],
        [3, 3],
      ],
      [
        [1, 1],
        [1, 1],
      ],
    ]);
    const [first, second] = found.applications;
    const [reviewer] = found.reviewers;
    if (!first || !second || !reviewer) throw new Error('nobody');
    await fix(found, { 'reserve.ru': '1' });
    await sign(found, homeCoordinator);
    const reopened = {
      reference: found.call,
      ...(await reviewOf(db, second.id, reviewer)),
      reason: 'Look again.',
    };
    await reopenReview(db, homeCoordinator, reopened);
    await expect(sign(found, hostCoordinator)).rejects.toMatchObject({ reason: 'reviews.notComplete' });
    await submitGrades(db, second.id, reviewer, [3, 3], found.after);
    await expect(sign(found, hostCoordinator)).rejects.toMatchObject({ reason: 'reviews.rankingOutdated' });
    await fix(found, { 'reserve.ru': '1' });
    const gone = { reference: second.reference, revision: await revisionOf(db, second.reference) };
    await withdrawApplication(db, second.applicant, gone, found.after);
    expect(await pageOf(found)).toMatchObject({ outdated: true, maySign: false });
    await expect(sign(found, hostCoordinator)).rejects.toMatchObject({ reason: 'reviews.rankingOutdated' });
    const { id } = await callRow(found);
    const standing = await db
      .select({ id: signature.id })
      .from(signature)
      .innerJoin(version, eq(version.id, signature.versionId))
      .where(and(eq(version.subjectId, id), eq(version.subjectType, 'ranking'), isNull(signature.voidedAt)));
    expect(standing).toEqual([]);
  });

  it('of which one application cannot be moved moves none', async () => {
    const found = await reviewed([
      [
        [3, 3],
        [3, 3],
      ],
      [
        [1, 1],
        [1, 1],
      ],
    ]);
    const [first, second] = found.applications;
    await fix(found, { 'reserve.ru': '1' });
    await sign(found, homeCoordinator);
    // A rule of the database stands for whatever may go wrong with the last of them.
    await db.execute(
      `create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$`,
    );
    await db.execute(
      `create trigger refuse before update on application for each row when (new.id = '${second?.id}') execute function refuse()`,
    );
    await expect(sign(found, hostCoordinator)).rejects.toThrow();
    await db.execute('drop trigger refuse on application');
    expect(await stateOf(first)).toMatchObject({ state: 'eligible', rank: null });
    expect((await callRow(found)).state).toBe('in-review');
    expect(await told('exchanges.selected', first?.applicant ?? homeCoordinator)).toBe(0);
    expect((await pageOf(found)).protocol?.parties.filter((party) => party.signature !== null)).toHaveLength(
      1,
    );
    expect(await sign(found, hostCoordinator)).toEqual({ complete: true });
  });
});

describe('the protocol on paper', () => {
  it('names everybody in both scripts, with scores, decisions, reasons and signatures', async () => {
    const equal: [number, number][] = [
      [2, 2],
      [2, 2],
    ];
    const found = await reviewed([equal, equal]);
    const [first, second] = found.applications;
    await db
      .update(person)
      .set({ givenName: 'Deepika', familyName: 'Kumari', givenNameRu: 'Дипика', familyNameRu: 'Кумари' })
      .where(eq(person.id, first?.applicant.personId ?? ''));
    await fix(found, {
      'reserve.ru': '1',
      'tie.ru-200.en': 'The stay of the first begins earlier.',
      'tie.ru-200.ru': 'Первая стажировка начинается раньше.',
      [`order.${first?.reference}`]: '1',
      [`order.${second?.reference}`]: '2',
    });
    const read = async () => {
      const bytes = await rankingPdf(await rankingPaper(db, hostCoordinator, found.call));
      const { text: words } = await extractText(await getDocumentProxy(bytes), { mergePages: true });
      return words.replace(/\s+/g, ' ');
    };
    expect(await read()).toContain('ПОДПИСИ ОБЕИХ СТОРОН ЕЩЁ НЕ ПОЛУЧЕНЫ');
    await sign(found, homeCoordinator);
    await sign(found, hostCoordinator);
    const words = await read();
    for (const one of [
      'Minutes of the selection committee',
      'Протокол заседания конкурсной комиссии',
      'Deepika Kumari',
      'Дипика Кумари',
      first?.reference ?? '',
      second?.reference ?? '',
      '2.00',
      '2,00',
      'reserve list',
      'резервный список',
      'The stay of the first begins earlier.',
      'Первая стажировка начинается раньше.',
      text['text.en'],
      text['text.ru'],
    ]) {
      expect(words).toContain(one);
    }
    expect(words).not.toContain('NOT SIGNED');
  });
});
