import { and, eq, like } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { PersonActor } from '#app/platform/actor.ts';
import { versionHash } from '#app/platform/versions.server.ts';
import { application, correction, hostQuestion } from '#db/schema/exchanges.ts';
import { placement } from '#db/schema/placements.ts';
import { auditRow, delivery, message, vaultFact } from '#db/schema/platform.ts';
import { useDatabase } from '#tests/support/database.ts';
import {
  addApplication,
  addCall,
  addExchangePeople,
  agreedStay,
  makeAccepted,
  makeEligible,
  makeNominated,
  revisionOf,
  rubric,
} from '#tests/support/exchange.ts';
import { addPerson } from '#tests/support/thesis.ts';
import { acceptApplication } from './accept-application.ts';
import { askQuestion } from './ask-question.ts';
import { declineApplication } from './decline-application.ts';
import { findEligible } from './find-eligible.ts';
import { findIneligible } from './find-ineligible.ts';
import { LETTER_SCHEMA_VERSION } from './letters/letter-content.ts';
import { letterInScope, lettersOf } from './letters/letter-queries.ts';
import { nominateApplication } from './nominate-application.ts';
import { exchangeRecord } from './record-queries.ts';
import { refuseNomination } from './refuse-nomination.ts';
import { replyToQuestion } from './reply-to-question.ts';
import { returnForCorrection } from './return-for-correction.ts';
import { saveApplication } from './save-application.ts';
import { withdrawApplication } from './withdraw-application.ts';

const { db } = await useDatabase();
const people = await addExchangePeople(db);
const { homeCoordinator, hostCoordinator } = people;
const hostSupervisor = await addPerson(db, 'GIREDMET', ['supervisor'], 'anna.petrova@test.example');
const now = new Date('2026-11-20T10:00:00Z');
const call = await addCall(db, people, now);
const reviewed = await addCall(db, people, now, { reviewersPerApplication: 2, rubric });
const another = await addCall(db, people, now);
const stay = agreedStay(hostSupervisor, now);

const newStudent = () => addPerson(db, 'IITISM', ['student']);
const rowOf = async (reference: string) => {
  const [row] = await db.select().from(application).where(eq(application.reference, reference));
  if (!row) throw new Error(`no ${reference}`);
  return row;
};
const auditCodes = async (id: string) => {
  const rows = await db
    .select({ code: auditRow.code })
    .from(auditRow)
    .where(and(eq(auditRow.subjectType, 'application'), eq(auditRow.subjectId, id)));
  return rows.map((row) => row.code);
};
/** Who has been told of an event of an application. */
const toldOf = async (id: string, event: string) => {
  const rows = await db
    .select({ personId: delivery.personId })
    .from(delivery)
    .innerJoin(message, eq(message.id, delivery.messageId))
    .where(
      and(
        eq(message.code, `exchanges.${event}`),
        like(delivery.cause, `application:${id}:%`),
        eq(delivery.channel, 'inbox'),
      ),
    );
  return rows.map((row) => row.personId);
};
const decision = async (reference: string, reason?: string) => ({
  reference,
  revision: await revisionOf(db, reference),
  reason,
});
const submitted = async (to = call) => {
  const student = await newStudent();
  return { student, ...(await addApplication(db, student, to, now)) };
};
const eligible = async () => {
  const made = await submitted();
  await makeEligible(db, people, made.reference, now);
  return made;
};
const nominated = async () => {
  const made = await submitted();
  await makeNominated(db, people, made.reference, now);
  return made;
};
/** As two coordinators at the same moment would: one of them is told that the pen was used meanwhile. */
const oneOf = async (...acts: Promise<void>[]) => {
  const both = await Promise.allSettled(acts);
  expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(both.find((one) => one.status === 'rejected')?.reason).toMatchObject({ code: 'stale' });
};
/** While nothing of this kind can be written, the act fails; afterwards nothing of it is to be found. */
const withoutWritingTo = async (table: string, act: () => Promise<void>) => {
  await db.execute(
    `create or replace function refuse() returns trigger language plpgsql as 'begin raise exception ''no''; end'`,
  );
  await db.execute(`create trigger refuse before insert on ${table} for each row execute function refuse()`);
  try {
    await expect(act()).rejects.toThrow();
  } finally {
    await db.execute(`drop trigger refuse on ${table}`);
  }
};

describe('the check of eligibility', () => {
  it('finds an application eligible and tells the applicant', async () => {
    const { id, reference, student } = await submitted();
    await findEligible(db, homeCoordinator, await decision(reference), now);
    const row = await rowOf(reference);
    expect(row).toMatchObject({ state: 'eligible', eligibilityDecidedBy: homeCoordinator.personId });
    expect(row.dueAt?.toISOString()).toBe('2026-12-10T10:00:00.000Z');
    expect(await toldOf(id, 'eligible')).toEqual([student.personId]);
  });

  it('waits for the committee without a date where the call asks for reviews', async () => {
    const { reference } = await submitted(reviewed);
    await findEligible(db, homeCoordinator, await decision(reference), now);
    expect((await rowOf(reference)).dueAt).toBeNull();
    const nominate = { ...(await decision(reference)), confirmed: true };
    await expect(nominateApplication(db, homeCoordinator, nominate, now)).rejects.toMatchObject({
      reason: 'exchanges.notRankedYet',
    });
    await expect(
      refuseNomination(db, homeCoordinator, await decision(reference, 'No'), now),
    ).rejects.toMatchObject({ reason: 'exchanges.notRankedYet' });
  });

  it('finds it ineligible with a reason, never without, and issues the letter', async () => {
    const { id, reference, student } = await submitted();
    await expect(
      findIneligible(db, homeCoordinator, await decision(reference, ' '), now),
    ).rejects.toMatchObject({ reason: 'reasonRequired' });
    expect(await lettersOf(db, id)).toEqual([]);
    await findIneligible(db, homeCoordinator, await decision(reference, 'Not a student'), now);
    expect(await rowOf(reference)).toMatchObject({
      state: 'ineligible',
      stateReason: 'Not a student',
      dueAt: null,
    });
    expect(
      (await lettersOf(db, id)).map(({ content }) => [content.kind, content.refusal, content.reason]),
    ).toEqual([['refusal', 'ineligible', 'Not a student']]);
    expect(await toldOf(id, 'ineligible')).toEqual([student.personId]);
  });

  it('returns it with comments by section and a date, and changes nothing without', async () => {
    const { id, reference, student } = await submitted();
    const input = async (comments: object, dueOn: string) => ({
      ...(await decision(reference)),
      comments,
      dueOn,
    });
    const refusedWith = async (comments: object, dueOn: string, fields: object) =>
      expect(
        returnForCorrection(db, homeCoordinator, await input(comments, dueOn), now),
      ).rejects.toMatchObject({ code: 'invalid', fields });
    await refusedWith({ plan: ' ' }, '2026-12-01', { 'comment.plan': ['exchanges.giveComment'] });
    await refusedWith({ plan: 'x'.repeat(2001) }, '2026-12-01', {
      'comment.plan': ['exchanges.commentTooLong'],
    });
    await refusedWith({ plan: 'Weeks' }, '', { dueOn: ['exchanges.giveCorrectionDate'] });
    await refusedWith({ plan: 'Weeks' }, '2026-11-20', { dueOn: ['exchanges.correctionInPast'] });
    await refusedWith({ plan: 'Weeks' }, '2028-01-01', { dueOn: ['exchanges.correctionTooFar'] });
    expect((await rowOf(reference)).state).toBe('submitted');
    const comments = { plan: 'Say what is done in week 3.', documents: '' };
    await returnForCorrection(db, homeCoordinator, await input(comments, '2026-12-01'), now);
    const row = await rowOf(reference);
    expect(row.state).toBe('returned');
    // The end of that day in Dhanbad.
    expect(row.dueAt?.toISOString()).toBe('2026-12-01T18:29:00.000Z');
    const [asked] = await db.select().from(correction).where(eq(correction.applicationId, id));
    expect(asked).toMatchObject({
      number: 1,
      comments: { plan: 'Say what is done in week 3.' },
      versionId: row.submittedVersionId,
      answeredAt: null,
    });
    expect(await toldOf(id, 'returned')).toEqual([student.personId]);

    // What is typed meanwhile is the applicant's own until it is handed in again.
    const later = new Date(now.getTime() + 3_600_000);
    const { revision } = await decision(reference);
    const typing = { fields: { title: 'Week 3 in detail' }, revision };
    await saveApplication(db, student, { callReference: call, ...typing }, later);
    const titleFor = async (who: PersonActor) =>
      (await exchangeRecord(db, who, reference, later)).record.title;
    expect(await titleFor(student)).toBe('Week 3 in detail');
    expect([await titleFor(homeCoordinator), await titleFor(hostCoordinator)]).toEqual([
      row.title,
      row.title,
    ]);
  });

  it('belongs to the home coordinator alone', async () => {
    const { reference, student } = await submitted();
    const input = { ...(await decision(reference, 'No')), comments: { plan: 'x' }, dueOn: '2026-12-01' };
    for (const act of [findEligible, findIneligible, returnForCorrection]) {
      for (const who of [hostCoordinator, student]) {
        await expect(act(db, who, input, now)).rejects.toMatchObject({ code: 'forbidden' });
      }
      for (const role of ['student', 'institution-admin', 'reviewer', 'protocol', 'observer'] as const) {
        await expect(act(db, await addPerson(db, 'IITISM', [role]), input, now)).rejects.toMatchObject({
          code: 'not-found',
        });
      }
    }
    expect((await rowOf(reference)).state).toBe('submitted');
  });

  it('is told when its form is stale; of two coordinators one wins, and nothing is decided twice', async () => {
    const { id, reference } = await submitted();
    const second = await addPerson(db, 'IITISM', ['coordinator']);
    const input = await decision(reference, 'No');
    await oneOf(findEligible(db, homeCoordinator, input, now), findIneligible(db, second, input, now));
    await expect(findEligible(db, second, await decision(reference), now)).rejects.toMatchObject({
      reason: 'staleState',
    });
    const codes = await auditCodes(id);
    expect(codes.filter((code) => code.startsWith('application.find'))).toHaveLength(1);
  });

  it('is over and forgotten when its letter cannot be written', async () => {
    const { id, reference } = await submitted();
    const input = await decision(reference, 'No');
    await withoutWritingTo('letter', () => findIneligible(db, homeCoordinator, input, now));
    expect((await rowOf(reference)).state).toBe('submitted');
    expect(await toldOf(id, 'ineligible')).toEqual([]);
    expect(await auditCodes(id)).not.toContain('application.findIneligible');
  });
});

describe('the home institution', () => {
  it('nominates what is eligible; the pen goes to the host, and a letter with it', async () => {
    const { id, reference, student } = await nominated();
    const row = await rowOf(reference);
    expect(row).toMatchObject({
      state: 'nominated',
      homeDecidedBy: homeCoordinator.personId,
      homeDecidedAt: now,
    });
    expect(row.dueAt?.toISOString()).toBe('2026-12-20T10:00:00.000Z');
    expect(await auditCodes(id)).toContain('application.nominate');
    expect(await toldOf(id, 'nominated')).toEqual(
      expect.arrayContaining([student.personId, hostCoordinator.personId]),
    );
    const [letter, ...more] = await lettersOf(db, id);
    expect(more).toEqual([]);
    expect(letter?.content).toMatchObject({
      kind: 'nomination',
      number: letter?.number,
      issuedOn: '2026-11-20',
      signatory: { party: 'home' },
      wish: { weeks: 6 },
      reason: null,
    });
    expect(letter && versionHash(LETTER_SCHEMA_VERSION, letter.content)).toBe(letter?.hash);
  });

  it('does not nominate before the check', async () => {
    const { reference } = await submitted();
    const input = { ...(await decision(reference)), confirmed: true };
    await expect(nominateApplication(db, homeCoordinator, input, now)).rejects.toMatchObject({
      reason: 'staleState',
    });
  });

  it('declines with a reason, never without', async () => {
    const { reference } = await eligible();
    await expect(
      refuseNomination(db, homeCoordinator, await decision(reference, '  '), now),
    ).rejects.toMatchObject({ reason: 'reasonRequired' });
    await refuseNomination(db, homeCoordinator, await decision(reference, 'No place left'), now);
    expect(await rowOf(reference)).toMatchObject({
      state: 'not-nominated',
      stateReason: 'No place left',
      dueAt: null,
    });
  });

  it('confirms the conditions before it nominates', async () => {
    const { reference } = await eligible();
    const input = { ...(await decision(reference)), confirmed: false };
    await expect(nominateApplication(db, homeCoordinator, input, now)).rejects.toMatchObject({
      fields: { confirmed: ['exchanges.confirmConditions'] },
    });
  });

  it('is the only one who holds this pen', async () => {
    const { reference, student } = await eligible();
    const input = { ...(await decision(reference)), confirmed: true };
    const nominate = (actor: PersonActor) => nominateApplication(db, actor, input, now);
    await expect(nominate(hostCoordinator)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(nominate(student)).rejects.toMatchObject({ code: 'forbidden' });
    for (const role of ['student', 'institution-admin', 'platform-admin', 'reviewer', 'protocol'] as const) {
      await expect(nominate(await addPerson(db, 'IITISM', [role]))).rejects.toMatchObject({
        code: 'not-found',
      });
    }
    const texmin = await addPerson(db, 'TEXMIN', ['coordinator']);
    await expect(nominate(texmin)).rejects.toMatchObject({ code: 'not-found' });
    expect((await rowOf(reference)).state).toBe('eligible');
  });

  it('lets nobody decide their own application', async () => {
    const coordinator = await addPerson(db, 'IITISM', ['coordinator']);
    const { reference } = await addApplication(db, coordinator, call, now);
    await expect(findEligible(db, coordinator, await decision(reference), now)).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await exchangeRecord(db, coordinator, reference, now)).toMatchObject({
      ownDecision: true,
      may: { check: false },
    });
    await makeEligible(db, people, reference, now);
    const input = { ...(await decision(reference)), confirmed: true };
    await expect(nominateApplication(db, coordinator, input, now)).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(
      db
        .update(application)
        .set({ homeDecidedAt: now, homeDecidedBy: coordinator.personId, state: 'nominated' })
        .where(eq(application.reference, reference)),
    ).rejects.toThrow();
  });

  it('is told when its form is stale, and of two deciders one wins', async () => {
    const { reference } = await eligible();
    const input = await decision(reference, 'No');
    const second = await addPerson(db, 'IITISM', ['coordinator']);
    await oneOf(
      nominateApplication(db, homeCoordinator, { ...input, confirmed: true }, now),
      refuseNomination(db, second, input, now),
    );
  });
});

describe('the host institution', () => {
  it('accepts with a supervisor of its own, laboratory and dates, and opens the stay', async () => {
    const { id, reference, student } = await nominated();
    await acceptApplication(db, hostCoordinator, { ...(await decision(reference)), stay }, now);
    expect(await rowOf(reference)).toMatchObject({
      state: 'accepted',
      ...stay,
      hostSupervisor: 'Anna Petrova',
      hostDecidedBy: hostCoordinator.personId,
      dueAt: null,
      stage: 'placement-programme',
    });
    expect(await toldOf(id, 'accepted')).toEqual(
      expect.arrayContaining([student.personId, homeCoordinator.personId]),
    );
    const [opened] = await db.select().from(placement).where(eq(placement.applicationId, id));
    expect(opened).toMatchObject({ reference, startsOn: stay.stayFrom, endsOn: stay.stayUntil });
    expect((await lettersOf(db, id)).at(-1)?.content).toMatchObject({
      kind: 'acceptance',
      signatory: { party: 'host' },
      stay: { from: stay.stayFrom, laboratory: 'Laboratory 14', supervisor: { latin: 'Anna Petrova' } },
    });
  });

  it.each([
    [{ stayUntil: '2027-01-20' }, 'stayUntil', 'exchanges.stayBackwards'],
    [{ stayFrom: '2026-12-31' }, 'stayFrom', 'exchanges.startOutside'],
    [{ stayUntil: '2027-12-31' }, 'stayUntil', 'exchanges.stayTooLate'],
    [{ laboratory: '' }, 'laboratory', 'exchanges.giveLaboratory'],
    [{ laboratory: 'x'.repeat(10_000) }, 'laboratory', 'exchanges.nameTooLong'],
    [{ hostSupervisorId: '' }, 'hostSupervisorId', 'exchanges.giveHostSupervisor'],
    [{ hostSupervisorId: homeCoordinator.personId }, 'hostSupervisorId', 'exchanges.giveHostSupervisor'],
    [{ hostSupervisorId: hostCoordinator.personId }, 'hostSupervisorId', 'exchanges.giveHostSupervisor'],
    [{ stayFrom: '31.02.2027' }, 'stayFrom', 'exchanges.giveFirstDay'],
  ])('does not accept %o', async (change, field, reason) => {
    const { reference } = await nominated();
    const input = { ...(await decision(reference)), stay: { ...stay, ...change } };
    await expect(acceptApplication(db, hostCoordinator, input, now)).rejects.toMatchObject({
      code: 'invalid',
      fields: { [field]: [reason] },
    });
    expect((await rowOf(reference)).state).toBe('nominated');
  });

  it('does not accept a stay on the days of another, and nothing of it is left', async () => {
    const { id, reference, student } = await nominated();
    await makeAccepted(db, people, (await addApplication(db, student, another, now)).reference, now, {
      hostSupervisor,
    });
    const input = { ...(await decision(reference)), stay };
    await expect(acceptApplication(db, hostCoordinator, input, now)).rejects.toMatchObject({
      code: 'invalid',
      fields: { stayFrom: ['exchanges.overlapsStay'] },
    });
    expect((await rowOf(reference)).state).toBe('nominated');
    expect((await lettersOf(db, id)).map(({ kind }) => kind)).toEqual(['nomination']);
    expect(await toldOf(id, 'accepted')).toEqual([]);
  });

  it('does not accept a stay that outlives the passport, where it is known', async () => {
    const { reference, student } = await nominated();
    await db.insert(vaultFact).values({
      personId: student.personId,
      side: 'in',
      field: 'passport',
      vaultRecordId: crypto.randomUUID(),
      validUntil: '2027-03-01',
    });
    const input = { ...(await decision(reference)), stay };
    await expect(acceptApplication(db, hostCoordinator, input, now)).rejects.toMatchObject({
      fields: { stayUntil: ['placements.outlivesPassport'] },
    });
    expect((await rowOf(reference)).state).toBe('nominated');
    const shorter = { ...input, stay: { ...stay, stayUntil: '2027-03-01' } };
    await acceptApplication(db, hostCoordinator, shorter, now);
  });

  it('declines with a reason, never without', async () => {
    const { id, reference } = await nominated();
    await expect(
      declineApplication(db, hostCoordinator, await decision(reference), now),
    ).rejects.toMatchObject({ reason: 'reasonRequired' });
    await declineApplication(db, hostCoordinator, await decision(reference, 'No furnace'), now);
    expect(await rowOf(reference)).toMatchObject({ state: 'declined', stateReason: 'No furnace' });
    expect((await lettersOf(db, id)).at(-1)?.content).toMatchObject({
      kind: 'refusal',
      refusal: 'declined',
      reason: 'No furnace',
    });
  });

  it('is the only one who answers, and not before the nomination', async () => {
    const { reference } = await nominated();
    const input = { ...(await decision(reference, 'No')), stay, question: 'Which?' };
    for (const act of [acceptApplication, declineApplication, askQuestion]) {
      await expect(act(db, homeCoordinator, input, now)).rejects.toMatchObject({ code: 'forbidden' });
    }
    const early = await submitted();
    const tooEarly = { ...(await decision(early.reference)), stay };
    await expect(acceptApplication(db, hostCoordinator, tooEarly, now)).rejects.toMatchObject({
      code: 'stale',
    });
  });

  it('lets one of two coordinators answer', async () => {
    const { id, reference } = await nominated();
    const second = await addPerson(db, 'GIREDMET', ['coordinator']);
    const input = await decision(reference, 'No');
    await oneOf(
      acceptApplication(db, hostCoordinator, { ...input, stay }, now),
      declineApplication(db, second, input, now),
    );
    expect(await lettersOf(db, id)).toHaveLength(2);
  });

  it('asks, and the home institution replies: question, reply and whose pen it is', async () => {
    const { id, reference } = await nominated();
    const ask = async (question: string) =>
      askQuestion(db, hostCoordinator, { ...(await decision(reference)), question }, now);
    await expect(ask(' ')).rejects.toMatchObject({ fields: { question: ['exchanges.giveQuestion'] } });
    await ask('Which furnace?');
    const asked = await rowOf(reference);
    expect(asked.state).toBe('queried');
    // Five working days of Dhanbad after 20 November, where 24 November is a holiday: 30 November.
    expect(asked.dueAt?.toISOString()).toBe('2026-11-30T18:29:00.000Z');
    expect(await toldOf(id, 'queried')).toEqual(expect.arrayContaining([homeCoordinator.personId]));
    const reply = { ...(await decision(reference)), reply: 'The tube furnace.' };
    await expect(replyToQuestion(db, hostCoordinator, reply, now)).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(
      acceptApplication(db, hostCoordinator, { ...(await decision(reference)), stay }, now),
    ).rejects.toMatchObject({ reason: 'staleState' });
    await expect(replyToQuestion(db, homeCoordinator, { ...reply, reply: ' ' }, now)).rejects.toMatchObject({
      fields: { reply: ['exchanges.giveReply'] },
    });
    await replyToQuestion(db, homeCoordinator, reply, now);
    expect(await rowOf(reference)).toMatchObject({ state: 'nominated', homeDecidedAt: now });
    expect((await rowOf(reference)).dueAt?.toISOString()).toBe('2026-12-20T10:00:00.000Z');
    expect(await toldOf(id, 'replied')).toEqual(expect.arrayContaining([hostCoordinator.personId]));
    // A second question is told as well.
    await ask('And when?');
    const questions = await db.select().from(hostQuestion).where(eq(hostQuestion.applicationId, id));
    expect(questions.map(({ number, reply: said }) => [number, said]).sort()).toEqual([
      [1, 'The tube furnace.'],
      [2, null],
    ]);
    const told = await toldOf(id, 'queried');
    expect(told.filter((who) => who === homeCoordinator.personId)).toHaveLength(2);
  });
});

describe('the applicant', () => {
  it('withdraws before the answer, not after', async () => {
    const made = await nominated();
    await withdrawApplication(db, made.student, await decision(made.reference), now);
    expect(await rowOf(made.reference)).toMatchObject({ state: 'withdrawn', withdrawnAt: now, dueAt: null });
    expect(await toldOf(made.id, 'withdrawn')).toEqual(
      expect.arrayContaining([homeCoordinator.personId, hostCoordinator.personId]),
    );
    const accepted = await submitted();
    await makeAccepted(db, people, accepted.reference, now, { hostSupervisor });
    await expect(
      withdrawApplication(db, accepted.student, await decision(accepted.reference), now),
    ).rejects.toMatchObject({ code: 'stale' });
  });

  it('is the only one who withdraws', async () => {
    const { reference } = await submitted();
    await expect(
      withdrawApplication(db, homeCoordinator, await decision(reference), now),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('the host supervisor', () => {
  it('reads the exchange once it is accepted, but not the letters', async () => {
    const { reference, id } = await nominated();
    const outsider = await addPerson(db, 'GIREDMET', ['supervisor']);
    const [letter] = await lettersOf(db, id);
    await expect(exchangeRecord(db, hostSupervisor, reference, now)).rejects.toMatchObject({
      code: 'not-found',
    });
    await acceptApplication(db, hostCoordinator, { ...(await decision(reference)), stay }, now);
    expect(await exchangeRecord(db, hostSupervisor, reference, now)).toMatchObject({
      may: { answer: false, withdraw: false },
    });
    await expect(exchangeRecord(db, outsider, reference, now)).rejects.toMatchObject({ code: 'not-found' });
    const number = letter?.number ?? '';
    expect((await letterInScope(db, homeCoordinator, reference, number)).content.number).toBe(number);
    await expect(letterInScope(db, hostSupervisor, reference, number)).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('the database', () => {
  it('ties every state to who decided and when', async () => {
    const { reference } = await submitted();
    const set = (values: object) =>
      db.update(application).set(values).where(eq(application.reference, reference));
    await expect(set({ state: 'eligible' })).rejects.toThrow();
    await expect(set({ state: 'nominated' })).rejects.toThrow();
    await expect(
      set({ state: 'accepted', homeDecidedAt: now, homeDecidedBy: homeCoordinator.personId }),
    ).rejects.toThrow();
    await expect(set({ state: 'withdrawn' })).rejects.toThrow();
    await expect(
      set({
        state: 'not-nominated',
        homeDecidedAt: now,
        homeDecidedBy: homeCoordinator.personId,
        dueAt: null,
      }),
    ).rejects.toThrow();
    await expect(set({ hostInstitutionId: homeCoordinator.institutionId })).rejects.toThrow();
    await expect(set({ state: 'archived' })).rejects.toThrow();
  });

  it('keeps a letter as it was issued', async () => {
    const { id } = await nominated();
    const [letter] = await lettersOf(db, id);
    await expect(db.execute(`delete from letter where number = '${letter?.number}'`)).rejects.toThrow();
  });

  it.each(['message', 'letter', 'audit_row'])(
    'rolls everything back when no %s can be written',
    async (table) => {
      const { id, reference } = await eligible();
      const input = { ...(await decision(reference)), confirmed: true };
      await withoutWritingTo(table, () => nominateApplication(db, homeCoordinator, input, now));
      expect((await rowOf(reference)).state).toBe('eligible');
      expect(await auditCodes(id)).not.toContain('application.nominate');
      expect(await lettersOf(db, id)).toEqual([]);
      expect(await toldOf(id, 'nominated')).toEqual([]);
      await nominateApplication(db, homeCoordinator, input, now);
      expect((await rowOf(reference)).state).toBe('nominated');
    },
  );
});
