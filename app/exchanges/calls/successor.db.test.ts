import { and, eq, inArray } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { composeMessage, messagesByCode } from '#app/platform/compose-message.server.ts';
import { application, call } from '#db/schema/exchanges.ts';
import { auditRow, delivery, message, signature } from '#db/schema/platform.ts';
import { useDatabase } from '#tests/support/database.ts';
import { addApplication, addCall, addExchangePeople, callContent, hashOf } from '#tests/support/exchange.ts';
import { addPerson } from '#tests/support/thesis.ts';
import { submitApplication } from '../submit-application.ts';
import { withdrawApplication } from '../withdraw-application.ts';
import { callMessages } from './call-messages.ts';
import { callPage, listCalls, signaturePage, successorPage } from './call-queries.ts';
import { cancelCall } from './cancel-call.ts';
import { extendCall } from './extend-call.ts';
import { closePassed } from './jobs.ts';
import { reviseCall } from './revise-call.ts';
import { signCall } from './sign-call.ts';

const { db } = await useDatabase();
const people = await addExchangePeople(db);
const { homeCoordinator, hostCoordinator, student } = people;
const now = new Date('2026-11-21T10:00:00Z');
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000);
const reason = { en: 'The laboratory is being rebuilt.', ru: 'Лаборатория на реконструкции.' };
const later = {
  deadline: inDays(20).toISOString(),
  nominateBy: inDays(35).toISOString(),
  answerBy: inDays(45).toISOString(),
};

let reference: string;
beforeEach(async () => {
  reference = await addCall(db, people, now);
});

const row = async () => {
  const [found] = await db.select().from(call).where(eq(call.reference, reference));
  if (!found) throw new Error('No call');
  return found;
};
const hash = () => hashOf(db, reference);
const extend = async (change: Partial<typeof later> = {}, at = now, actor = homeCoordinator) =>
  extendCall(db, actor, { reference, hashShown: await hash(), ...later, ...change, reason }, at);
const cancel = async (actor = homeCoordinator) =>
  cancelCall(db, actor, { reference, hashShown: await hash(), reason });
const sign = async (actor = homeCoordinator, at = now) =>
  signCall(db, actor, { reference, hashShown: await hash(), locale: 'en' }, at);
const signBoth = async (at = now) => {
  await sign(homeCoordinator, at);
  return sign(hostCoordinator, at);
};
const told = async (code: string) => {
  const rows = await db
    .select({ personId: delivery.personId, params: message.params })
    .from(delivery)
    .innerJoin(message, eq(message.id, delivery.messageId))
    .where(and(eq(message.code, code), eq(delivery.channel, 'inbox')));
  const about = (params: unknown) => (params as { reference: string }).reference === reference;
  return rows.filter(({ params }) => about(params)).map(({ personId }) => personId);
};
const newStudent = () => addPerson(db, 'IITISM', ['student']);

describe('an extension', () => {
  it('takes effect once both have signed it, and everybody who applied is told, drafts too', async () => {
    const [drafter, gone] = [await newStudent(), await newStudent()];
    await addApplication(db, drafter, reference, now, { submit: false });
    const submitted = await addApplication(db, student, reference, now);
    const left = await addApplication(db, gone, reference, now);
    await withdrawApplication(db, gone, { reference: left.reference, revision: left.revision }, now);
    await extend();
    await sign(homeCoordinator);
    expect((await row()).deadline).toEqual(inDays(10));
    expect(await told('exchanges.callExtended')).toEqual([]);
    expect(await sign(hostCoordinator)).toEqual({ complete: true, step: 'extend' });
    expect(await row()).toMatchObject({ state: 'published', deadline: inDays(20), nominateBy: inDays(35) });
    const heard = await told('exchanges.callExtended');
    expect(heard).toEqual(
      expect.arrayContaining([drafter.personId, student.personId, homeCoordinator.personId]),
    );
    expect(heard).not.toContain(gone.personId);
    expect((await callPage(db, null, reference)).extension).toEqual(reason);
    const [due] = await db.select().from(application).where(eq(application.reference, submitted.reference));
    expect(due?.dueAt).toEqual(inDays(35));
  });

  it('opens a call again whose deadline has passed', async () => {
    const draft = await addApplication(db, student, reference, now, { submit: false });
    await closePassed(db, inDays(11));
    expect((await row()).state).toBe('closed');
    const submit = (at: Date) =>
      submitApplication(db, student, { callReference: reference, revision: draft.revision }, at);
    await expect(submit(inDays(11))).rejects.toMatchObject({ reason: 'exchanges.deadlinePassed' });
    await extend({}, inDays(11));
    await signBoth(inDays(11));
    expect((await row()).state).toBe('published');
    expect(await submit(inDays(12))).toEqual({ reference: draft.reference });
  });

  it('moves the deadline forward only, and to a moment still to come', async () => {
    const wrong = (why: string) => ({ code: 'invalid', fields: { deadline: [why] } });
    await expect(extend({ deadline: inDays(9).toISOString() })).rejects.toMatchObject(
      wrong('exchanges.extendLater'),
    );
    await expect(extend({ deadline: inDays(10).toISOString() })).rejects.toMatchObject(
      wrong('exchanges.extendLater'),
    );
    await expect(extend({}, inDays(21))).rejects.toMatchObject(wrong('exchanges.deadlineInPast'));
    await expect(extend({ deadline: 'tomorrow' })).rejects.toMatchObject({ code: 'invalid' });
    await expect(extend({ nominateBy: inDays(15).toISOString() })).rejects.toMatchObject({
      fields: { nominateBy: ['exchanges.nominateBeforeDeadline'] },
    });
  });

  it('needs its reason in both languages', async () => {
    const half = { en: reason.en, ru: ' ' };
    const input = { reference, hashShown: await hash(), ...later, reason: half };
    await expect(extendCall(db, homeCoordinator, input, now)).rejects.toMatchObject({
      fields: { 'extension.ru': ['required'] },
    });
    const long = { ...input, reason: { en: 'x'.repeat(1001), ru: 'x' } };
    await expect(extendCall(db, homeCoordinator, long, now)).rejects.toMatchObject({
      fields: { 'extension.en': ['exchanges.textTooLong'] },
    });
  });

  it('comes too late once its own deadline has passed before both signed', async () => {
    await extend();
    await sign(homeCoordinator);
    await expect(sign(hostCoordinator, inDays(21))).rejects.toMatchObject({
      reason: 'exchanges.extensionPassed',
    });
  });

  it('keeps its reason through later changes of the text', async () => {
    await extend();
    await signBoth();
    const { content } = await signaturePage(db, homeCoordinator, reference);
    const { extension: _extension, ...typed } = { ...content, placesToRu: 9 };
    await reviseCall(db, homeCoordinator, { reference, hashShown: await hash(), content: typed });
    await signBoth();
    expect((await callPage(db, null, reference)).extension).toEqual(reason);
    expect((await row()).placesToRu).toBe(9);
  });
});

describe('a cancellation', () => {
  it('is in force once both have signed its reason; everybody is told, and nobody is waited for', async () => {
    const drafter = await newStudent();
    const draft = await addApplication(db, drafter, reference, now, { submit: false });
    const submitted = await addApplication(db, student, reference, now);
    await cancel();
    expect(await signBoth()).toEqual({ complete: true, step: 'cancel' });
    expect(await row()).toMatchObject({ state: 'cancelled', cancellation: reason });
    expect(await told('exchanges.callCancelled')).toEqual(
      expect.arrayContaining([drafter.personId, student.personId, homeCoordinator.personId]),
    );
    const [open] = await db.select().from(application).where(eq(application.reference, submitted.reference));
    expect(open).toMatchObject({ state: 'submitted', dueAt: null });
    await expect(
      submitApplication(db, drafter, { callReference: reference, revision: draft.revision }, now),
    ).rejects.toMatchObject({ reason: 'exchanges.callCancelled' });
    const codes = await db
      .select({ code: auditRow.code })
      .from(auditRow)
      .where(eq(auditRow.subjectId, (await row()).id));
    expect(codes.map(({ code }) => code)).toContain('call.cancel');
    expect((await listCalls(db, now)).past.map((one) => one.reference)).toContain(reference);
    await expect(extend()).rejects.toMatchObject({ code: 'stale' });
    await expect(cancel()).rejects.toMatchObject({ code: 'stale' });
  });

  it('says its reason in the reader’s language', async () => {
    await cancel();
    await signBoth();
    const version = (await signaturePage(db, homeCoordinator, reference)).version.number;
    const known = messagesByCode([{ messages: callMessages }]);
    for (const locale of ['en', 'ru'] as const) {
      const stored = { code: 'exchanges.callCancelled', params: { reference, version }, institutionId: null };
      const said = await composeMessage(db, known, stored, { locale, personId: null });
      expect(said?.body).toContain(reason[locale]);
      expect(said?.path).toBe(`/calls/${reference}`);
      expect(`${said?.subject} ${said?.body}`).not.toMatch(/\{\{|mail:|undefined/);
    }
  });

  it('is replaced, with the signature it had, by what is proposed after it', async () => {
    await cancel();
    await sign(homeCoordinator);
    await extend({}, now, hostCoordinator);
    const page = await signaturePage(db, homeCoordinator, reference);
    expect(page.makes).toBe('extend');
    expect(page.changes.map(({ path }) => path)).not.toContain('/cancellation/en');
    expect(page.voided).toHaveLength(1);
    const voided = await db.select().from(signature).where(eq(signature.voidedReason, 'superseded'));
    expect(voided.length).toBeGreaterThan(0);
    await signBoth();
    expect((await row()).state).toBe('published');
  });
});

describe('a successor', () => {
  it('is proposed and signed by the coordinators of the signing institutions only', async () => {
    const texmin = await addPerson(db, 'TEXMIN', ['coordinator']);
    for (const actor of [student, texmin]) {
      await expect(extend({}, now, actor)).rejects.toMatchObject({ code: 'forbidden' });
      await expect(cancel(actor)).rejects.toMatchObject({ code: 'forbidden' });
      await expect(successorPage(db, actor, reference)).rejects.toMatchObject({ code: 'forbidden' });
    }
    await cancel();
    await expect(sign(texmin)).rejects.toMatchObject({ code: 'forbidden' });
    await sign(homeCoordinator);
    expect(await sign(homeCoordinator)).toMatchObject({ complete: false });
    expect((await row()).state).toBe('published');
  });

  it('of a draft is out of the question', async () => {
    await db
      .update(call)
      .set({ state: 'draft', publishedAt: null, publishedVersionId: null })
      .where(eq(call.reference, reference));
    await expect(extend()).rejects.toMatchObject({ code: 'stale' });
    await expect(cancel()).rejects.toMatchObject({ code: 'stale' });
  });

  it('made from a form that is no longer right is stale, and of two at once one stands', async () => {
    const hashShown = await hash();
    const [first, second] = await Promise.allSettled([
      extendCall(db, homeCoordinator, { reference, hashShown, ...later, reason }, now),
      cancelCall(db, hostCoordinator, { reference, hashShown, reason }),
    ]);
    const failed = [first, second].filter((one) => one.status === 'rejected');
    expect(failed).toHaveLength(1);
    expect(failed[0]).toMatchObject({ reason: { code: 'stale' } });
  });

  it('that changes the text cannot come into force after the deadline', async () => {
    const signers = { in: homeCoordinator.institutionId, ru: hostCoordinator.institutionId };
    const content = callContent(signers, now, { placesToRu: 7 });
    await reviseCall(db, homeCoordinator, { reference, hashShown: await hash(), content });
    await sign(homeCoordinator);
    await closePassed(db, inDays(11));
    await expect(sign(hostCoordinator, inDays(11))).rejects.toMatchObject({
      reason: 'exchanges.successorTooLate',
    });
    expect(await signaturePage(db, hostCoordinator, reference)).toMatchObject({
      tooLate: true,
      maySign: false,
    });
    await expect(
      reviseCall(db, homeCoordinator, {
        reference,
        hashShown: await hash(),
        content: { ...content, weeksMax: 9 },
      }),
    ).rejects.toMatchObject({ reason: 'exchanges.callNotEditable' });
    expect((await row()).placesToRu).toBe(3);
  });

  it('leaves nothing behind when the second signature is refused by the database', async () => {
    await addApplication(db, student, reference, now);
    await cancel();
    await sign(homeCoordinator);
    await db.$client.query(
      `create function refuse_call() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$;
       create trigger refuse_call before insert on message for each row execute function refuse_call()`,
    );
    await expect(sign(hostCoordinator)).rejects.toThrow();
    await db.$client.query('drop trigger refuse_call on message; drop function refuse_call()');
    expect((await row()).state).toBe('published');
    const given = await db
      .select()
      .from(signature)
      .where(inArray(signature.personId, [hostCoordinator.personId]));
    expect(given.every((one) => one.versionId !== null)).toBe(true);
    const page = await signaturePage(db, hostCoordinator, reference);
    expect(page.parties.filter((party) => party.signature !== null)).toHaveLength(1);
    expect(await sign(hostCoordinator)).toMatchObject({ complete: true });
    expect((await row()).state).toBe('cancelled');
  });
});
