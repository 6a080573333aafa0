import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { PersonActor } from '#app/platform/actor.ts';
import { linkToken } from '#app/platform/link-token.server.ts';
import { findLink } from '#app/platform/links.server.ts';
import { application, endorsement } from '#db/schema/exchanges.ts';
import { link, person } from '#db/schema/people.ts';
import { delivery, message } from '#db/schema/platform.ts';
import { useDatabase } from '#tests/support/database.ts';
import { addApplication, addCall, addExchangePeople, typedApplication } from '#tests/support/exchange.ts';
import { addAccount, addPerson } from '#tests/support/thesis.ts';
import { answerEndorsement } from './answer-endorsement.ts';
import { applicationReading } from './application-reading.ts';
import { askEndorsement, takeBackEndorsement } from './ask-endorsement.ts';
import { endorsementOf, endorsementPage, endorsementsWaiting } from './endorsement-queries.ts';
import { saveApplication } from './save-application.ts';

const { db } = await useDatabase();
const people = await addExchangePeople(db);
const now = new Date('2026-11-21T10:00:00Z');
const call = await addCall(db, people, now);
const SECRET = 'a secret of this test';
const supervisor = await addPerson(db, 'IITISM', ['supervisor'], 'prasad.rajesh@test.example');
await addAccount(db, supervisor);

const begun = async () => {
  const student = await addPerson(db, 'IITISM', ['student']);
  const draft = await saveApplication(
    db,
    student,
    { callReference: call, fields: typedApplication(now) },
    now,
  );
  return { student, draft };
};
const ask = (student: PersonActor, fields: Record<string, string>) =>
  askEndorsement(db, student, { callReference: call, fields }, now, SECRET);
const known = { supervisorId: supervisor.personId };
const stranger = (email = `${crypto.randomUUID()}@elsewhere.example`) => ({
  givenName: 'Meera',
  familyName: 'Iyer',
  email,
});
const yes = { decision: 'give', words: 'A careful experimenter.', locale: 'en' as const };
const rowOf = async (id: string) => {
  const [row] = await db.select().from(endorsement).where(eq(endorsement.id, id));
  if (!row) throw new Error('no question');
  return row;
};

describe('asking', () => {
  it('leads who can sign in to the portal, and names them in the application', async () => {
    const { student, draft } = await begun();
    const id = await ask(student, known);
    expect(await rowOf(id)).toMatchObject({ state: 'asked', linkId: null });
    const [row] = await db.select().from(application).where(eq(application.id, draft.id));
    expect(row).toMatchObject({ homeSupervisorId: supervisor.personId, homeSupervisor: 'Prasad Rajesh' });
    const waiting = await endorsementsWaiting(db, supervisor, 100);
    expect(waiting.map((one) => one.reference)).toContain(draft.reference);
    expect((await endorsementPage(db, supervisor, draft.reference)).endorsement.id).toBe(id);
  });

  it('sends who has no account a link whose token stands nowhere', async () => {
    const { student } = await begun();
    const id = await ask(student, stranger());
    const { linkId, supervisorId } = await rowOf(id);
    expect(linkId).not.toBeNull();
    const [introduced] = await db.select().from(person).where(eq(person.id, supervisorId));
    expect(introduced).toMatchObject({ familyName: 'Iyer', cyrillicSpelling: 'proposed', locale: 'en' });
    const token = linkToken(SECRET, linkId ?? '');
    const kept = JSON.stringify([
      await db.select().from(link),
      await db.select().from(message),
      await db.select().from(delivery),
      (await db.$client.query('select data from pgboss.job')).rows,
    ]);
    expect(kept).not.toContain(token);
    expect(await findLink(db, SECRET, token, now)).toMatchObject({
      state: 'open',
      actor: { kind: 'link', subjectId: id, personId: supervisorId },
    });
    // Looking is no use of it.
    expect(await findLink(db, SECRET, token, now)).toMatchObject({ state: 'open' });
    expect(await findLink(db, 'another secret', token, now)).toEqual({ state: 'wrong' });
    expect(await findLink(db, SECRET, `${token}x`, now)).toEqual({ state: 'wrong' });
    const later = new Date('2027-11-21T10:00:00Z');
    expect(await findLink(db, SECRET, token, later)).toMatchObject({ state: 'expired' });
  });

  it('goes on with the person of a known address, unchanged', async () => {
    const { student } = await begun();
    const id = await ask(student, { ...stranger('prasad.rajesh@test.example'), familyName: 'Other' });
    expect((await rowOf(id)).supervisorId).toBe(supervisor.personId);
    const [row] = await db.select().from(person).where(eq(person.id, supervisor.personId));
    expect(row?.familyName).toBe('Rajesh');
  });

  it('asks one at a time, five in all, never oneself', async () => {
    const { student } = await begun();
    await ask(student, known);
    await expect(ask(student, stranger())).rejects.toMatchObject({ reason: 'exchanges.endorsementOpen' });
    for (let round = 0; round < 4; round += 1) {
      await takeBackEndorsement(db, student, call, now);
      await ask(student, known);
    }
    await takeBackEndorsement(db, student, call, now);
    await expect(ask(student, known)).rejects.toMatchObject({ reason: 'exchanges.endorsementTooMany' });
    const other = await begun();
    const [own] = await db.select().from(person).where(eq(person.id, other.student.personId));
    await expect(ask(other.student, stranger(own?.email ?? ''))).rejects.toMatchObject({
      fields: { email: ['exchanges.endorseYourself'] },
    });
  });

  it.each([
    [{}, 'supervisorId', 'exchanges.nameSupervisor'],
    [{ supervisorId: crypto.randomUUID() }, 'supervisorId', 'choice'],
    [{ ...stranger(), email: 'meera' }, 'email', 'email'],
    [{ ...stranger(), familyName: '' }, 'familyName', 'exchanges.giveName'],
  ])('refuses %o', async (fields, field, reason) => {
    const { student } = await begun();
    await expect(ask(student, fields)).rejects.toMatchObject({ fields: { [field]: [reason] } });
  });

  it('is over once the application is handed in', async () => {
    const student = await addPerson(db, 'IITISM', ['student']);
    await addApplication(db, student, call, now);
    await expect(ask(student, known)).rejects.toMatchObject({ reason: 'exchanges.alreadySubmitted' });
    await expect(takeBackEndorsement(db, student, call, now)).rejects.toMatchObject({ code: 'stale' });
  });
});

describe('answering', () => {
  it('is the asked supervisor’s alone, once, with words', async () => {
    const { student, draft } = await begun();
    const endorsementId = await ask(student, known);
    const answer = (actor: PersonActor, change = {}) =>
      answerEndorsement(db, actor, { endorsementId, ...yes, ...change }, now);
    const other = await addPerson(db, 'IITISM', ['supervisor', 'coordinator']);
    for (const actor of [student, other, people.homeCoordinator, people.hostCoordinator])
      await expect(answer(actor)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(answer(supervisor, { words: '  ' })).rejects.toMatchObject({
      fields: { words: ['exchanges.giveEndorsement'] },
    });
    await expect(answer(supervisor, { decision: undefined })).rejects.toMatchObject({
      fields: { decision: ['exchanges.decide'] },
    });
    const both = await Promise.allSettled([answer(supervisor), answer(supervisor)]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await endorsementOf(db, draft.id)).toMatchObject({ state: 'given', words: yes.words });
    const told = await db
      .select()
      .from(delivery)
      .where(eq(delivery.cause, `endorsement:${endorsementId}:given`));
    expect(told.map((one) => one.personId)).toContain(student.personId);
  });

  it('through a link closes it, and a second time is told so', async () => {
    const { student } = await begun();
    const endorsementId = await ask(student, stranger());
    const token = linkToken(SECRET, (await rowOf(endorsementId)).linkId ?? '');
    const found = await findLink(db, SECRET, token, now);
    if (found.state !== 'open') throw new Error('the link is not open');
    const other = await ask((await begun()).student, stranger());
    await expect(
      answerEndorsement(db, found.actor, { endorsementId: other, ...yes }, now),
    ).rejects.toMatchObject({ code: 'forbidden' });
    await answerEndorsement(
      db,
      found.actor,
      { endorsementId, ...yes, decision: 'refuse', words: 'I do not know this person.' },
      now,
    );
    expect(await findLink(db, SECRET, token, now)).toMatchObject({ state: 'used' });
    await expect(answerEndorsement(db, found.actor, { endorsementId, ...yes }, now)).rejects.toMatchObject({
      code: 'stale',
    });
    // Refused by one, asked of another.
    await ask(student, known);
  });

  it('through a link says to home and to the applicant from which address, and to nobody else', async () => {
    const { student, draft } = await begun();
    const named = stranger();
    const id = await ask(student, named);
    const { linkId } = await rowOf(id);
    const found = await findLink(db, SECRET, linkToken(SECRET, linkId ?? ''), now);
    if (found.state !== 'open') throw new Error('the link is not open');
    await answerEndorsement(db, found.actor, { endorsementId: id, ...yes }, now);
    const [record] = await db.select().from(application).where(eq(application.id, draft.id));
    if (!record) throw new Error('no application');
    const seenBy = async (who: PersonActor) => (await applicationReading(db, who, record)).endorsedFrom;
    expect(await seenBy(student)).toBe(named.email);
    expect(await seenBy(people.homeCoordinator)).toBe(named.email);
    expect(await seenBy(people.hostCoordinator)).toBeNull();
  });

  it('comes too late once the question was taken back', async () => {
    const { student, draft } = await begun();
    const endorsementId = await ask(student, stranger());
    const token = linkToken(SECRET, (await rowOf(endorsementId)).linkId ?? '');
    await takeBackEndorsement(db, student, call, now);
    expect(await findLink(db, SECRET, token, now)).toMatchObject({ state: 'used' });
    expect(await endorsementOf(db, draft.id)).toBeNull();
    const [row] = await db.select().from(application).where(eq(application.id, draft.id));
    expect(row).toMatchObject({ homeSupervisorId: null, homeSupervisor: '' });
    await expect(endorsementPage(db, people.homeCoordinator, draft.reference)).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
