import { permits } from '#app/people/access.ts';
import type { Actor } from '#app/platform/actor.ts';
import type { AuditFacts } from '#app/platform/audit.server.ts';
import { transition } from '#app/platform/transition.server.ts';
import type { Tx } from '#db/client.server.ts';
import { enrolment } from '#db/schema/training.ts';
import { trainingRules } from './policy.ts';
import { type Enrolment, type OneRun, parties } from './scope.ts';
import { type EnrolmentStep, enrolmentWorkflow } from './workflow.ts';

/**
 * Takes one step of an enrolment, asking the policy for the step's right. The run is locked by the caller.
 *
 * @throws Refusal `forbidden`, `stale`, `invalid` as `transition` does
 */
export async function moveEnrolment(
  tx: Tx,
  run: OneRun,
  record: Enrolment,
  step: {
    name: EnrolmentStep;
    actor: Actor;
    revision?: string;
    reason?: string;
    set?: Partial<typeof enrolment.$inferInsert>;
    facts?: AuditFacts;
    now: Date;
  },
): Promise<Enrolment> {
  const right = enrolmentWorkflow.transitions[step.name].right as keyof typeof trainingRules;
  const subject = parties(run, record);
  return transition(tx, {
    workflow: enrolmentWorkflow,
    table: enrolment,
    record,
    permitted: permits(
      trainingRules[right] as Parameters<typeof permits<typeof subject>>[0],
      step.actor,
      subject,
    ),
    institutionId: record.institutionId,
    ...step,
  });
}
