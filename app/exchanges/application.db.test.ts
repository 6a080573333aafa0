import { and, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { application, applicationDocument } from '#db/schema/exchanges.ts';
import { consent } from '#db/schema/people.ts';
import { auditRow, delivery, message } from '#db/schema/platform.ts';
import { useDatabase } from '#tests/support/database.ts';
import {
  addApplication,
  addCall,
  addDocument,
  addExchangePeople,
  typedApplication,
} from '#tests/support/exchange.ts';
import { addPerson } from '#tests/support/thesis.ts';
import { exchangeRecord } from './record-queries.ts';
import { saveApplication } from './save-application.ts';
import { submitApplication } from './submit-application.ts';

const { db } = await useDatabase();
const people = await addExchangePeople(db);
const { homeCoordinator, hostCoordinator } = people;
const now = new Date('2026-11-21T10:00:00Z');
const call = await addCall(db, people, now);

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
  return rows.map((row) => row.code).filter((code) => code.startsWith('application.'));
};
const toldBy = async (cause: string) => {
  const rows = await db
    .select()
    .from(delivery)
    .where(and(eq(delivery.cause, cause), eq(delivery.channel, 'inbox')));
  return rows.map((row) => row.personId);
};
const submitted = async () => {
  const student = await newStudent();
  return { student, ...(await addApplication(db, student, call, now)) };
};
describe('applying', () => {
  it('keeps a draft however little is filled in, one per call and person', async () => {
    const student = await newStudent();
    const first = await saveApplication(db, student, { callReference: call, fields: { title: 'T' } }, now);
    const again = { callReference: call, fields: { title: 'T2' }, revision: first.revision };
    const second = await saveApplication(db, student, again, now);
    expect(second).toMatchObject({
      id: first.id,
      title: 'T2',
      state: 'draft',
      homeInstitutionId: student.institutionId,
    });
    expect(await auditCodes(first.id)).toEqual(['application.draft']);
  });

  it('tells a stale form, and takes a form sent twice for one', async () => {
    const student = await newStudent();
    const fields = typedApplication(now);
    const first = await saveApplication(db, student, { callReference: call, fields }, now);
    const twice = await saveApplication(db, student, { callReference: call, fields }, now);
    expect(twice.id).toBe(first.id);
    const other = { callReference: call, fields: { ...fields, title: 'Other' }, revision: first.revision };
    await expect(saveApplication(db, student, other, now)).rejects.toMatchObject({ code: 'stale' });
  });

  it('counts characters as people do, and refuses more than fit', async () => {
    const student = await newStudent();
    const fits = { callReference: call, fields: { workPlan: '𝔸'.repeat(6000) } };
    const saved = await saveApplication(db, student, fits, now);
    const much = { callReference: call, fields: { workPlan: 'я'.repeat(6001) }, revision: saved.revision };
    await expect(saveApplication(db, student, much, now)).rejects.toMatchObject({
      code: 'invalid',
      fields: { workPlan: ['exchanges.workPlanTooLong'] },
    });
  });

  it('refuses people whose side the call does not take, and hosts of one’s own side', async () => {
    const moscow = await addPerson(db, 'GIREDMET', ['student']);
    await expect(saveApplication(db, moscow, { callReference: call, fields: {} }, now)).rejects.toMatchObject(
      {
        reason: 'exchanges.otherDirection',
      },
    );
    const guest = await addPerson(db, 'OTHER', []);
    const sponsored = { ...typedApplication(now), homeInstitutionId: homeCoordinator.institutionId };
    const saved = await saveApplication(db, guest, { callReference: call, fields: sponsored }, now);
    expect(saved).toMatchObject({
      homeInstitutionId: homeCoordinator.institutionId,
      hostInstitutionId: hostCoordinator.institutionId,
    });
  });

  it('takes only the applicant’s own files, and keeps the earlier one when it is replaced', async () => {
    const student = await newStudent();
    const [own, newer] = [await addDocument(db, student), await addDocument(db, student)];
    const give = (fileId: string, revision?: string) => ({
      callReference: call,
      fields: typedApplication(now),
      documents: [{ kind: 'plan', fileId }],
      revision,
    });
    const saved = await saveApplication(db, student, give(own), now);
    await saveApplication(db, student, give(newer, saved.revision), now);
    const documents = await db
      .select()
      .from(applicationDocument)
      .where(eq(applicationDocument.applicationId, saved.id));
    expect(documents.map((one) => [one.number, one.replacedAt !== null])).toEqual([
      [1, true],
      [2, false],
    ]);
    const thief = await newStudent();
    await expect(saveApplication(db, thief, give(own), now)).rejects.toMatchObject({
      fields: { 'document.plan': ['exchanges.notYourFile'] },
    });
  });
});

describe('submitting', () => {
  const declared = { declared: true, consent: true, locale: 'en' } as const;

  it('hands the pen to the home institution, in one transaction with audit, consent and messages', async () => {
    const { student, id, reference } = await submitted();
    const row = await rowOf(reference);
    expect(row).toMatchObject({ state: 'submitted', submittedAt: now, stateBy: student.personId });
    expect(row.submittedVersionId).not.toBeNull();
    expect(await auditCodes(id)).toEqual(['application.draft', 'application.submit']);
    expect(await toldBy(`application:${id}:submitted`)).toEqual(
      expect.arrayContaining([student.personId, homeCoordinator.personId]),
    );
    const given = await db.select().from(consent).where(eq(consent.personId, student.personId));
    expect(given).toHaveLength(1);
  });

  it('is exact at the deadline: then yes, a second later no, and the draft is kept', async () => {
    const deadline = new Date('2026-12-01T10:00:00Z');
    const late = await newStudent();
    const draft = await addApplication(db, late, call, now, { submit: false });
    const input = { callReference: call, revision: draft.revision, ...declared };
    const after = new Date(deadline.getTime() + 1000);
    await expect(submitApplication(db, late, input, after)).rejects.toMatchObject({
      code: 'invalid',
      reason: 'exchanges.deadlinePassed',
    });
    expect(await rowOf(draft.reference)).toMatchObject({
      state: 'draft',
      title: typedApplication(now).title,
    });
    expect(await submitApplication(db, late, input, deadline)).toEqual({ reference: draft.reference });
  });

  it('names what is missing and changes nothing', async () => {
    const student = await newStudent();
    const draft = await saveApplication(db, student, { callReference: call, fields: { title: 'T' } }, now);
    const input = { callReference: call, revision: draft.revision, ...declared };
    await expect(submitApplication(db, student, input, now)).rejects.toMatchObject({
      reason: 'exchanges.incomplete',
      fields: { workPlan: ['exchanges.giveWorkPlan'], 'document.plan': ['exchanges.attachDocument'] },
    });
    const owner = await newStudent();
    const whole = await addApplication(db, owner, call, now, { submit: false });
    await expect(
      submitApplication(db, owner, { ...input, revision: whole.revision, consent: false }, now),
    ).rejects.toMatchObject({ fields: { consent: ['exchanges.consent'] } });
    expect((await rowOf(whole.reference)).state).toBe('draft');
  });

  it('happens once, even when it is sent twice at the same moment', async () => {
    const student = await newStudent();
    const draft = await addApplication(db, student, call, now, { submit: false });
    const input = { callReference: call, revision: draft.revision, ...declared };
    const both = await Promise.allSettled([
      submitApplication(db, student, input, now),
      submitApplication(db, student, input, now),
    ]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await auditCodes(draft.id)).toEqual(['application.draft', 'application.submit']);
    const sent = await db
      .select()
      .from(message)
      .where(eq(message.cause, `application:${draft.id}:submitted`));
    expect(sent).toHaveLength(1);
  });
});

it('is a draft that the applicant alone sees', async () => {
  const student = await newStudent();
  const draft = await addApplication(db, student, call, now, { submit: false });
  await expect(exchangeRecord(db, homeCoordinator, draft.reference)).rejects.toMatchObject({
    code: 'not-found',
  });
  expect(await exchangeRecord(db, student, draft.reference)).toMatchObject({ own: true });
});
