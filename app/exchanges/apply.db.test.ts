import { and, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { application, applicationDocument, correction } from '#db/schema/exchanges.ts';
import { consent } from '#db/schema/people.ts';
import { placement } from '#db/schema/placements.ts';
import { auditRow, delivery, message, translation, version } from '#db/schema/platform.ts';
import { useDatabase } from '#tests/support/database.ts';
import {
  addApplication,
  addCall,
  addDocument,
  addEndorsement,
  addExchangePeople,
  ENDORSEMENT,
  makeNominated,
  revisionOf,
  typedApplication,
} from '#tests/support/exchange.ts';
import { addPerson } from '#tests/support/thesis.ts';
import type { ApplicationContent } from './application-content.ts';
import { FIELDS } from './application-steps.ts';
import { translationOf } from './application-translation.ts';
import { copyApplication } from './copy-application.ts';
import { declareApplication } from './declare-application.ts';
import { formRevision } from './form-revision.ts';
import { returnForCorrection } from './return-for-correction.ts';
import { saveApplication } from './save-application.ts';
import { submitApplication } from './submit-application.ts';
import { translateApplication } from './translate-application.ts';

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
const contentsOf = async (id: string) => {
  const rows = await db
    .select()
    .from(version)
    .where(and(eq(version.subjectType, 'application'), eq(version.subjectId, id)))
    .orderBy(version.number);
  return rows.map((row) => row.content as ApplicationContent);
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

  it('lets two steps stand open side by side, and each form go stale by its own fields alone', async () => {
    const student = await newStudent();
    const first = await saveApplication(db, student, { callReference: call, fields: { title: 'T' } }, now);
    const plan = formRevision(first, FIELDS.plan);
    const host = formRevision(first, FIELDS.host);
    await saveApplication(
      db,
      student,
      {
        callReference: call,
        fields: { wish1: '', wish2: '', wish3: '', wishedStart: '', weeks: '6' },
        revision: host,
      },
      now,
    );
    const saved = await saveApplication(
      db,
      student,
      { callReference: call, fields: { title: 'T2', workPlan: '' }, revision: plan },
      now,
    );
    expect(saved).toMatchObject({ title: 'T2', weeks: 6 });
    await expect(
      saveApplication(
        db,
        student,
        { callReference: call, fields: { title: 'T3', workPlan: '' }, revision: plan },
        now,
      ),
    ).rejects.toMatchObject({ code: 'stale' });
  });

  it.each([
    [{ title: 'x'.repeat(10_000) }, 'title', 'exchanges.titleTooLong'],
    [{ weeks: '-2' }, 'weeks', 'exchanges.stayNoWeeks'],
    [{ weeks: '0' }, 'weeks', 'exchanges.stayNoWeeks'],
    [{ weeks: '500' }, 'weeks', 'exchanges.weeksTooMany'],
    [{ weeks: 'six' }, 'weeks', 'number'],
    [{ wishedStart: '2027-02-30' }, 'wishedStart', 'date'],
    [{ wish1: 'Lab 1', wish2: 'Lab 1' }, 'wish2', 'exchanges.laboratoryTwice'],
    [{ hostInstitutionId: 'nowhere' }, 'hostInstitutionId', 'choice'],
  ])('does not keep %o', async (fields, field, reason) => {
    const student = await newStudent();
    await expect(saveApplication(db, student, { callReference: call, fields }, now)).rejects.toMatchObject({
      code: 'invalid',
      fields: { [field]: [reason] },
    });
    const none = await db.select().from(application).where(eq(application.applicantId, student.personId));
    expect(none).toEqual([]);
  });

  it('keeps laboratories in the order of wish, without gaps', async () => {
    const student = await newStudent();
    const fields = { wish1: '', wish2: 'Extraction', wish3: 'Analysis' };
    const saved = await saveApplication(db, student, { callReference: call, fields }, now);
    expect(saved.laboratoryWishes).toEqual(['Extraction', 'Analysis']);
  });

  it('rolls back whole when a document is not the applicant’s', async () => {
    const student = await newStudent();
    const fileId = await addDocument(db, await newStudent());
    const input = { callReference: call, fields: { title: 'T' }, documents: [{ kind: 'plan', fileId }] };
    await expect(saveApplication(db, student, input, now)).rejects.toMatchObject({ code: 'invalid' });
    expect(await db.select().from(application).where(eq(application.applicantId, student.personId))).toEqual(
      [],
    );
  });

  it('begins from an earlier application, and writes over nothing', async () => {
    const student = await newStudent();
    const earlier = await addApplication(db, student, call, now, { fields: { wish1: 'Extraction' } });
    const other = await addCall(db, people, now);
    const copied = await copyApplication(db, student, { callReference: other, from: earlier.reference }, now);
    expect(copied).toMatchObject({
      title: typedApplication(now).title,
      weeks: 6,
      wishedStart: null,
      laboratoryWishes: ['Extraction'],
      homeSupervisorId: null,
      declaredAt: null,
    });
    const again = { callReference: other, from: earlier.reference };
    await expect(copyApplication(db, student, again, now)).rejects.toMatchObject({
      reason: 'exchanges.alreadyBegun',
    });
    const thief = await newStudent();
    await expect(copyApplication(db, thief, again, now)).rejects.toMatchObject({
      reason: 'exchanges.nothingToCopy',
    });
  });
});

describe('submitting', () => {
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
    const input = { callReference: call, revision: draft.revision };
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
    const input = { callReference: call, revision: draft.revision };
    await expect(submitApplication(db, student, input, now)).rejects.toMatchObject({
      reason: 'exchanges.incomplete',
      fields: { workPlan: ['exchanges.giveWorkPlan'], 'document.plan': ['exchanges.attachDocument'] },
    });
    expect((await rowOf(draft.reference)).state).toBe('draft');
    const owner = await newStudent();
    await saveApplication(db, owner, { callReference: call, fields: {} }, now);
    const half = { callReference: call, declared: true, consent: false, locale: 'en' as const };
    await expect(declareApplication(db, owner, half, now)).rejects.toMatchObject({
      fields: { consent: ['exchanges.consent'] },
    });
  });

  it('happens once, even when it is sent twice at the same moment', async () => {
    const student = await newStudent();
    const draft = await addApplication(db, student, call, now, { submit: false });
    const input = { callReference: call, revision: draft.revision };
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

  it('fixes every section, the supervisor’s words among them', async () => {
    const { id, student } = await submitted();
    const [content] = await contentsOf(id);
    expect(content).toMatchObject({
      person: { personId: student.personId },
      title: typedApplication(now).title,
      weeks: 6,
      endorsement: { words: ENDORSEMENT, locale: 'en' },
      documents: [{ kind: 'plan', name: 'plan.pdf' }],
      eligibility: { kind: 'met', direction: 'met', window: 'met', report: 'met', overlap: 'met' },
    });
  });

  it('is refused without the supervisor’s word, and where the stay would overlap another', async () => {
    const student = await newStudent();
    const draft = await saveApplication(
      db,
      student,
      { callReference: call, fields: typedApplication(now) },
      now,
    );
    await addEndorsement(db, student, call, now, { give: false });
    const input = { callReference: call, revision: draft.revision };
    await expect(submitApplication(db, student, input, now)).rejects.toMatchObject({
      fields: { endorsement: ['exchanges.endorsementAwaited'] },
    });
    const former = await addApplication(db, student, await addCall(db, people, now), now);
    const row = await rowOf(former.reference);
    await db.insert(placement).values({
      applicationId: row.id,
      reference: row.reference,
      participantId: student.personId,
      homeInstitutionId: row.homeInstitutionId ?? '',
      hostInstitutionId: row.hostInstitutionId ?? '',
      hostSupervisor: 'P',
      laboratory: 'L',
      startsOn: row.wishedStart ?? '',
      endsOn: '2027-03-01',
    });
    await expect(submitApplication(db, student, input, now)).rejects.toMatchObject({
      fields: { wishedStart: ['exchanges.overlapsOther'] },
      params: { reference: former.reference },
    });
  });

  it('comes again after a return: edited, whole, before the new date, as a second version', async () => {
    const { reference, student, id } = await submitted();
    const revision = await revisionOf(db, reference);
    const comments = { plan: 'Say which equipment.' };
    await returnForCorrection(
      db,
      homeCoordinator,
      { reference, revision, comments, dueOn: '2026-12-05' },
      now,
    );
    const row = await rowOf(reference);
    expect(row.state).toBe('returned');
    const empty = { callReference: call, fields: { title: '' }, revision: row.revision };
    await expect(saveApplication(db, student, empty, now)).rejects.toMatchObject({
      fields: { title: ['exchanges.giveTitle'] },
    });
    const fields = { workPlan: 'With the mixer-settler.' };
    const saved = await saveApplication(
      db,
      student,
      { callReference: call, fields, revision: row.revision },
      now,
    );
    const [open] = await db.select().from(correction).where(eq(correction.applicationId, id));
    const input = { callReference: call, revision: saved.revision };
    const late = new Date((open?.dueAt ?? now).getTime() + 1);
    await expect(submitApplication(db, student, input, late)).rejects.toMatchObject({
      reason: 'exchanges.correctionPassed',
    });
    // After the deadline of the call, before the date that was given.
    await submitApplication(db, student, input, new Date('2026-12-03T10:00:00Z'));
    expect((await contentsOf(id)).map((content) => content.workPlan)).toEqual([
      typedApplication(now).workPlan.replaceAll('\r\n', '\n'),
      'With the mixer-settler.',
    ]);
    const [answered] = await db.select().from(correction).where(eq(correction.applicationId, id));
    expect(answered?.answeredAt).not.toBeNull();
    expect(await toldBy(`application:${id}:submitted:2`)).toContain(homeCoordinator.personId);
    await expect(saveApplication(db, student, empty, now)).rejects.toMatchObject({
      reason: 'exchanges.alreadySubmitted',
    });
  });
});

describe('a translation', () => {
  const texts = { title: 'Экстракция тяжёлых РЗЭ', workPlan: 'Четыре недели опытов.' };
  const versionId = async (reference: string) => (await rowOf(reference)).submittedVersionId ?? '';

  it('is added by the applicant or the home coordinator, names them, and changes nothing else', async () => {
    const { reference, student } = await submitted();
    const before = await rowOf(reference);
    const input = { reference, versionId: await versionId(reference), fields: texts };
    await translateApplication(db, student, input);
    await translateApplication(db, homeCoordinator, { ...input, fields: { ...texts, title: 'Иначе' } });
    expect(await translationOf(db, before.submittedVersionId)).toMatchObject({
      locale: 'ru',
      title: 'Иначе',
      workPlan: texts.workPlan,
      translatedById: homeCoordinator.personId,
    });
    expect(await rowOf(reference)).toEqual(before);
    expect(await contentsOf(before.id)).toHaveLength(1);
  });

  it('is nobody else’s, and too late once the host reads', async () => {
    const { reference } = await submitted();
    const input = { reference, versionId: await versionId(reference), fields: texts };
    await expect(translateApplication(db, hostCoordinator, input)).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(translateApplication(db, await newStudent(), input)).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(
      translateApplication(db, homeCoordinator, { ...input, fields: { ...texts, title: ' ' } }),
    ).rejects.toMatchObject({ fields: { title: ['exchanges.translationEmpty'] } });
    await expect(
      translateApplication(db, homeCoordinator, { ...input, versionId: crypto.randomUUID() }),
    ).rejects.toMatchObject({ code: 'stale' });
    await makeNominated(db, people, reference, now);
    await expect(translateApplication(db, homeCoordinator, input)).rejects.toMatchObject({ code: 'stale' });
    expect(await db.select().from(translation).where(eq(translation.versionId, input.versionId))).toEqual([]);
  });
});
