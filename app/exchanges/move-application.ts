import { permits } from '#app/people/access.ts';
import { coordinatorsOf } from '#app/people/coordinator-queries.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import type { MessageDef } from '#app/platform/messages.ts';
import { notify } from '#app/platform/notify.server.ts';
import { stale } from '#app/platform/outcome.ts';
import { transition } from '#app/platform/transition.server.ts';
import type { Db } from '#db/client.server.ts';
import { application } from '#db/schema/exchanges.ts';
import { forgetCounts } from './count-cache.ts';
import { exchangeRules } from './policy.ts';
import { type Application, type Call, lockApplication } from './scope.ts';
import { applicationWorkflow } from './workflow.ts';

type Columns = Partial<typeof application.$inferInsert>;

/** The right each step asks for; a test holds it to the workflow's table. */
export const RIGHTS = {
  nominate: 'exchanges.nominate',
  refuseNomination: 'exchanges.nominate',
  accept: 'exchanges.answer',
  decline: 'exchanges.answer',
  withdraw: 'exchanges.withdraw',
} as const;

/** What a decision form sends besides its own fields. */
export type Decision = { reference: string; revision: string; reason?: string | undefined };

/**
 * One step of a handed-in application, in one transaction: the record held through the actor's scope,
 * policy, workflow, state with its audit row, and the message to the applicant and the parties named.
 *
 * @param step.set what the step writes; may refuse with `invalid` after looking at the record.
 * @param step.tell the parties whose coordinators are told besides the applicant.
 */
export async function moveApplication(
  db: Db,
  actor: PersonActor,
  decision: Decision,
  step: {
    name: keyof typeof RIGHTS;
    message: MessageDef<{ reference: string }>;
    tell: (record: Application) => ('home' | 'host')[];
    set: (record: Application, call: Call) => Columns;
  },
  now: Date,
): Promise<Application> {
  const done = await db.transaction(async (tx) => {
    const { record, call } = await lockApplication(tx, actor, decision.reference);
    const permitted = permits(exchangeRules[RIGHTS[step.name]], actor, record);
    // Before the step's own fields are judged: what stands below a stale form is not what it was filled from.
    if (permitted && decision.revision !== record.revision) throw stale();
    const institutionOf = { home: record.homeInstitutionId, host: record.hostInstitutionId };
    const { party } = applicationWorkflow.transitions[step.name];
    const moved = await transition(tx, {
      workflow: applicationWorkflow,
      table: application,
      record,
      name: step.name,
      actor,
      permitted,
      revision: decision.revision,
      reason: decision.reason,
      institutionId: party === 'host' ? institutionOf.host : institutionOf.home,
      // What a step writes is judged only once the pen is known to be the actor's.
      set: permitted ? step.set(record, call) : {},
      now,
    });
    const told = await Promise.all(
      step.tell(moved).map(async (side) => {
        const institutionId = institutionOf[side];
        return institutionId ? coordinatorsOf(tx, institutionId, moved.applicantId) : [];
      }),
    );
    await notify(tx, step.message, {
      to: [moved.applicantId, ...told.flat()],
      params: { reference: moved.reference },
      cause: `application:${moved.id}:${moved.state}`,
      institutionId: party === 'host' ? institutionOf.host : institutionOf.home,
    });
    return moved;
  });
  forgetCounts();
  return done;
}
