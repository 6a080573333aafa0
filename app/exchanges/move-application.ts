import { permits } from '#app/people/access.ts';
import { coordinatorsOf } from '#app/people/coordinator-queries.ts';
import { type PersonActor, system } from '#app/platform/actor.ts';
import type { AuditFacts } from '#app/platform/audit.server.ts';
import { notify } from '#app/platform/notify.server.ts';
import { stale } from '#app/platform/outcome.ts';
import { transition } from '#app/platform/transition.server.ts';
import type { Db, Tx } from '#db/client.server.ts';
import { application } from '#db/schema/exchanges.ts';
import { forgetCounts } from './count-cache.ts';
import { type StepMessage, stepMessages } from './messages.ts';
import { exchangeRules } from './policy.ts';
import { type Application, type Call, lockApplication } from './scope.ts';
import { applicationWorkflow } from './workflow.ts';

type Columns = Partial<typeof application.$inferInsert>;

/** The right each step of a person asks for; a test holds it to the workflow's table. */
export const RIGHTS = {
  findEligible: 'exchanges.check',
  findIneligible: 'exchanges.check',
  returnForCorrection: 'exchanges.check',
  nominate: 'exchanges.nominate',
  refuseNomination: 'exchanges.nominate',
  ask: 'exchanges.answer',
  reply: 'exchanges.nominate',
  accept: 'exchanges.answer',
  decline: 'exchanges.answer',
  withdraw: 'exchanges.withdraw',
  reopenCheck: 'exchanges.decideAppeal',
  reopenSelection: 'exchanges.decideAppeal',
  reopenEligible: 'exchanges.decideAppeal',
  reopenSelected: 'exchanges.decideAppeal',
  reopenAnswer: 'exchanges.decideAppeal',
} as const;
export type PersonStep = keyof typeof RIGHTS;

/** What a decision form sends besides its own fields. */
export type Decision = { reference: string; revision: string; reason?: string | undefined };

/** One step as a use case describes it. */
export type Step = {
  name: PersonStep;
  message: StepMessage;
  /** The parties whose coordinators are told besides the applicant. */
  tell: (record: Application) => ('home' | 'host')[];
  /** What the step writes; may refuse with `invalid` after looking at the record. */
  set: (record: Application, call: Call, tx: Tx) => Columns | Promise<Columns>;
  /** What belongs to the same act and stands or falls with it: a letter, a placement, a question. */
  also?: (tx: Tx, moved: Application, call: Call, before: Application) => Promise<void>;
  facts?: AuditFacts;
};

/**
 * One step of a handed-in application, in one transaction: the record held through the actor's scope,
 * policy, workflow, state with its audit row, what belongs to the step, and the message to the applicant and
 * the parties named.
 *
 * @throws Refusal `not-found`, `forbidden`, `stale`, and `invalid` naming the fields.
 */
export async function moveApplication(
  db: Db,
  actor: PersonActor,
  decision: Decision,
  step: Step,
  now: Date,
): Promise<Application> {
  const done = await db.transaction(async (tx) => {
    const { record, call } = await lockApplication(tx, actor, decision.reference);
    return moveLocked(tx, actor, { record, call }, decision, step, now);
  });
  forgetCounts();
  return done;
}

/** As `moveApplication`, within a transaction that holds the record already. */
export async function moveLocked(
  tx: Tx,
  actor: PersonActor,
  { record, call }: { record: Application; call: Call },
  decision: Omit<Decision, 'reference'>,
  step: Step,
  now: Date,
): Promise<Application> {
  const permitted = permits(exchangeRules[RIGHTS[step.name]], actor, record);
  // Before the step's own fields are judged: what stands below a stale form is not what it was filled from.
  if (permitted && decision.revision !== record.revision) throw stale();
  // Nothing is decided in a cancelled call; taking an application back is nobody else's decision.
  if (permitted && call.state === 'cancelled' && step.name !== 'withdraw')
    throw stale('exchanges.callCancelled');
  const { party } = applicationWorkflow.transitions[step.name];
  // What a step writes is judged only once the pen is known to be the actor's, and the step to be due.
  const due = applicationWorkflow.transitions[step.name].from.includes(record.state);
  const institutionId = party === 'host' ? record.hostInstitutionId : record.homeInstitutionId;
  const moved = await transition(tx, {
    workflow: applicationWorkflow,
    table: application,
    record,
    name: step.name,
    actor,
    permitted,
    revision: decision.revision,
    reason: decision.reason,
    institutionId,
    set: permitted && due ? await step.set(record, call, tx) : {},
    facts: step.facts ?? {},
    now,
  });
  await step.also?.(tx, moved, call, record);
  await tell(tx, moved, step.message, step.tell(moved), institutionId);
  return moved;
}

/** The steps the portal carries out itself, and what is said of them. */
const SYSTEM_STEPS = {
  select: { message: stepMessages.selected, tell: ['home'] },
  placeInReserve: { message: stepMessages.reserve, tell: [] },
  passOver: { message: stepMessages.notSelected, tell: [] },
  promote: { message: stepMessages.promoted, tell: ['home'] },
} as const satisfies Record<string, { message: StepMessage; tell: readonly ('home' | 'host')[] }>;
export type SystemStep = keyof typeof SYSTEM_STEPS;

/**
 * A step that belongs to nobody's pen: what the signed ranking says, and who moves up from the reserve list. In the
 * caller's transaction, which holds the record `FOR UPDATE`; the applicant is told, and for a place the home
 * institution. Call `forgetCounts()` once the transaction is over.
 *
 * @param change.reason a code under `exchanges:record.promoted`, for `promote`.
 * @throws Refusal `stale` where the record is past this step.
 */
export async function moveBySystem(
  tx: Tx,
  record: Application,
  name: SystemStep,
  change: { set: Columns; reason?: string; now: Date },
): Promise<Application> {
  const actor = system(`exchanges.${name}`);
  const moved = await transition(tx, {
    workflow: applicationWorkflow,
    table: application,
    record,
    name,
    actor,
    permitted: permits(exchangeRules['exchanges.rank'], actor, record),
    reason: change.reason,
    set: change.set,
    ...(change.reason ? { facts: { reason: change.reason } } : {}),
    now: change.now,
  });
  const { message, tell: parties } = SYSTEM_STEPS[name];
  await tell(tx, moved, message, parties, moved.homeInstitutionId);
  return moved;
}

/**
 * Tells the applicant, and the coordinators of the parties named.
 *
 * @param cause what happened, once; by default the step just taken, which is told again when it is taken again.
 */
export async function tell(
  tx: Tx,
  record: Application,
  message: StepMessage,
  parties: readonly ('home' | 'host')[],
  institutionId: string | null,
  cause = `application:${record.id}:${record.revision}`,
): Promise<void> {
  const institutionOf = { home: record.homeInstitutionId, host: record.hostInstitutionId };
  const desks = parties.map((party) => institutionOf[party]);
  const told = await coordinatorsOf(tx, desks, record.applicantId);
  await notify(tx, message, {
    to: [record.applicantId, ...told],
    params: { reference: record.reference },
    cause,
    institutionId,
  });
}
