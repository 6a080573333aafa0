import { and, asc, eq, inArray } from 'drizzle-orm';
import { type PersonActor, system } from '#app/platform/actor.ts';
import { addSession } from '#app/training/add-session.ts';
import { changeRun } from '#app/training/change-run.ts';
import { enrolPerson } from '#app/training/enrol-person.ts';
import { importCourses } from '#app/training/import-courses.ts';
import { issueCertificates } from '#app/training/issue-certificates.ts';
import { markAttendance } from '#app/training/mark-attendance.ts';
import { type CourseRow, readCourses } from '#app/training/read-courses.ts';
import { recordResults } from '#app/training/record-results.ts';
import { withdrawEnrolment } from '#app/training/withdraw-enrolment.ts';
import { revokeCertificate } from '#app/verification/revoke-certificate.ts';
import type { Db } from '#db/client.server.ts';
import { institution, person } from '#db/schema/people.ts';
import { certificate, courseRun, enrolment } from '#db/schema/training.ts';
import { actingAs } from './acting.ts';
import { type Cast, received } from './seed-people.ts';

/** The received courses, and four runs of them around the day of seeding: over, assessed late, under way, full. */
export async function seedTraining(db: Db, as: Cast, now: Date): Promise<void> {
  const places = await db.select({ code: institution.code }).from(institution);
  const hosts = new Map(places.map(({ code }) => [code, true]));
  const { courses, problems } = readCourses(received('courses.csv'), hosts, new Map());
  if (problems.length > 0) throw new Error(`courses.csv: ${JSON.stringify(problems[0])}`);
  await importCourses(db, system('demo'), courses);
  const story = { db, as, now, courses, people: await imported(db) };
  await certified(story);
  await awaitingResults(story);
  await underWay(story);
  await full(story);
}

type Story = {
  db: Db;
  as: Cast;
  now: Date;
  courses: CourseRow[];
  people: Record<'in' | 'ru', PersonActor[]>;
};

/** Some of the imported people of each side. */
async function imported(db: Db): Promise<Story['people']> {
  const of = async (side: 'in' | 'ru') => {
    const rows = await db
      .select({ email: person.email })
      .from(person)
      .innerJoin(institution, eq(institution.id, person.institutionId))
      .where(and(eq(institution.side, side), inArray(person.occupation, ['expert', 'student'])))
      .orderBy(asc(person.id))
      .limit(24);
    const actors: PersonActor[] = [];
    for (const { email } of rows)
      if (email && !email.endsWith('@demo.example')) actors.push(await actingAs(db, email));
    return actors;
  };
  return { in: await of('in'), ru: await of('ru') };
}

const DAY = 86_400_000;
const dayFrom = (now: Date, days: number) => new Date(now.getTime() + days * DAY).toISOString().slice(0, 10);

/** One more run of a received course, around today, with its instructor and a session a day. */
async function addRun(
  { db, as, now, courses }: Story,
  code: string,
  run: { from: number; to: number; seats?: number; quotaIn?: number; quotaRu?: number },
): Promise<string> {
  const row = courses.find((one) => one.code === code);
  if (!row) throw new Error(`no course ${code}`);
  const { from, to, ...size } = run;
  const dates = { startsOn: dayFrom(now, from), endsOn: dayFrom(now, to) };
  const [reference] = await importCourses(db, system('demo'), [{ ...row, ...size, ...dates }]);
  if (!reference) throw new Error(`the run of ${code} was not added`);
  const side = row.host === 'GIREDMET' ? 'ru' : 'in';
  const coordinator = as(`coordinator.${side}`);
  const [found] = await db.select().from(courseRun).where(eq(courseRun.reference, reference));
  if (!found) throw new Error(`no run ${reference}`);
  const { seats, quotaIn, quotaRu, revision } = found;
  const instructorId = as(`instructor.${side}`).personId;
  await changeRun(db, coordinator, { reference, seats, quotaIn, quotaRu, revision, instructorId }, now);
  for (const [index, title] of SESSIONS.entries()) {
    const on = dayFrom(now, from + index);
    if (on > dates.endsOn) break;
    await addSession(db, coordinator, { reference, ...title, on, from: '10:00', until: '14:00' });
  }
  return reference;
}

const SESSIONS = [
  { titleEn: 'Introduction and safety', titleRu: 'Введение и техника безопасности' },
  { titleEn: 'Theory', titleRu: 'Теория' },
  { titleEn: 'Laboratory practice', titleRu: 'Лабораторный практикум' },
];

/** Enrols people one after another, and answers their enrolments' ids. */
async function enrol(db: Db, reference: string, people: readonly PersonActor[], at: Date) {
  const ids: string[] = [];
  for (const actor of people) ids.push((await enrolPerson(db, actor, { reference }, at)).id);
  return ids;
}

const SEEDED = ['student.in', 'student.ru', 'expert.in', 'expert.ru'] as const;

/** Over and certified: one certificate revoked, one still to be issued, one person who did not pass. */
async function certified(story: Story): Promise<void> {
  const { db, as, now, people } = story;
  const reference = await addRun(story, 'TR-01', { from: -40, to: -31 });
  const early = new Date(now.getTime() - 60 * DAY);
  const everybody = [...SEEDED.map((name) => as(name)), ...people.ru.slice(0, 3), ...people.in.slice(0, 1)];
  const ids = await enrol(db, reference, everybody, early);
  for (const number of [1, 2, 3]) {
    const marks = new Map(
      ids.map((id, index) => [id, index === 7 && number > 1 ? ('absent' as const) : ('present' as const)]),
    );
    await markAttendance(
      db,
      as('instructor.ru'),
      { reference, number, marks },
      new Date(now.getTime() - 35 * DAY),
    );
  }
  const results = new Map(
    ids.map((id, index) => [
      id,
      index === 7
        ? { result: 'failed' as const, grade: 35 }
        : { result: 'passed' as const, grade: 78 + 2 * index },
    ]),
  );
  await recordResults(db, as('instructor.ru'), { reference, results }, new Date(now.getTime() - 30 * DAY));
  const issued = { reference, enrolmentIds: ids.slice(0, 6) };
  await issueCertificates(db, as('coordinator.ru'), issued, new Date(now.getTime() - 28 * DAY));
  const [last] = await db
    .select({ code: certificate.code })
    .from(certificate)
    .where(eq(certificate.enrolmentId, ids[5] ?? ''));
  const revoked = { code: last?.code ?? '', reason: 'Issued with the wrong dates; a new one follows.' };
  await revokeCertificate(db, as('coordinator.ru'), revoked, new Date(now.getTime() - 20 * DAY));
}

/** Over, with the instructor's results still to come. */
async function awaitingResults(story: Story): Promise<void> {
  const { db, as, now, people } = story;
  const reference = await addRun(story, 'TR-09', { from: -12, to: -8 });
  const early = new Date(now.getTime() - 30 * DAY);
  const ids = await enrol(
    db,
    reference,
    [as('student.in'), ...people.in.slice(1, 4), ...people.ru.slice(3, 6)],
    early,
  );
  const marks = new Map(ids.map((id) => [id, 'present' as const]));
  await markAttendance(
    db,
    as('instructor.ru'),
    { reference, number: 1, marks },
    new Date(now.getTime() - 10 * DAY),
  );
}

/** Under way today. */
async function underWay(story: Story): Promise<void> {
  const { db, as, now, people } = story;
  const reference = await addRun(story, 'TR-05', { from: -1, to: 6 });
  const early = new Date(now.getTime() - 20 * DAY);
  await enrol(
    db,
    reference,
    [as('student.ru'), as('expert.ru'), ...people.in.slice(4, 9), ...people.ru.slice(6, 9)],
    early,
  );
}

/** Full: people of both sides wait, one has an offer; and evidence waits for its coordinator. */
async function full(story: Story): Promise<void> {
  const { db, as, now, people } = story;
  const reference = await addRun(story, 'TR-07', { from: 45, to: 52, seats: 5, quotaIn: 2, quotaRu: 2 });
  const seated = [...people.in.slice(9, 12), ...people.ru.slice(9, 11)];
  const ids = await enrol(db, reference, seated, new Date(now.getTime() - 9 * DAY));
  const waiting = [as('student.ru'), people.in[12], as('student.in'), as('expert.ru')].filter(
    (one) => one !== undefined,
  );
  await enrol(db, reference, waiting, new Date(now.getTime() - 5 * DAY));
  const [leaver, left] = [seated[3], ids[3]];
  const [row] = await db
    .select()
    .from(enrolment)
    .where(eq(enrolment.id, left ?? ''));
  if (leaver && row) {
    const input = { reference, enrolmentId: row.id, revision: row.revision };
    await withdrawEnrolment(db, leaver, input, new Date(now.getTime() - 3_600_000));
  }
  const [later] = await db
    .select({ reference: courseRun.reference })
    .from(courseRun)
    .where(eq(courseRun.startsOn, '2027-02-08'));
  // The received dates pass one day; the demo tells the rest of its story without them.
  if (later && now < new Date('2027-02-07T00:00:00Z')) {
    await enrolPerson(
      db,
      as('expert.in'),
      {
        reference: later.reference,
        evidence: 'Radiation safety course at BARC Mumbai, 2025, 40 hours; card valid until 2028.',
      },
      now,
    );
  }
}
