import { createHash, createHmac, randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { importDelegation } from '#app/delegations/import-delegation.ts';
import { moveDelegation } from '#app/delegations/move-delegation.ts';
import { planDelegation } from '#app/delegations/plan-delegation.ts';
import { planEvent } from '#app/delegations/plan-event.ts';
import type { DelegateRow } from '#app/delegations/read-delegation.ts';
import { askEndorsement } from '#app/exchanges/ask-endorsement.ts';
import { draftCall } from '#app/exchanges/calls/draft-call.ts';
import { saveApplication } from '#app/exchanges/save-application.ts';
import { draftCampaign } from '#app/notifications/draft-campaign.ts';
import { requestApproval } from '#app/notifications/request-approval.ts';
import { sendCampaign } from '#app/notifications/send-campaign.ts';
import { sessionCookieName } from '#app/people/auth-cookies.ts';
import { PEOPLE_IMPORT } from '#app/people/people-import.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { linkToken } from '#app/platform/link-token.server.ts';
import { unsubscribeToken } from '#app/platform/unsubscribe.server.ts';
import { openVaults } from '#app/platform/vault.server.ts';
import { startReport } from '#app/supervision/start-report.ts';
import { submitReport } from '#app/supervision/submit-report.ts';
import { addSession } from '#app/training/add-session.ts';
import { changeRun } from '#app/training/change-run.ts';
import { COURSE_IMPORT } from '#app/training/course-import.ts';
import { enrolPerson } from '#app/training/enrol-person.ts';
import { issueCertificates } from '#app/training/issue-certificates.ts';
import { recordResults } from '#app/training/record-results.ts';
import { certificatesOfPerson } from '#app/verification/queries.ts';
import type { Db } from '#db/client.server.ts';
import { account, person, ROLES, session } from '#db/schema/people.ts';
import { file } from '#db/schema/platform.ts';
import type { Side } from '#db/schema/shared.ts';
import { addRun, courseRow } from '#tests/support/course.ts';
import { addApplication, addCall, callContent } from '#tests/support/exchange.ts';
import type { Portal } from '#tests/support/portal.ts';
import { addReviewCall, assignAll, reviewOf } from '#tests/support/review.ts';
import { addStay, layStay } from '#tests/support/stay.ts';
import { addPerson, addThesis } from '#tests/support/thesis.ts';
import type { Visitor } from '#tests/support/visitor.ts';

/** Who asks, besides a guest: every role of DESIGN §6 on both sides, by `role.side`; and three that are one of a kind. */
export type Who = string;

/** The secret of the portal under test. */
const SECRET = 'only-for-tests-only-for-tests-only-for-tests';

const both = (en: string, ru: string) => ({ en, ru });

/** The people of the matrix with accounts, and records of both sides for them to ask for. */
export async function buildWorld(portal: Portal): Promise<{
  cast: Map<Who, Visitor>;
  /** What stands for `{name}` in a path of the matrix. */
  records: Record<string, string>;
}> {
  const { db } = portal;
  const actors = new Map<Who, PersonActor>();
  const named = { candidate: 'student.in@t.example', supervisor: 'supervisor.in@t.example' };
  const thesis = await addThesis(db, { names: { ...named, coSupervisor: 'supervisor.ru@t.example' } });
  actors.set('student.in', thesis.candidate);
  actors.set('supervisor.in', thesis.supervisor);
  actors.set('supervisor.ru', thesis.coSupervisor);
  for (const side of ['in', 'ru'] as const) {
    const at = side === 'in' ? 'IITISM' : 'GIREDMET';
    for (const role of [null, ...ROLES.filter((one) => one !== 'platform-admin')]) {
      const who = `${role ?? 'applicant'}.${side}`;
      if (!actors.has(who)) actors.set(who, await addPerson(db, at, role ? [role] : [], `${who}@t.example`));
    }
  }
  actors.set('platform-admin', await addPerson(db, 'OTHER', ['platform-admin'], 'platform-admin@t.example'));
  // The Indian side has two institutions: the same side is not the same institution.
  actors.set(
    'coordinator.texmin',
    await addPerson(db, 'TEXMIN', ['coordinator'], 'coordinator.texmin@t.example'),
  );
  actors.set('applicant.other', await addPerson(db, 'OTHER', [], 'applicant.other@t.example'));

  const cast = new Map<Who, Visitor>();
  for (const [who, actor] of actors) cast.set(who, await openSession(portal, actor));
  const as = (who: Who) => {
    const found = actors.get(who);
    if (!found) throw new Error(`There is no ${who}`);
    return found;
  };
  const records = {
    ...(await people(portal, as)),
    ...(await campaigns(db, as)),
    ...(await exchange(portal, as)),
    ...(await supervision(db, as, thesis.reference)),
    ...(await training(portal, as)),
    ...(await delegations(db, as)),
  };
  return { cast, records };
}

/** Signs in without the door, which is tested elsewhere and takes its time over each of so many passwords. */
async function openSession(portal: Portal, actor: PersonActor): Promise<Visitor> {
  const { personId, locale, timeZone } = actor;
  const id = uuidv7();
  const token = randomBytes(24).toString('base64url');
  const rest = { name: personId, emailVerified: true, personId, locale, timeZone };
  await portal.db.insert(account).values({ id, email: `${id}@t.example`, ...rest });
  await portal.db
    .insert(session)
    .values({ accountId: id, token, expiresAt: new Date(Date.now() + 3_600_000), confirmedAt: new Date() });
  const signature = createHmac('sha256', SECRET).update(token).digest('base64');
  const visitor = portal.visitor();
  visitor.cookies.set(sessionCookieName(portal.url), encodeURIComponent(`${token}.${signature}`));
  return visitor;
}

type As = (who: Who) => PersonActor;

async function people(portal: Portal, as: As) {
  const { db } = portal;
  const known = await addPerson(db, 'IITISM', [], 'known.person@t.example');
  const coordinator = as('coordinator.in');
  const table = 'given_name,family_name,institution,email,locale\nAsha,Das,IITISM,asha.das@t.example,en\n';
  const notPeople = 'flight,from,to\nSU 232,DEL,SVO\n';
  return {
    person: known.personId,
    nobody: uuidv7(),
    import: await addFile(portal, coordinator, PEOPLE_IMPORT, table),
    badImport: await addFile(portal, coordinator, PEOPLE_IMPORT, notPeople),
    unsubscribe: unsubscribeToken(SECRET, {
      personId: as('student.in').personId,
      topic: 'announcements',
    }),
  };
}

/** A file as the portal keeps it: the row, and the bytes where the disk store looks for them. */
async function addFile(portal: Portal, owner: PersonActor, subjectType: string, text: string) {
  const id = uuidv7();
  await portal.db.insert(file).values({
    id,
    ownerId: owner.personId,
    subjectType,
    name: 'people.csv',
    mediaType: 'text/csv',
    size: Buffer.byteLength(text),
    hash: createHash('sha256').update(text).digest('hex'),
  });
  await storeBytes(portal.dataDir, id, text);
  return id;
}

async function storeBytes(dataDir: string, id: string, text: string): Promise<void> {
  const folder = join(dataDir, 'files', id.slice(-2));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, id), text);
}

async function campaigns(db: Db, as: As) {
  const text = {
    subject: both('Open day', 'День открытых дверей'),
    body: both('Come and see.', 'Приходите.'),
  };
  const draft = (who: Who, sides: Side[]) =>
    draftCampaign(db, as(who), { ...text, roles: [], sides, locales: ['en', 'ru'] });
  const awaiting = await draft('coordinator.in', ['in', 'ru']);
  await requestApproval(db, as('coordinator.in'), awaiting);
  const sent = await draft('coordinator.ru', ['ru']);
  await sendCampaign(db, as('coordinator.ru'), sent);
  const { reference } = await draft('coordinator.in', ['in']);
  const entries = await db.$client.query<{ id: string }>(
    "select id from delivery where person_id = $1 and channel = 'inbox'",
    [as('student.ru').personId],
  );
  return {
    draftOfIn: reference,
    awaiting: awaiting.reference,
    sentByRu: sent.reference,
    entry: entries.rows[0]?.id ?? '',
  };
}

async function exchange(portal: Portal, as: As) {
  const { db } = portal;
  const now = new Date();
  const parties = {
    student: as('student.in'),
    homeCoordinator: as('coordinator.in'),
    hostCoordinator: as('coordinator.ru'),
  };
  const call = await addCall(db, parties, now);
  const { reference, id } = await addApplication(db, parties.student, call, now);
  const signers = { in: parties.homeCoordinator.institutionId, ru: parties.hostCoordinator.institutionId };
  const preparing = await draftCall(
    db,
    parties.homeCoordinator,
    { content: callContent(signers, now, { title: both('In preparation', 'Готовится') }) },
    now,
  );
  const documents = await db.$client.query<{ id: string }>(
    "select id from file where subject_type = 'application' and subject_id = $1",
    [id],
  );
  const document = documents.rows[0]?.id ?? '';
  // Somebody else's draft, about which a supervisor without an account was sent a link.
  const asker = await addPerson(db, 'IITISM', ['student']);
  await saveApplication(db, asker, { callReference: call, fields: { title: 'Asked' } }, now);
  const fields = { givenName: 'Meera', familyName: 'Iyer', email: 'meera.iyer@elsewhere.example' };
  const asked = await askEndorsement(db, asker, { callReference: call, fields }, now, SECRET);
  const sent = await db.$client.query<{ link_id: string }>('select link_id from endorsement where id = $1', [
    asked,
  ]);
  const link = linkToken(SECRET, sent.rows[0]?.link_id ?? '');
  await storeBytes(portal.dataDir, document, '%PDF-1.7\n'.padEnd(1234));
  // A call that has closed, with one application, which the Russian reviewer has.
  const reviewed = await addReviewCall(db, parties, new Date(now.getTime() - 11.5 * 86_400_000), {
    applicants: 1,
  });
  const [about] = reviewed.applications;
  if (!about) throw new Error('There is no application to review');
  await assignAll(db, parties.homeCoordinator, reviewed, [as('reviewer.ru')]);
  const { reviewId } = await reviewOf(db, about.id, as('reviewer.ru'));
  // A stay whose work programme lies before the four who sign it.
  const hostSupervisor = as('supervisor.ru');
  const stay = await addStay(db, now, { people: parties, hostSupervisor });
  await layStay(db, stay.people, stay.reference, now);
  return {
    call,
    stay: stay.reference,
    application: reference,
    callInPreparation: preparing.reference,
    document,
    link,
    reviewCall: reviewed.call,
    reviewedApplication: about.reference,
    review: reviewId,
  };
}

async function supervision(db: Db, as: As, thesis: string) {
  const candidate = as('student.in');
  const now = new Date();
  const halfYear = { year: now.getUTCFullYear(), half: now.getUTCMonth() < 6 ? 1 : 2 } as const;
  const report = await startReport(db, candidate, { reference: thesis, halfYear }, now);
  const { rows } = await db.$client.query<{ revision: string }>('select revision from progress_report');
  const nothing = both('', '');
  const texts = {
    done: both('Twelve leaching series.', ''),
    shareDone: '45',
    publications: nothing,
    plan: both('Pilot trials.', ''),
    difficulties: nothing,
  };
  const revision = rows[0]?.revision ?? '';
  await submitReport(db, candidate, { reference: thesis, number: report, revision, texts }, now);
  return { thesis, report: String(report) };
}

/** A congress of GIREDMET, and a delegation of IIT (ISM) to it that was shared; one applicant travels. No passport is kept. */
async function delegations(db: Db, as: As) {
  const now = new Date();
  const day = (days: number) => new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
  const [coordinator, host, traveller] = [as('coordinator.in'), as('coordinator.ru'), as('applicant.in')];
  await planEvent(db, host, {
    reference: 'MATRIX',
    title: both('Congress', 'Конгресс'),
    summary: both('Rare metals.', 'Редкие металлы.'),
    city: both('Moscow', 'Москва'),
    venue: both('GIREDMET', 'Гиредмет'),
    hostInstitutionId: host.institutionId,
    timeZone: 'Europe/Moscow',
    startsOn: day(60),
    endsOn: day(62),
  });
  const planned = { event: 'MATRIX', homeInstitutionId: coordinator.institutionId, hotel: both('', '') };
  const reference = await planDelegation(db, coordinator, planned, now);
  const row: DelegateRow = {
    row: 2,
    email: 'applicant.in@t.example',
    familyName: 'Applicant',
    givenName: 'In',
    sex: null,
    citizenship: 'IND',
    institutionId: traveller.institutionId,
    employer: 'IITISM',
    position: null,
    role: 'head',
    visaRoute: 'e-visa',
    passport: null,
    birth: { date: null, place: null },
    legs: [],
    hotelIn: day(59),
    hotelOut: day(63),
    roomWish: 'single',
    shareWith: null,
    diet: null,
    notes: null,
  };
  const { id } = await addDelegate(db, coordinator, reference, row, now);
  const { rows } = await db.$client.query<{ revision: string }>(
    'select revision from delegation where reference = $1',
    [reference],
  );
  const revision = rows[0]?.revision ?? '';
  await moveDelegation(db, coordinator, { reference, name: 'share', revision }, now);
  return { event: 'MATRIX', delegation: reference, delegate: id };
}

/** Adds one person to a delegation; without a passport no vault is asked. */
async function addDelegate(db: Db, actor: PersonActor, reference: string, row: DelegateRow, now: Date) {
  const noVault = openVaults({
    in: { url: 'postgres://none', keys: [] },
    ru: { url: 'postgres://none', keys: [] },
  });
  await importDelegation(db, noVault, actor, reference, [row], now);
  await noVault.close();
  const { rows } = await db.$client.query<{ id: string }>('select id from delegate');
  return { id: rows[0]?.id ?? '' };
}

/** A run of GIREDMET to come and one that is over, both of its instructor; the student is in both. */
async function training(portal: Portal, as: As) {
  const { db } = portal;
  const now = new Date();
  const early = new Date(now.getTime() - 60 * 86_400_000);
  const day = (days: number) => new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
  const [student, coordinator, instructor] = [as('student.in'), as('coordinator.ru'), as('instructor.ru')];
  const held = async (from: number, to: number) => {
    const { code, ...row } = courseRow({ startsOn: day(from), endsOn: day(to) });
    const reference = await addRun(db, { ...row, code });
    const { rows } = await db.$client.query<{ revision: string }>(
      'select revision from course_run where reference = $1',
      [reference],
    );
    const size = { seats: row.seats, quotaIn: row.quotaIn, quotaRu: row.quotaRu };
    const change = {
      reference,
      ...size,
      revision: rows[0]?.revision ?? '',
      instructorId: instructor.personId,
    };
    await changeRun(db, coordinator, change, early);
    const times = { titleEn: 'Practice', titleRu: 'Практикум', on: day(from), from: '10:00', until: '14:00' };
    await addSession(db, coordinator, { reference, ...times });
    const { id } = await enrolPerson(db, student, { reference }, early);
    return { reference, code, id };
  };
  const coming = await held(30, 34);
  const over = await held(-20, -16);
  await db
    .update(person)
    .set({ givenNameRu: 'Ананья', familyNameRu: 'Махато', cyrillicSpelling: 'confirmed' })
    .where(eq(person.id, student.personId));
  const results = new Map([[over.id, { result: 'passed' as const, grade: 80 }]]);
  await recordResults(db, instructor, { reference: over.reference, results }, now);
  await issueCertificates(db, coordinator, { reference: over.reference, enrolmentIds: [over.id] }, now);
  const [certificate] = await certificatesOfPerson(db, student.personId);
  const courses = [
    'code,title_en,title_ru,area,language,mode,host,starts,ends,seats,quota_in,quota_ru,prerequisites',
    'P-1,Title,Название,all,en,online,GIREDMET,2027-01-18,2027-01-20,10,4,4,',
  ].join('\n');
  return {
    course: coming.code,
    run: coming.reference,
    pastRun: over.reference,
    certificate: certificate?.code ?? '',
    courseImport: await addFile(portal, coordinator, COURSE_IMPORT, courses),
    badCourseImport: await addFile(portal, coordinator, COURSE_IMPORT, 'flight,from,to\nSU 232,DEL,SVO\n'),
  };
}
