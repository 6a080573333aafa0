import { and, asc, eq, gt, inArray, isNull, ne } from 'drizzle-orm';
import { institutionsOf } from '#app/people/access.ts';
import { personName } from '#app/people/person-name.ts';
import { nameColumns } from '#app/people/queries.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import type { WaitingTask } from '#app/platform/room.ts';
import type { Db } from '#db/client.server.ts';
import { appeal, application, call } from '#db/schema/exchanges.ts';
import { institution, person } from '#db/schema/people.ts';
import { APPEALABLE, appealAgainst, appealTerm } from './appeal-queries.ts';
import { callsToSign } from './calls/call-waiting.ts';
import { endOfDay } from './due-dates.ts';
import { endorsementsWaiting } from './endorsement-queries.ts';
import { applicationsWaiting } from './list-queries.ts';
import { inLanguage } from './localized.ts';
import { stayTasks } from './placements/stay-waiting.ts';
import { reviewTasks } from './reviews/review-waiting.ts';

/** More than a person decides in a sitting; the list page has them all. */
const SHOWN = 20;

/**
 * What waits for a person in exchanges: drafts and corrections to finish, decisions, answers and
 * appeals to give, calls to sign, and the steps of stays.
 */
export async function waitingTasks(db: Db, actor: PersonActor, now: Date): Promise<WaitingTask[]> {
  const coordinated = institutionsOf(actor, 'coordinator');
  const [drafts, corrections, possible, decisions, appeals, calls, reviews, endorsements, stays] =
    await Promise.all([
      draftsToFinish(db, actor, now),
      correctionsToMake(db, actor),
      appealsPossible(db, actor, now),
      decisionsToGive(db, actor),
      coordinated.length > 0 ? appealsToDecide(db, actor, coordinated) : [],
      callsToSign(db, actor),
      reviewTasks(db, actor),
      endorsementsToGive(db, actor),
      stayTasks(db, actor, now),
    ]);
  return [
    ...drafts,
    ...corrections,
    ...possible,
    ...decisions,
    ...appeals,
    ...calls,
    ...reviews,
    ...endorsements,
    ...stays,
  ];
}

async function draftsToFinish(db: Db, actor: PersonActor, now: Date): Promise<WaitingTask[]> {
  const rows = await db
    .select({ reference: application.reference, call: call.reference, title: call.title, due: call.deadline })
    .from(application)
    .innerJoin(call, eq(call.id, application.callId))
    .where(
      and(
        eq(application.applicantId, actor.personId),
        eq(application.state, 'draft'),
        gt(call.deadline, now),
      ),
    )
    .orderBy(asc(call.deadline))
    .limit(SHOWN);
  return rows.map((row) => ({
    text: 'exchanges:waiting.draft',
    params: { call: inLanguage(row.title, actor.locale) },
    note: row.reference,
    href: `/calls/${row.call}/apply`,
    side: actor.side,
    due: row.due,
  }));
}

/** Applications whose applicants have named the actor as their supervisor. */
async function endorsementsToGive(db: Db, actor: PersonActor): Promise<WaitingTask[]> {
  const rows = await endorsementsWaiting(db, actor, SHOWN);
  return rows.map((row) => ({
    text: 'exchanges:waiting.endorse',
    params: { name: personName(row, actor.locale), title: row.title },
    note: row.reference,
    href: `/exchanges/${row.reference}/endorsement`,
    side: actor.side,
    due: row.dueAt ?? row.deadline,
  }));
}

/** Applications of the actor's own that were returned for correction. */
async function correctionsToMake(db: Db, actor: PersonActor): Promise<WaitingTask[]> {
  const rows = await db
    .select({
      reference: application.reference,
      call: call.reference,
      title: call.title,
      due: application.dueAt,
    })
    .from(application)
    .innerJoin(call, eq(call.id, application.callId))
    .where(and(eq(application.applicantId, actor.personId), eq(application.state, 'returned')))
    .orderBy(asc(application.dueAt))
    .limit(SHOWN);
  return rows.map((row) => ({
    text: 'exchanges:waiting.correct',
    params: { call: inLanguage(row.title, actor.locale) },
    note: row.reference,
    href: `/calls/${row.call}/apply`,
    side: actor.side,
    due: row.due,
  }));
}

/** No term of an appeal is longer, holidays counted, in days. */
const APPEAL_DAYS_MAX = 30;

/** Decisions on the actor's own applications that can still be appealed against. */
async function appealsPossible(db: Db, actor: PersonActor, now: Date): Promise<WaitingTask[]> {
  const ended = await db
    .select()
    .from(application)
    .where(
      and(
        eq(application.applicantId, actor.personId),
        inArray(application.state, [...APPEALABLE]),
        gt(application.stateAt, new Date(now.getTime() - APPEAL_DAYS_MAX * 86_400_000)),
      ),
    )
    .limit(SHOWN);
  const tasks = await Promise.all(
    // One person has few; each needs the calendar of its own days.
    ended.map(async (record): Promise<WaitingTask[]> => {
      const [term, made] = await Promise.all([appealTerm(db, record, now), appealAgainst(db, record)]);
      if (term.over || made) return [];
      return [
        {
          text: 'exchanges:waiting.appeal',
          params: { title: record.title },
          note: record.reference,
          href: `/exchanges/${record.reference}/appeal`,
          side: term.side,
          due: endOfDay(term.side, term.lastDay),
          dueOn: term.lastDay,
        },
      ];
    }),
  );
  return tasks.flat();
}

/** What each state of an application asks of whoever holds the pen. */
const ACTS = {
  submitted: ['check', 'eligibility'],
  eligible: ['nominate', 'nomination'],
  selected: ['nominate', 'nomination'],
  queried: ['reply', 'reply'],
  nominated: ['answer', 'answer'],
} as const;

async function decisionsToGive(db: Db, actor: PersonActor): Promise<WaitingTask[]> {
  const rows = await applicationsWaiting(db, actor, SHOWN);
  return rows.map((row) => {
    const [act, page] = ACTS[row.state];
    return {
      text: `exchanges:waiting.${act}`,
      params: { name: personName(row, actor.locale), title: row.title },
      note: row.reference,
      href: `/exchanges/${row.reference}/${page}`,
      side: row.side,
      due: row.dueAt,
    };
  });
}

/** Appeals against decisions of the institutions the actor coordinates; never against their own application's. */
async function appealsToDecide(db: Db, actor: PersonActor, coordinated: string[]): Promise<WaitingTask[]> {
  const rows = await db
    .select({
      reference: application.reference,
      title: application.title,
      side: institution.side,
      ...nameColumns,
    })
    .from(appeal)
    .innerJoin(application, eq(application.id, appeal.applicationId))
    .innerJoin(person, eq(person.id, application.applicantId))
    .innerJoin(institution, eq(institution.id, appeal.institutionId))
    .where(
      and(
        inArray(appeal.institutionId, coordinated),
        isNull(appeal.decidedAt),
        ne(application.applicantId, actor.personId),
      ),
    )
    .orderBy(asc(appeal.madeAt))
    .limit(SHOWN);
  return rows.map((row) => ({
    text: 'exchanges:waiting.decideAppeal',
    params: { name: personName(row, actor.locale), title: row.title },
    note: row.reference,
    href: `/exchanges/${row.reference}/appeal/decision`,
    side: row.side,
    due: null,
  }));
}
