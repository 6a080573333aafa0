import { v7 as uuidv7 } from 'uuid';
import { acceptApplication } from '#app/exchanges/accept-application.ts';
import { answerEndorsement } from '#app/exchanges/answer-endorsement.ts';
import { askEndorsement } from '#app/exchanges/ask-endorsement.ts';
import type { CallContent } from '#app/exchanges/calls/call-schema.ts';
import { draftCall } from '#app/exchanges/calls/draft-call.ts';
import { signCall } from '#app/exchanges/calls/sign-call.ts';
import { declareApplication } from '#app/exchanges/declare-application.ts';
import { findEligible } from '#app/exchanges/find-eligible.ts';
import { nominateApplication } from '#app/exchanges/nominate-application.ts';
import { saveApplication } from '#app/exchanges/save-application.ts';
import { submitApplication } from '#app/exchanges/submit-application.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import type { Db } from '#db/client.server.ts';
import { file } from '#db/schema/platform.ts';
import { addPerson, type InstitutionCode } from './thesis.ts';

const DAY = 86_400_000;
const both = (en: string, ru: string) => ({ en, ru });

export type ExchangePeople = {
  student: PersonActor;
  homeCoordinator: PersonActor;
  hostCoordinator: PersonActor;
};

/** A student of Dhanbad with the coordinators who will decide: IIT (ISM) sends, GIREDMET receives. */
export async function addExchangePeople(db: Db, tag = uuidv7().slice(-6)): Promise<ExchangePeople> {
  return {
    student: await addPerson(db, 'IITISM', ['student'], `student.${tag}@test.example`),
    homeCoordinator: await addPerson(db, 'IITISM', ['coordinator'], `home.${tag}@test.example`),
    hostCoordinator: await addPerson(db, 'GIREDMET', ['coordinator'], `host.${tag}@test.example`),
  };
}

/** A rubric of two criteria, for calls that ask for reviews. */
export const rubric: NonNullable<CallContent['rubric']> = {
  scale: { min: 1, max: 3 },
  criteria: [
    { code: 'novelty', title: both('Novelty', 'Новизна'), weight: 60 },
    { code: 'method', title: both('Method', 'Метод'), weight: 40 },
  ],
  grades: [
    { value: 1, text: both('Weak', 'Слабо') },
    { value: 2, text: both('Good', 'Хорошо') },
    { value: 3, text: both('Excellent', 'Отлично') },
  ],
};

/** A call from Dhanbad to Moscow, open around `now`, that asks for one document. */
export function callContent(
  signers: { in: string; ru: string },
  now: Date,
  change: Partial<CallContent> = {},
): CallContent {
  const at = (days: number) => new Date(now.getTime() + days * DAY).toISOString();
  const on = (days: number) => at(days).slice(0, 10);
  return {
    direction: 'in-ru',
    title: both('Rare earths: stays at GIREDMET', 'Редкие земли: стажировки в Гиредмете'),
    summary: both('Stays of four to twelve weeks.', 'Стажировки от четырёх до двенадцати недель.'),
    conditions: both('Safety briefing on the first day.', 'Вводный инструктаж в первый день.'),
    areas: [both('Solvent extraction', 'Жидкостная экстракция')],
    eligible: ['student'],
    opensAt: at(-10),
    deadline: at(10),
    deadlineZone: 'Europe/Moscow',
    nominateBy: at(20),
    answerBy: at(30),
    stayFrom: on(60),
    stayUntil: on(240),
    weeksMin: 4,
    weeksMax: 12,
    placesToIn: 0,
    placesToRu: 3,
    costs: { in: both('Travel', 'Проезд'), ru: both('Lodging', 'Проживание') },
    documents: [{ code: 'plan', title: both('Work plan', 'План работы'), required: true }],
    rubric: null,
    reviewersPerApplication: 0,
    blindReview: false,
    signerIn: signers.in,
    signerRu: signers.ru,
    ...change,
  };
}

/** A published call, drafted by the home side and signed by both. */
export async function addCall(
  db: Db,
  people: ExchangePeople,
  now: Date,
  change: Partial<CallContent> = {},
): Promise<string> {
  const { homeCoordinator, hostCoordinator } = people;
  const signers = { in: homeCoordinator.institutionId, ru: hostCoordinator.institutionId };
  const { reference } = await draftCall(
    db,
    homeCoordinator,
    { content: callContent(signers, now, change) },
    now,
  );
  for (const actor of [homeCoordinator, hostCoordinator]) {
    await signCall(db, actor, { reference, hashShown: await hashOf(db, reference), locale: 'en' }, now);
  }
  return reference;
}

/** Hash of the version of a call that is to be signed. */
export async function hashOf(db: Db, reference: string): Promise<string> {
  const found = await db.$client.query<{ hash: string }>(
    `select v.hash from version v join call c on c.id = v.subject_id
     where c.reference = $1 and v.superseded_at is null order by v.number desc limit 1`,
    [reference],
  );
  const [row] = found.rows;
  if (!row) throw new Error(`No version of ${reference}`);
  return row.hash;
}

/** A stored document of a person, as the form leaves it behind; its bytes are nobody's business here. */
export async function addDocument(db: Db, owner: PersonActor): Promise<string> {
  const id = uuidv7();
  const content = { name: 'plan.pdf', mediaType: 'application/pdf', size: 1234, hash: 'a'.repeat(64) };
  await db.insert(file).values({ id, ownerId: owner.personId, subjectType: 'application', ...content });
  return id;
}

/** What an applicant types; complete for `callContent`. */
export function typedApplication(now: Date) {
  return {
    title: 'Solvent extraction of heavy rare earths',
    workPlan: 'Four weeks of batch extraction with P507.\r\n\r\nTwo weeks of analysis.',
    workPlanLocale: 'en',
    wishedStart: new Date(now.getTime() + 70 * DAY).toISOString().slice(0, 10),
    weeks: '6',
  };
}

/** What a supervisor writes about an applicant. */
export const ENDORSEMENT = 'A careful experimenter; the stay belongs to the second chapter of the thesis.';

/** A supervisor of the institution who is asked for an endorsement and, unless told otherwise, gives it. */
export async function addEndorsement(
  db: Db,
  applicant: PersonActor,
  call: string,
  now: Date,
  options: { supervisor?: PersonActor; give?: boolean } = {},
): Promise<{ id: string; supervisor: PersonActor }> {
  const { rows } = await db.$client.query<{ code: InstitutionCode }>(
    `select i.code from application a join call c on c.id = a.call_id join institution i on i.id = a.home_institution_id
     where c.reference = $1 and a.applicant_id = $2`,
    [call, applicant.personId],
  );
  const supervisor = options.supervisor ?? (await addPerson(db, rows[0]?.code ?? 'IITISM', ['supervisor']));
  const fields = { supervisorId: supervisor.personId };
  const id = await askEndorsement(db, applicant, { callReference: call, fields }, now, 'a secret of tests');
  if (options.give !== false) {
    const answer = { endorsementId: id, decision: 'give', words: ENDORSEMENT, locale: 'en' as const };
    await answerEndorsement(db, supervisor, answer, now);
  }
  return { id, supervisor };
}

/** A complete draft, or with `submit` a submitted application; answers its reference and revision. */
export async function addApplication(
  db: Db,
  applicant: PersonActor,
  call: string,
  now: Date,
  options: { submit?: boolean; fields?: Record<string, string>; supervisor?: PersonActor } = {},
): Promise<{ reference: string; id: string; revision: string }> {
  const saved = await saveApplication(
    db,
    applicant,
    {
      callReference: call,
      fields: { ...typedApplication(now), ...options.fields },
      documents: [{ kind: 'plan', fileId: await addDocument(db, applicant) }],
    },
    now,
  );
  await addEndorsement(db, applicant, call, now, options);
  const declared = { callReference: call, declared: true, consent: true, locale: 'en' as const };
  await declareApplication(db, applicant, declared, now);
  const revision = await revisionOf(db, saved.reference);
  if (options.submit === false) return { ...saved, revision };
  await submitApplication(db, applicant, { callReference: call, revision }, now);
  return { ...saved, revision: await revisionOf(db, saved.reference) };
}

/** The revision a form of this application would show now. */
export async function revisionOf(db: Db, reference: string): Promise<string> {
  const { rows } = await db.$client.query<{ revision: string }>(
    'select revision from application where reference = $1',
    [reference],
  );
  const [row] = rows;
  if (!row) throw new Error(`No application ${reference}`);
  return row.revision;
}

/** The step before every nomination: the home coordinator finds a submitted application eligible. */
export async function makeEligible(
  db: Db,
  people: ExchangePeople,
  reference: string,
  now: Date,
): Promise<void> {
  await findEligible(
    db,
    people.homeCoordinator,
    { reference, revision: await revisionOf(db, reference) },
    now,
  );
}

/** A submitted application, found eligible and nominated by the home coordinator. */
export async function makeNominated(
  db: Db,
  people: ExchangePeople,
  reference: string,
  now: Date,
): Promise<void> {
  await makeEligible(db, people, reference, now);
  const revision = await revisionOf(db, reference);
  await nominateApplication(db, people.homeCoordinator, { reference, revision, confirmed: true }, now);
}

/** What a host accepts with: fits `callContent`, a supervisor of the host institution, and `from`/`until` in days from now. */
export function agreedStay(hostSupervisor: PersonActor, now: Date, from = 70, until = 112) {
  const on = (days: number) => new Date(now.getTime() + days * DAY).toISOString().slice(0, 10);
  return {
    hostSupervisorId: hostSupervisor.personId,
    laboratory: 'Laboratory 14',
    stayFrom: on(from),
    stayUntil: on(until),
  };
}

/**
 * A submitted application, nominated and accepted; answers the host supervisor, a person of the host institution.
 *
 * @param options.from first day and `until` last day of the stay, in days from `now`.
 */
export async function makeAccepted(
  db: Db,
  people: ExchangePeople,
  reference: string,
  now: Date,
  options: { hostSupervisor?: PersonActor; from?: number; until?: number } = {},
): Promise<{ hostSupervisor: PersonActor }> {
  await makeNominated(db, people, reference, now);
  const hostSupervisor = options.hostSupervisor ?? (await addPerson(db, 'GIREDMET', ['supervisor']));
  const stay = agreedStay(hostSupervisor, now, options.from, options.until);
  const decision = { reference, revision: await revisionOf(db, reference) };
  await acceptApplication(db, people.hostCoordinator, { ...decision, stay }, now);
  return { hostSupervisor };
}
