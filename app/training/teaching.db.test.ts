import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import type { PersonActor } from '#app/platform/actor.ts';
import { certificateByCode, certificatesOfPerson, certifiedCourses } from '#app/verification/queries.ts';
import { revokeCertificate } from '#app/verification/revoke-certificate.ts';
import { person } from '#db/schema/people.ts';
import { attendance, certificate, courseRun, courseSession, enrolment } from '#db/schema/training.ts';
import { addRun } from '#tests/support/course.ts';
import { useDatabase } from '#tests/support/database.ts';
import { addPerson } from '#tests/support/thesis.ts';
import { addSession, type SessionInput } from './add-session.ts';
import { changeRun } from './change-run.ts';
import { enrolPerson } from './enrol-person.ts';
import { issueCertificates } from './issue-certificates.ts';
import { markAttendance } from './mark-attendance.ts';
import { recordResults } from './record-results.ts';
import { removeSession } from './remove-session.ts';
import { runCalendar } from './run-calendar.ts';
import { peopleOfRun, rollOfRun, runForReader } from './run-queries.ts';

const { db } = await useDatabase();
const before = new Date('2026-11-21T10:00:00Z');
const during = new Date('2027-01-18T08:00:00Z');
const after = new Date('2027-01-25T10:00:00Z');

const coordinator = await addPerson(db, 'GIREDMET', ['coordinator']);
const coordinatorIn = await addPerson(db, 'IITISM', ['coordinator']);
const instructor = await addPerson(db, 'TEXMIN', ['instructor']);
const otherInstructor = await addPerson(db, 'GIREDMET', ['instructor']);

const session = (reference: string, more: Partial<SessionInput> = {}): SessionInput => ({
  reference,
  titleEn: 'Extraction',
  titleRu: 'Экстракция',
  on: '2027-01-18',
  from: '10:00',
  until: '13:00',
  ...more,
});

async function named(actor: PersonActor) {
  await db
    .update(person)
    .set({ givenNameRu: 'Дипика', familyNameRu: 'Кумари', cyrillicSpelling: 'confirmed' })
    .where(eq(person.id, actor.personId));
  return actor;
}

/** A run with its instructor, two people in it, one session. */
async function run() {
  const reference = await addRun(db);
  const [row] = await db.select().from(courseRun).where(eq(courseRun.reference, reference));
  if (!row) throw new Error('no run');
  const { seats, quotaIn, quotaRu, revision } = row;
  const size = { reference, seats, quotaIn, quotaRu, revision };
  await changeRun(db, coordinator, { ...size, instructorId: instructor.personId }, before);
  await addSession(db, coordinator, session(reference));
  const [first, second] = [
    await named(await addPerson(db, 'IITISM', [])),
    await addPerson(db, 'GIREDMET', []),
  ];
  const a = await enrolPerson(db, first, { reference }, before);
  const b = await enrolPerson(db, second, { reference }, before);
  return { reference, courseId: row.courseId, first, second, a: a.id, b: b.id };
}

describe('the times of sessions', () => {
  test('are the clock of the host’s city, shown in both, and never overlap', async () => {
    const reference = await addRun(db);
    expect(await addSession(db, coordinator, session(reference))).toBe(1);
    const [row] = await db.select().from(courseSession).where(eq(courseSession.number, 1)).limit(1);
    expect(row?.startsAt.toISOString()).toBe('2027-01-18T07:00:00.000Z');
    const wrong = (more: Partial<SessionInput>) => addSession(db, coordinator, session(reference, more));
    await expect(wrong({ from: '12:30', until: '14:00' })).rejects.toMatchObject({
      fields: { from: ['training.sessionOverlaps'] },
    });
    await expect(wrong({ on: '2027-01-23' })).rejects.toMatchObject({
      fields: { on: ['training.sessionOutside'] },
    });
    await expect(wrong({ from: '14:00', until: '13:00' })).rejects.toMatchObject({
      fields: { until: ['training.sessionBackwards'] },
    });
    await expect(
      addSession(db, coordinatorIn, session(reference, { from: '14:00', until: '15:00' })),
    ).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await wrong({ from: '13:00', until: '15:00' })).toBe(2);
    await removeSession(db, coordinator, { reference, number: 2 });
    await expect(removeSession(db, coordinator, { reference, number: 2 })).rejects.toMatchObject({
      code: 'stale',
    });
  });

  test('stand in the calendar file; without them the days do', async () => {
    const reference = await addRun(db);
    const actor = await addPerson(db, 'IITISM', []);
    const file = async () =>
      runCalendar(await runForReader(db, actor, reference, before), 'ru', 'https://portal.example/x', before);
    const days = await file();
    expect(days).toContain('DTSTART;VALUE=DATE:20270118');
    expect(days).toContain('DTEND;VALUE=DATE:20270123');
    await addSession(db, coordinator, session(reference));
    const times = (await file()).replace(/\r\n /g, '');
    expect(times).toContain('DTSTART:20270118T070000Z');
    expect(times).toContain('DTEND:20270118T100000Z');
    expect(times).toContain('Экстракция');
    expect(times.match(/BEGIN:VEVENT/g)).toHaveLength(1);
  });
});

describe('the roll', () => {
  test('is kept by the run’s instructor alone, and can be corrected', async () => {
    const { reference, a, b, first } = await run();
    const marks = new Map([
      [a, 'present' as const],
      [b, 'absent' as const],
    ]);
    const input = { reference, number: 1, marks };
    for (const actor of [otherInstructor, coordinator, first]) {
      await expect(markAttendance(db, actor, input, during)).rejects.toMatchObject({ code: 'forbidden' });
      await expect(rollOfRun(db, actor, reference)).rejects.toMatchObject({ code: 'forbidden' });
    }
    await expect(markAttendance(db, instructor, input, before)).rejects.toMatchObject({
      reason: 'training.notStarted',
    });
    expect(await markAttendance(db, instructor, input, during)).toBe(2);
    await markAttendance(db, instructor, { ...input, marks: new Map([[b, 'excused']]) }, during);
    const rows = await db.select().from(attendance).where(eq(attendance.enrolmentId, b));
    expect(rows.map((row) => row.mark)).toEqual(['excused']);
    await expect(removeSession(db, coordinator, { reference, number: 1 })).rejects.toMatchObject({
      reason: 'training.sessionHeld',
    });
    // Somebody of another run is passed over.
    const { a: stranger } = await run();
    const none = { ...input, marks: new Map([[stranger, 'present' as const]]) };
    await expect(markAttendance(db, instructor, none, during)).rejects.toMatchObject({
      reason: 'training.nobodyMarked',
    });
  });
});

describe('certificates', () => {
  let made: Awaited<ReturnType<typeof run>>;
  beforeAll(async () => {
    made = await run();
    const results = new Map([
      [made.a, { result: 'passed' as const, grade: 87 }],
      [made.b, { result: 'failed' as const, grade: null }],
    ]);
    await expect(
      recordResults(db, coordinator, { reference: made.reference, results }, after),
    ).rejects.toMatchObject({ code: 'forbidden' });
    await recordResults(db, instructor, { reference: made.reference, results }, after);
  });

  test('are refused to those who did not pass, before the end, to the wrong side, without a name', async () => {
    const { reference, a, b } = made;
    const issue = (actor: PersonActor, ids: string[], now = after) =>
      issueCertificates(db, actor, { reference, enrolmentIds: ids }, now);
    await expect(issue(coordinator, [a, b])).rejects.toMatchObject({ reason: 'training.notPassed' });
    await expect(issue(coordinator, [a], during)).rejects.toMatchObject({ reason: 'training.notOver' });
    await expect(issue(coordinator, [])).rejects.toMatchObject({ code: 'invalid' });
    for (const actor of [coordinatorIn, instructor, made.first]) {
      await expect(issue(actor, [a])).rejects.toMatchObject({ code: 'forbidden' });
    }
    await recordResults(
      db,
      instructor,
      { reference, results: new Map([[b, { result: 'passed', grade: null }]]) },
      after,
    );
    await expect(issue(coordinator, [b])).rejects.toMatchObject({ reason: 'training.nameMissing' });
    await recordResults(
      db,
      instructor,
      { reference, results: new Map([[b, { result: 'failed', grade: null }]]) },
      after,
    );
    const forged = db.insert(certificate).values({
      number: 'CT-0',
      code: '0'.repeat(26),
      enrolmentId: b,
      personId: made.second.personId,
      courseId: made.courseId,
      institutionId: coordinator.institutionId,
      content: {} as never,
      issuedOn: '2027-01-25',
      issuedBy: coordinator.personId,
    });
    await expect(forged).rejects.toMatchObject({ cause: { constraint: 'certificate_of_passed' } });
  });

  test('say what was known when they were issued, once, and count as prerequisite until revoked', async () => {
    const { reference, a, first, courseId } = made;
    expect(await issueCertificates(db, coordinator, { reference, enrolmentIds: [a] }, after)).toBe(1);
    await expect(
      issueCertificates(db, coordinator, { reference, enrolmentIds: [a] }, after),
    ).rejects.toMatchObject({
      reason: 'training.certifiedAlready',
    });
    const lower = new Map([[a, { result: 'failed' as const, grade: 1 }]]);
    await expect(recordResults(db, instructor, { reference, results: lower }, after)).rejects.toMatchObject({
      reason: 'training.certifiedAlready',
    });
    await expect(
      db.update(enrolment).set({ result: 'failed', grade: null }).where(eq(enrolment.id, a)),
    ).rejects.toMatchObject({ cause: { constraint: 'certificate_of_passed' } });

    const [own] = await certificatesOfPerson(db, first.personId);
    const code = own?.code ?? '';
    const shown = await certificateByCode(db, code);
    expect(shown?.content).toMatchObject({
      name: { cyrillic: 'Дипика Кумари' },
      minutes: 180,
      grade: 87,
      startsOn: '2027-01-18',
    });
    expect(shown).not.toHaveProperty('revokedReason');
    expect((await certifiedCourses(db, first.personId)).has(courseId)).toBe(true);

    const revoke = (actor: PersonActor, reason: string) =>
      revokeCertificate(db, actor, { code, reason }, after);
    for (const actor of [coordinatorIn, instructor, first]) {
      await expect(revoke(actor, 'x')).rejects.toMatchObject({ code: 'forbidden' });
    }
    await expect(revoke(coordinator, ' ')).rejects.toMatchObject({ reason: 'reasonRequired' });
    await revoke(coordinator, 'Issued by mistake.');
    await expect(revoke(coordinator, 'Again.')).rejects.toMatchObject({ code: 'stale' });
    expect((await certificateByCode(db, code))?.revokedAt).not.toBeNull();
    expect((await certifiedCourses(db, first.personId)).size).toBe(0);
    await expect(
      db
        .update(certificate)
        .set({ revokedAt: null, revokedBy: null, revokedReason: null })
        .where(eq(certificate.code, code)),
    ).rejects.toMatchObject({ cause: { constraint: 'certificate_unchanged' } });
  });
});

test('a coordinator knows the people of the own institution and of the own courses, nobody else’s', async () => {
  const { reference } = await run();
  const texmin = await addPerson(db, 'TEXMIN', ['coordinator']);
  expect((await peopleOfRun(db, coordinator, reference, 0)).rows).toHaveLength(2);
  expect((await peopleOfRun(db, coordinatorIn, reference, 0)).rows).toHaveLength(1);
  expect((await peopleOfRun(db, texmin, reference, 0)).rows).toHaveLength(0);
  await expect(peopleOfRun(db, instructor, reference, 0)).rejects.toMatchObject({ code: 'forbidden' });
});
