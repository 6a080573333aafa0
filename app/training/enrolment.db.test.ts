import { asc, count, eq, inArray } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { PersonActor } from '#app/platform/actor.ts';
import { connect } from '#db/client.server.ts';
import { auditRow, delivery, message } from '#db/schema/platform.ts';
import { courseRun, courseSeat, enrolment, enrolmentMove } from '#db/schema/training.ts';
import { addRun } from '#tests/support/course.ts';
import { useDatabase } from '#tests/support/database.ts';
import { addPerson } from '#tests/support/thesis.ts';
import { answerOffer } from './answer-offer.ts';
import { changeRun } from './change-run.ts';
import { decideRequest } from './decide-request.ts';
import { enrolPerson } from './enrol-person.ts';
import { lapseOffers } from './lapse-offers.ts';
import { withdrawEnrolment } from './withdraw-enrolment.ts';

const { db, url } = await useDatabase();
const now = new Date('2026-11-21T10:00:00Z');
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);

const indian = () => addPerson(db, 'IITISM', []);
const russian = () => addPerson(db, 'GIREDMET', []);
const coordinator = await addPerson(db, 'GIREDMET', ['coordinator']);
const coordinatorIn = await addPerson(db, 'IITISM', ['coordinator']);

const current = async (id: string) => {
  const [row] = await db.select().from(enrolment).where(eq(enrolment.id, id));
  if (!row) throw new Error('no such enrolment');
  return row;
};
const form = async (reference: string, id: string) => ({
  reference,
  enrolmentId: id,
  revision: (await current(id)).revision,
});
const movesOf = async (id: string) =>
  (
    await db
      .select()
      .from(enrolmentMove)
      .where(eq(enrolmentMove.enrolmentId, id))
      .orderBy(asc(enrolmentMove.id))
  ).map(({ fromPlace, toPlace, cause }) => [cause, fromPlace, toPlace]);
const told = async (actor: PersonActor) =>
  (
    await db
      .select({ code: message.code })
      .from(delivery)
      .innerJoin(message, eq(message.id, delivery.messageId))
      .where(eq(delivery.personId, actor.personId))
      .orderBy(asc(delivery.id))
  ).map((row) => row.code);

/** One seat reserved for each side and one for either: three of the Indian side come, two of the Russian. */
async function full() {
  const reference = await addRun(db);
  const people: PersonActor[] = [];
  const ids: string[] = [];
  for (const who of ['in', 'in', 'in', 'ru', 'ru'] as const) {
    const actor = await (who === 'in' ? indian() : russian());
    people.push(actor);
    ids.push((await enrolPerson(db, actor, { reference }, now)).id);
  }
  return { reference, people, ids } as {
    reference: string;
    people: [PersonActor, PersonActor, PersonActor, PersonActor, PersonActor];
    ids: [string, string, string, string, string];
  };
}

describe('enrolling', () => {
  test('fills the seats of a side, then the surplus, then the waitlist', async () => {
    const { ids, people } = await full();
    const rows = await Promise.all(ids.map(current));
    expect(rows.map(({ state, seatPool, place }) => [state, seatPool, place])).toEqual([
      ['confirmed', 'in', null],
      ['confirmed', 'surplus', null],
      ['waiting', null, 1],
      ['confirmed', 'ru', null],
      ['waiting', null, 1],
    ]);
    expect(await movesOf(ids[2])).toEqual([['joined', null, 1]]);
    expect(await told(people[0])).toContain('training.confirmed');
    expect(await told(people[2])).toContain('training.waiting');
    const codes = await db
      .select({ code: auditRow.code })
      .from(auditRow)
      .where(eq(auditRow.subjectId, ids[0]));
    expect(codes.map((row) => row.code).sort()).toEqual(['enrolment.request', 'enrolment.seat']);
  });

  test('twice, after the closing, or in a run that is not there is refused', async () => {
    const reference = await addRun(db);
    const actor = await indian();
    await enrolPerson(db, actor, { reference }, now);
    await expect(enrolPerson(db, actor, { reference }, now)).rejects.toMatchObject({
      reason: 'training.enrolledAlready',
    });
    // Midnight in Moscow is 21:00 UTC of the day before.
    const closing = new Date('2027-01-17T21:00:00Z');
    await expect(enrolPerson(db, await indian(), { reference }, closing)).rejects.toMatchObject({
      reason: 'training.closed',
    });
    await expect(enrolPerson(db, actor, { reference: 'RUN-1999-0001' }, now)).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  test('the last seat under 200 requests at once goes to one person', { timeout: 120_000 }, async () => {
    const reference = await addRun(db, { seats: 1, quotaIn: 0, quotaRu: 0 });
    const people: PersonActor[] = [];
    for (let i = 0; i < 200; i += 1) people.push(await (i % 2 ? indian() : russian()));
    const crowd = connect(url, { max: 40 });
    try {
      const answers = await Promise.all(people.map((actor) => enrolPerson(crowd, actor, { reference }, now)));
      const rows = await db
        .select()
        .from(enrolment)
        .where(
          inArray(
            enrolment.id,
            answers.map((one) => one.id),
          ),
        )
        .orderBy(asc(enrolment.queueNumber));
      expect(rows.filter((row) => row.state === 'confirmed')).toHaveLength(1);
      expect(rows[0]?.state).toBe('confirmed');
      expect(rows.map((row) => row.queueNumber)).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
      for (const side of ['in', 'ru'] as const) {
        const places = rows
          .filter((row) => row.side === side && row.state === 'waiting')
          .map((row) => row.place);
        expect(places).toEqual(places.map((_, i) => i + 1));
      }
    } finally {
      await crowd.$client.end();
    }
  });

  test('the database itself refuses a second person on a seat and a seat of the other side', async () => {
    const { ids } = await full();
    const [first, , waiting, russian, waitingRu] = await Promise.all(ids.map(current));
    const take = (id: string | undefined, of: typeof first) =>
      db
        .update(enrolment)
        .set({ state: 'confirmed', place: null, seatId: of?.seatId, seatPool: of?.seatPool })
        .where(eq(enrolment.id, id ?? ''));
    await expect(take(waiting?.id, first)).rejects.toMatchObject({ cause: { constraint: 'enrolment_seat' } });
    await expect(take(waitingRu?.id, first)).rejects.toMatchObject({
      cause: { constraint: expect.stringMatching(/enrolment_seat/) },
    });
    expect(russian?.seatPool).toBe('ru');
    const seats = db.insert(courseSeat).values({ runId: first?.runId ?? '', pool: 'surplus' });
    await expect(seats).rejects.toMatchObject({ cause: { constraint: 'course_seats_match' } });
  });
});

describe('a freed seat', () => {
  test('of the surplus goes to whoever came first; everybody sees why their place changed', async () => {
    const { reference, people, ids } = await full();
    const third = await enrolPerson(db, await indian(), { reference }, now);
    await withdrawEnrolment(db, people[1], await form(reference, ids[1]), later(1));
    expect(await current(ids[2])).toMatchObject({
      state: 'offered',
      seatPool: 'surplus',
      offeredUntil: later(49),
    });
    expect(await movesOf(ids[2])).toEqual([
      ['joined', null, 1],
      ['offered', 1, null],
    ]);
    expect(await movesOf(third.id)).toEqual([
      ['joined', null, 2],
      ['ahead-seated', 2, 1],
    ]);
    expect((await current(ids[4])).place).toBe(1);
    expect(await told(people[2])).toEqual(expect.arrayContaining(['training.waiting', 'training.offered']));
  });

  test('reserved for one side lets a holder of the surplus step back, so that the other side moves too', async () => {
    const { reference, people, ids } = await full();
    // The Indian seat comes free; the second Indian takes it, and the surplus seat goes to the first in line.
    await withdrawEnrolment(db, people[0], await form(reference, ids[0]), now);
    expect(await current(ids[1])).toMatchObject({ state: 'confirmed', seatPool: 'in' });
    expect(await current(ids[2])).toMatchObject({ state: 'offered', seatPool: 'surplus' });
    // Now a Russian leaves: the Russian who waits is next for the Russian seat.
    await withdrawEnrolment(db, people[3], await form(reference, ids[3]), now);
    expect(await current(ids[4])).toMatchObject({ state: 'offered', seatPool: 'ru' });
  });

  test('is kept for 48 hours, then passes on', async () => {
    const { reference, people, ids } = await full();
    const next = await enrolPerson(db, await indian(), { reference }, now);
    await withdrawEnrolment(db, people[1], await form(reference, ids[1]), now);
    await lapseOffers(db, later(47));
    expect((await current(ids[2])).state).toBe('offered');
    await expect(answerOffer(db, people[2], await form(reference, ids[2]), later(48))).rejects.toMatchObject({
      reason: 'training.offerOver',
    });
    await lapseOffers(db, later(48));
    expect((await current(ids[2])).state).toBe('lapsed');
    // First among both sides: the Russian came before the fourth Indian.
    expect(await current(ids[4])).toMatchObject({ state: 'offered', seatPool: 'surplus' });
    expect((await current(next.id)).place).toBe(1);
    expect(await told(people[2])).toContain('training.lapsed');
    expect(await lapseOffers(db, later(48))).toBe(0);
    await answerOffer(db, people[4], await form(reference, ids[4]), later(49));
    expect(await current(ids[4])).toMatchObject({ state: 'confirmed', offeredUntil: null });
  });

  test('is taken once, by the person it was offered to', async () => {
    const { reference, people, ids } = await full();
    await withdrawEnrolment(db, people[1], await form(reference, ids[1]), now);
    const offer = await form(reference, ids[2]);
    await expect(answerOffer(db, people[0], offer, now)).rejects.toMatchObject({ code: 'not-found' });
    await expect(answerOffer(db, coordinator, offer, now)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(withdrawEnrolment(db, coordinatorIn, offer, now)).rejects.toMatchObject({
      code: 'forbidden',
    });
    await answerOffer(db, people[2], offer, now);
    await expect(answerOffer(db, people[2], offer, now)).rejects.toMatchObject({ code: 'stale' });
    const again = await form(reference, ids[2]);
    await expect(answerOffer(db, people[2], again, now)).rejects.toMatchObject({ code: 'stale' });
  });

  test('is offered to nobody once the run has begun', async () => {
    const { reference, people, ids } = await full();
    await withdrawEnrolment(db, people[1], await form(reference, ids[1]), new Date('2027-01-18T06:00:00Z'));
    expect(await current(ids[2])).toMatchObject({ state: 'waiting', place: 1 });
  });
});

describe('what has to be agreed first', () => {
  test('a person of another organisation needs a sponsor, whose coordinator agrees', async () => {
    const reference = await addRun(db, { seats: 2, quotaIn: 1, quotaRu: 1 });
    const guest = await addPerson(db, 'OTHER', []);
    await expect(enrolPerson(db, guest, { reference }, now)).rejects.toMatchObject({
      fields: { sponsor: ['training.sponsorNeeded'] },
    });
    const asked = await enrolPerson(db, guest, { reference, sponsorId: coordinatorIn.institutionId }, now);
    expect(asked).toMatchObject({ state: 'requested', side: 'in' });
    expect(await told(coordinatorIn)).toContain('training.requested');
    const input = { ...(await form(reference, asked.id)), reason: '' };
    await expect(decideRequest(db, coordinator, { ...input, decision: 'agree' }, now)).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(
      decideRequest(db, coordinatorIn, { ...input, decision: 'decline-sponsorship' }, now),
    ).rejects.toMatchObject({ reason: 'reasonRequired' });
    await decideRequest(db, coordinatorIn, { ...input, decision: 'agree' }, now);
    expect(await current(asked.id)).toMatchObject({ state: 'confirmed', seatPool: 'in' });
    await expect(
      decideRequest(db, coordinatorIn, { ...input, decision: 'agree' }, now),
    ).rejects.toMatchObject({
      code: 'stale',
    });
  });

  test('without a certificate of the prerequisite evidence is asked for, and the host accepts it', async () => {
    await addRun(db, { code: 'SAFE' });
    const reference = await addRun(db, { prerequisites: ['SAFE'], seats: 2, quotaIn: 1, quotaRu: 1 });
    const [early, late] = [await indian(), await indian()];
    await expect(enrolPerson(db, early, { reference, evidence: ' ' }, now)).rejects.toMatchObject({
      fields: { evidence: ['training.evidenceNeeded'] },
    });
    const first = await enrolPerson(db, early, { reference, evidence: 'Safety course of 2025' }, now);
    const second = await enrolPerson(db, late, { reference, evidence: 'Инструктаж' }, now);
    const decision = { decision: 'accept-evidence', reason: '' } as const;
    const decide = async (id: string) =>
      decideRequest(db, coordinator, { ...(await form(reference, id)), ...decision }, now);
    await expect(
      decideRequest(db, coordinatorIn, { ...(await form(reference, first.id)), ...decision }, now),
    ).rejects.toMatchObject({ code: 'forbidden' });
    const third = await enrolPerson(db, await indian(), { reference, evidence: 'Third' }, now);
    await decide(second.id);
    await decide(third.id);
    expect((await current(second.id)).state).toBe('confirmed');
    expect(await current(third.id)).toMatchObject({ state: 'waiting', place: 1 });
    // Accepted late, the first keeps the place of arrival: the other is told why they moved back.
    await decide(first.id);
    expect(await current(first.id)).toMatchObject({ state: 'waiting', place: 1 });
    expect(await movesOf(third.id)).toEqual([
      ['joined', null, 1],
      ['ahead-joined', 1, 2],
    ]);
  });

  test('a refusal has a reason and leaves no seat behind', async () => {
    await addRun(db, { code: 'SAFE-2' });
    const reference = await addRun(db, { prerequisites: ['SAFE-2'] });
    const actor = await russian();
    const asked = await enrolPerson(db, actor, { reference, evidence: 'None' }, now);
    const input = { ...(await form(reference, asked.id)), decision: 'refuse-evidence' } as const;
    await decideRequest(db, coordinator, { ...input, reason: 'No document was given.' }, now);
    expect(await current(asked.id)).toMatchObject({
      state: 'refused',
      stateReason: 'No document was given.',
    });
    expect(await told(actor)).toContain('training.refused');
    await expect(enrolPerson(db, actor, { reference, evidence: 'Here it is' }, now)).resolves.toBeTruthy();
  });
});

describe('the size of a run', () => {
  const size = async (reference: string, seats: number, quotaIn: number, quotaRu: number) => {
    const [run] = await db.select().from(courseRun).where(eq(courseRun.reference, reference));
    return { reference, seats, quotaIn, quotaRu, revision: run?.revision ?? '', instructorId: null };
  };

  test('is never lowered under those who hold seats', async () => {
    const { reference } = await full();
    const tooSmall: [number, number, number][] = [
      [2, 1, 1],
      [3, 1, 2],
      [3, 0, 3],
    ];
    for (const [seats, quotaIn, quotaRu] of tooSmall) {
      await expect(
        changeRun(db, coordinator, await size(reference, seats, quotaIn, quotaRu), now),
      ).rejects.toMatchObject({ reason: 'training.seatsTaken', params: { held: 3, in: 2, ru: 1 } });
    }
    await changeRun(db, coordinator, await size(reference, 3, 2, 1), now);
    await changeRun(db, coordinator, await size(reference, 3, 0, 0), now);
    const [run] = await db.select().from(courseRun).where(eq(courseRun.reference, reference));
    const [seats] = await db
      .select({ n: count() })
      .from(courseSeat)
      .where(eq(courseSeat.runId, run?.id ?? ''));
    expect(seats?.n).toBe(3);
  });

  test('raised, offers the new seats in the order of arrival', async () => {
    const { reference, ids } = await full();
    await changeRun(db, coordinator, await size(reference, 4, 1, 1), now);
    expect((await current(ids[2])).state).toBe('offered');
    expect((await current(ids[4])).state).toBe('waiting');
  });

  test('is the host’s to change, from the form as it stands', async () => {
    const { reference } = await full();
    const form = await size(reference, 5, 1, 1);
    await expect(changeRun(db, coordinatorIn, form, now)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(changeRun(db, coordinator, { ...form, quotaIn: 9 }, now)).rejects.toMatchObject({
      fields: { seats: ['training.quotasBeyondSeats'] },
    });
    await changeRun(db, coordinator, form, now);
    await expect(changeRun(db, coordinator, form, now)).rejects.toMatchObject({ code: 'stale' });
  });

  test('a change that fails half way changes nothing', async () => {
    const { reference, ids } = await full();
    const before = await current(ids[2]);
    await expect(
      db.transaction(async (tx) => {
        await changeRun(tx as unknown as typeof db, coordinator, await size(reference, 9, 4, 4), now);
        throw new Error('power cut');
      }),
    ).rejects.toThrow('power cut');
    expect(await current(ids[2])).toEqual(before);
  });
});
