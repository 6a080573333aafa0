import { and, asc, eq } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { institutionsOf, permits } from '#app/people/access.ts';
import { nameColumns } from '#app/people/queries.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { notFound } from '#app/platform/outcome.ts';
import { step } from '#app/platform/workflow.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { application, call, correction, hostQuestion } from '#db/schema/exchanges.ts';
import { institution, person } from '#db/schema/people.ts';
import { version } from '#db/schema/platform.ts';
import { appealAgainst, appealable, appealsOf, appealTerm } from './appeal-queries.ts';
import type { ApplicationContent } from './application-content.ts';
import { documentsOf, documentsSubmitted } from './attach-documents.ts';
import { historyOf } from './history-queries.ts';
import { lettersOf } from './letters/letter-queries.ts';
import { type PersonStep, RIGHTS } from './move-application.ts';
import { exchangeRules } from './policy.ts';
import { awaitsRanking } from './require-ranking.ts';
import { visibleTo } from './scope.ts';
import { applicationWorkflow } from './workflow.ts';

const home = alias(institution, 'home');
const host = alias(institution, 'host');

/**
 * One application as its page shows it, with what the actor may do on it now.
 *
 * @throws Refusal `not-found` when it is out of the actor's scope.
 */
export async function exchangeRecord(db: DbOrTx, actor: PersonActor, reference: string, now = new Date()) {
  const [row] = await db
    .select({
      record: application,
      call: {
        id: call.id,
        reference: call.reference,
        title: call.title,
        direction: call.direction,
        eligible: call.eligible,
        state: call.state,
        deadline: call.deadline,
        nominateBy: call.nominateBy,
        answerBy: call.answerBy,
        stayFrom: call.stayFrom,
        stayUntil: call.stayUntil,
        weeksMin: call.weeksMin,
        weeksMax: call.weeksMax,
        documents: call.documents,
        reviewersPerApplication: call.reviewersPerApplication,
      },
      applicant: nameColumns,
      occupation: person.occupation,
      home: { id: home.id, side: home.side, shortName: home.shortName, name: home.name },
      host: { id: host.id, side: host.side, shortName: host.shortName, name: host.name },
    })
    .from(application)
    .innerJoin(call, eq(call.id, application.callId))
    .innerJoin(person, eq(person.id, application.applicantId))
    .leftJoin(home, eq(home.id, application.homeInstitutionId))
    .leftJoin(host, eq(host.id, application.hostInstitutionId))
    .where(and(eq(application.reference, reference), visibleTo(actor)));
  if (!row) throw notFound();
  const own = row.record.applicantId === actor.personId;
  // While it is being corrected everybody else reads what was handed in, not what is being typed.
  const record = own || row.record.state !== 'returned' ? row.record : await asSubmitted(db, row.record);
  const coordinated = institutionsOf(actor, 'coordinator');
  const atHome = record.homeInstitutionId !== null && coordinated.includes(record.homeInstitutionId);
  const atHost = record.hostInstitutionId !== null && coordinated.includes(record.hostInstitutionId);
  const holdsPen = (name: PersonStep) => permits(exchangeRules[RIGHTS[name]], actor, record);
  const may = (name: PersonStep) => step(applicationWorkflow, name, record.state) !== null && holdsPen(name);
  const waits = awaitsRanking(record, row.call);
  const appeal = await appealNow(db, record, now);
  return {
    ...row,
    record,
    own,
    /** The reader's part in it; whoever coordinates and applied reads it as the applicant. */
    reader: own ? 'applicant' : atHome ? 'home' : atHost ? 'host' : 'hostSupervisor',
    /** Only the committee can take it on. */
    awaitsRanking: waits,
    appeal,
    /** The actor holds the pen of this step elsewhere, but not over their own application. */
    ownDecision: own && (waitsForHome(record.state, waits) ? atHome : record.state === 'nominated' && atHost),
    /** Whose step it is, whatever the state: asked for by the page of the step, which may come too late. */
    holdsPen: {
      check: holdsPen('findEligible'),
      nominate: holdsPen('nominate'),
      answer: holdsPen('accept'),
      reply: holdsPen('reply'),
      withdraw: holdsPen('withdraw'),
      appeal: permits(exchangeRules['exchanges.appeal'], actor, record),
      decideAppeal: permits(exchangeRules['exchanges.decideAppeal'], actor, record),
    },
    /** What the actor can do now. */
    may: {
      check: may('findEligible'),
      nominate: may('nominate') && !waits,
      answer: may('accept'),
      reply: may('reply'),
      withdraw: may('withdraw'),
      correct: own && record.state === 'returned',
      appeal: own && appeal !== null && appeal.made === null && !appeal.over,
      decideAppeal:
        appeal?.made?.decidedAt === null && permits(exchangeRules['exchanges.decideAppeal'], actor, record),
    },
  } as const;
}

/** The record with the plan, the wishes and the host of the version that was handed in last. */
async function asSubmitted(db: DbOrTx, record: typeof application.$inferSelect) {
  const [submitted] = record.submittedVersionId
    ? await db.select().from(version).where(eq(version.id, record.submittedVersionId))
    : [];
  if (!submitted) return record;
  const kept = submitted.content as ApplicationContent;
  return {
    ...record,
    title: kept.title,
    workPlan: kept.workPlan,
    workPlanLocale: kept.workPlanLocale,
    laboratoryWishes: kept.laboratoryWishes ?? record.laboratoryWishes,
    wishedStart: kept.wishedStart,
    weeks: kept.weeks,
    homeSupervisor: kept.homeSupervisor,
  };
}

const waitsForHome = (state: string, waits: boolean) =>
  ['submitted', 'selected', 'queried'].includes(state) || (state === 'eligible' && !waits);

/** The appeal an ended application allows: until when, and what has been made of it; null where there is no such end. */
async function appealNow(db: DbOrTx, record: typeof application.$inferSelect, now: Date) {
  if (!appealable(record.state)) return null;
  const [term, made] = await Promise.all([appealTerm(db, record, now), appealAgainst(db, record)]);
  return { ...term, made };
}

export type ExchangeRecord = Awaited<ReturnType<typeof exchangeRecord>>;

/**
 * Everything behind an application that the caller has already found in the actor's scope, as far as the reader's part
 * in it goes: corrections are between the applicant and home; the host supervisor reads neither them nor letters.
 */
export async function exchangeParts(db: DbOrTx, page: ExchangeRecord) {
  const { id } = page.record;
  const party = page.reader !== 'hostSupervisor';
  const [documents, corrections, questions, appeals, letters] = await Promise.all([
    page.reader === 'applicant' || page.record.state !== 'returned'
      ? documentsOf(db, id)
      : documentsSubmitted(db, page.record),
    page.reader === 'applicant' || page.reader === 'home' ? correctionsOf(db, id) : [],
    party ? questionsOf(db, id) : [],
    party ? appealsOf(db, id) : [],
    party ? lettersOf(db, id) : [],
  ]);
  const history = await historyOf(db, page.record, { corrections, questions, appeals, letters });
  return { documents, corrections, questions, appeals, letters, history };
}

/** Returns for correction, the first first. */
export const correctionsOf = (db: DbOrTx, applicationId: string) =>
  db
    .select()
    .from(correction)
    .where(eq(correction.applicationId, applicationId))
    .orderBy(asc(correction.number));

/** Questions of the host with the replies, the first first. */
export const questionsOf = (db: DbOrTx, applicationId: string) =>
  db
    .select()
    .from(hostQuestion)
    .where(eq(hostQuestion.applicationId, applicationId))
    .orderBy(asc(hostQuestion.number));

export type ExchangeParts = Awaited<ReturnType<typeof exchangeParts>>;
