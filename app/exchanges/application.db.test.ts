import { and, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { PersonActor } from '#app/platform/actor.ts';
import { application, applicationDocument } from '#db/schema/exchanges.ts';
import { consent } from '#db/schema/people.ts';
import { auditRow, delivery, message } from '#db/schema/platform.ts';
import { useDatabase } from '#tests/support/database.ts';
import {
  addApplication,
  addCall,
  addDocument,
  addExchangePeople,
  revisionOf,
  typedApplication,
} from '#tests/support/exchange.ts';
import { addPerson } from '#tests/support/thesis.ts';
import { acceptApplication } from './accept-application.ts';
import { declineApplication } from './decline-application.ts';
import { nominateApplication } from './nominate-application.ts';
import { exchangeRecord } from './record-queries.ts';
import { refuseNomination } from './refuse-nomination.ts';
import { saveApplication } from './save-application.ts';
import { submitApplication } from './submit-application.ts';
import { withdrawApplication } from './withdraw-application.ts';

const { db } = await useDatabase();
const people = await addExchangePeople(db);
const { homeCoordinator, hostCoordinator } = people;
const now = new Date('2026-11-21T10:00:00Z');
const call = await addCall(db, people, now);
const stay = {
  hostSupervisor: 'Petrova Anna',
  laboratory: 'Laboratory 14',
  stayFrom: '2027-02-01',
  stayUntil: '2027-03-14',
};

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
const decision = async (reference: string, reason?: string) => ({
  reference,
  revision: await revisionOf(db, reference),
  reason,
});
const submitted = async () => {
  const student = await newStudent();
  return { student, ...(await addApplication(db, student, call, now)) };
};
const nominated = async () => {
  const made = await submitted();
  await nominateApplication(
    db,
    homeCoordinator,
    { ...(await decision(made.reference)), confirmed: true },
    now,
  );
  return made;
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

describe('the home institution', () => {
  it('nominates, and the pen goes to the host', async () => {
    const { id, reference, student } = await nominated();
    const row = await rowOf(reference);
    expect(row).toMatchObject({
      state: 'nominated',
      homeDecidedBy: homeCoordinator.personId,
      homeDecidedAt: now,
    });
    expect(row.dueAt?.toISOString()).toBe('2026-12-21T10:00:00.000Z');
    expect(await auditCodes(id)).toContain('application.nominate');
    expect(await toldBy(`application:${id}:nominated`)).toEqual(
      expect.arrayContaining([student.personId, hostCoordinator.personId]),
    );
  });

  it('declines with a reason, never without', async () => {
    const { reference } = await submitted();
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
    const { reference } = await submitted();
    const input = { ...(await decision(reference)), confirmed: false };
    await expect(nominateApplication(db, homeCoordinator, input, now)).rejects.toMatchObject({
      fields: { confirmed: ['exchanges.confirmConditions'] },
    });
  });

  it('is the only one who holds this pen', async () => {
    const { reference, student } = await submitted();
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
    expect((await rowOf(reference)).state).toBe('submitted');
  });

  it('lets nobody decide their own application', async () => {
    const coordinator = await addPerson(db, 'IITISM', ['coordinator']);
    const { reference } = await addApplication(db, coordinator, call, now);
    const input = { ...(await decision(reference)), confirmed: true };
    await expect(nominateApplication(db, coordinator, input, now)).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await exchangeRecord(db, coordinator, reference)).toMatchObject({
      ownDecision: true,
      may: { nominate: false },
    });
    await expect(
      db
        .update(application)
        .set({ homeDecidedAt: now, homeDecidedBy: coordinator.personId, state: 'nominated' })
        .where(eq(application.reference, reference)),
    ).rejects.toThrow();
  });

  it('is told when its form is stale, and of two deciders one wins', async () => {
    const { reference } = await submitted();
    const input = await decision(reference, 'No');
    const second = await addPerson(db, 'IITISM', ['coordinator']);
    const both = await Promise.allSettled([
      nominateApplication(db, homeCoordinator, { ...input, confirmed: true }, now),
      refuseNomination(db, second, input, now),
    ]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = both.find((one) => one.status === 'rejected');
    expect(refused?.reason).toMatchObject({ code: 'stale' });
  });
});

describe('the host institution', () => {
  it('accepts with supervisor, laboratory and dates', async () => {
    const { id, reference, student } = await nominated();
    await acceptApplication(db, hostCoordinator, { ...(await decision(reference)), stay }, now);
    expect(await rowOf(reference)).toMatchObject({
      state: 'accepted',
      ...stay,
      hostDecidedBy: hostCoordinator.personId,
      dueAt: null,
    });
    expect(await toldBy(`application:${id}:accepted`)).toEqual(
      expect.arrayContaining([student.personId, homeCoordinator.personId]),
    );
  });

  it.each([
    [{ stayUntil: '2027-01-31' }, 'stayUntil', 'exchanges.stayBackwards'],
    [{ stayFrom: '2026-12-31' }, 'stayFrom', 'exchanges.startOutside'],
    [{ stayUntil: '2027-12-31' }, 'stayUntil', 'exchanges.stayTooLate'],
    [{ laboratory: '' }, 'laboratory', 'exchanges.giveLaboratory'],
    [{ hostSupervisor: 'x'.repeat(201) }, 'hostSupervisor', 'exchanges.nameTooLong'],
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

  it('declines with a reason, never without', async () => {
    const { reference } = await nominated();
    await expect(
      declineApplication(db, hostCoordinator, await decision(reference), now),
    ).rejects.toMatchObject({ reason: 'reasonRequired' });
    await declineApplication(db, hostCoordinator, await decision(reference, 'No furnace'), now);
    expect(await rowOf(reference)).toMatchObject({ state: 'declined', stateReason: 'No furnace' });
  });

  it('is the only one who answers, and not before the nomination', async () => {
    const { reference } = await nominated();
    const input = { ...(await decision(reference)), stay };
    await expect(acceptApplication(db, homeCoordinator, input, now)).rejects.toMatchObject({
      code: 'forbidden',
    });
    const early = await submitted();
    const tooEarly = { ...(await decision(early.reference)), stay };
    await expect(acceptApplication(db, hostCoordinator, tooEarly, now)).rejects.toMatchObject({
      code: 'stale',
    });
  });
});

describe('the applicant', () => {
  it('withdraws before the answer, not after', async () => {
    const made = await nominated();
    await withdrawApplication(db, made.student, await decision(made.reference), now);
    expect(await rowOf(made.reference)).toMatchObject({ state: 'withdrawn', withdrawnAt: now, dueAt: null });
    expect(await toldBy(`application:${made.id}:withdrawn`)).toEqual(
      expect.arrayContaining([homeCoordinator.personId, hostCoordinator.personId]),
    );
    const accepted = await nominated();
    await acceptApplication(db, hostCoordinator, { ...(await decision(accepted.reference)), stay }, now);
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

  it('alone sees a draft', async () => {
    const student = await newStudent();
    const draft = await addApplication(db, student, call, now, { submit: false });
    await expect(exchangeRecord(db, homeCoordinator, draft.reference)).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(await exchangeRecord(db, student, draft.reference)).toMatchObject({ own: true });
  });
});

describe('the database', () => {
  it('ties every state to who decided and when', async () => {
    const { reference } = await submitted();
    const set = (values: object) =>
      db.update(application).set(values).where(eq(application.reference, reference));
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

  it('rolls state, audit and messages back together', async () => {
    const { id, reference } = await submitted();
    // A message that cannot be written takes the nomination with it.
    await db.execute(
      `create function refuse() returns trigger language plpgsql as 'begin raise exception ''no''; end'`,
    );
    await db.execute(`create trigger refuse before insert on message for each row execute function refuse()`);
    const input = { ...(await decision(reference)), confirmed: true };
    await expect(nominateApplication(db, homeCoordinator, input, now)).rejects.toThrow();
    await db.execute('drop trigger refuse on message');
    expect((await rowOf(reference)).state).toBe('submitted');
    expect(await auditCodes(id)).not.toContain('application.nominate');
    await nominateApplication(db, homeCoordinator, input, now);
    expect((await rowOf(reference)).state).toBe('nominated');
  });
});
