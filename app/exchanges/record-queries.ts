import { and, asc, eq } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { institutionsOf, permits } from '#app/people/access.ts';
import { nameColumns, namesOf } from '#app/people/queries.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { notFound } from '#app/platform/outcome.ts';
import { step } from '#app/platform/workflow.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { application, call } from '#db/schema/exchanges.ts';
import { institution, person } from '#db/schema/people.ts';
import { auditRow } from '#db/schema/platform.ts';
import { documentsOf } from './attach-documents.ts';
import { RIGHTS } from './move-application.ts';
import { exchangeRules } from './policy.ts';
import { visibleTo } from './scope.ts';
import { applicationWorkflow } from './workflow.ts';

const home = alias(institution, 'home');
const host = alias(institution, 'host');

/**
 * One application as its page shows it, with what the actor may do on it now.
 *
 * @throws Refusal `not-found` when it is out of the actor's scope.
 */
export async function exchangeRecord(db: DbOrTx, actor: PersonActor, reference: string) {
  const [row] = await db
    .select({
      record: application,
      call: {
        reference: call.reference,
        title: call.title,
        direction: call.direction,
        deadline: call.deadline,
        nominateBy: call.nominateBy,
        answerBy: call.answerBy,
        stayFrom: call.stayFrom,
        stayUntil: call.stayUntil,
        weeksMin: call.weeksMin,
        weeksMax: call.weeksMax,
        documents: call.documents,
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
  const { record } = row;
  const holdsPen = (name: keyof typeof RIGHTS) => permits(exchangeRules[RIGHTS[name]], actor, record);
  const may = (name: keyof typeof RIGHTS) =>
    step(applicationWorkflow, name, record.state) !== null && holdsPen(name);
  return {
    ...row,
    own: record.applicantId === actor.personId,
    /** The actor holds the pen of this step elsewhere, but not over their own application. */
    ownDecision: isOwnDecision(actor, record),
    /** Whose step it is, whatever the state: asked for by the page of the step, which may come too late. */
    holdsPen: { nominate: holdsPen('nominate'), answer: holdsPen('accept'), withdraw: holdsPen('withdraw') },
    /** What the actor can do now. */
    may: { nominate: may('nominate'), answer: may('accept'), withdraw: may('withdraw') },
  };
}

function isOwnDecision(actor: PersonActor, record: typeof application.$inferSelect): boolean {
  if (record.applicantId !== actor.personId) return false;
  const decides = record.state === 'submitted' ? record.homeInstitutionId : record.hostInstitutionId;
  const open = record.state === 'submitted' || record.state === 'nominated';
  return open && decides !== null && institutionsOf(actor, 'coordinator').includes(decides);
}

export type ExchangeRecord = Awaited<ReturnType<typeof exchangeRecord>>;

/** Documents and history of an application that the caller has already found in the actor's scope. */
export async function exchangeParts(db: DbOrTx, applicationId: string) {
  const [documents, history] = await Promise.all([
    documentsOf(db, applicationId),
    historyOf(db, applicationId),
  ]);
  return { documents, history };
}

/** What happened to an application, the latest first: who, of which side. */
async function historyOf(db: DbOrTx, applicationId: string) {
  const rows = await db
    .select({
      id: auditRow.id,
      at: auditRow.at,
      code: auditRow.code,
      actorKind: auditRow.actorKind,
      actorId: auditRow.actorId,
      side: institution.side,
    })
    .from(auditRow)
    .leftJoin(institution, eq(institution.id, auditRow.institutionId))
    .where(and(eq(auditRow.subjectType, applicationWorkflow.subject), eq(auditRow.subjectId, applicationId)))
    .orderBy(asc(auditRow.at), asc(auditRow.id));
  // Versions are audited beside the step that made them; the page shows the step.
  const steps = rows.filter((row) => row.code.startsWith(`${applicationWorkflow.subject}.`)).reverse();
  const people = steps.filter((row) => row.actorKind === 'person').map((row) => row.actorId);
  const names = await namesOf(db, people);
  return steps.map(({ actorKind: _kind, actorId, ...row }) => ({ ...row, name: names.get(actorId) ?? null }));
}
