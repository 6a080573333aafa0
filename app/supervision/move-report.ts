import type { Actor } from '#app/platform/actor.ts';
import type { AuditFacts } from '#app/platform/audit.server.ts';
import { transition } from '#app/platform/transition.server.ts';
import type { Tx } from '#db/client.server.ts';
import { progressReport } from '#db/schema/supervision.ts';
import type { LockedReport } from './lock-report.ts';
import { may, placeOf, type SupervisionRight } from './policy.ts';
import type { ProgressReport } from './queries.ts';
import { type ReportStep, reportWorkflow } from './workflow.ts';

/**
 * Takes one step of the report's workflow, asking the policy for the step's right.
 *
 * @throws Refusal `forbidden`, `stale`, `invalid` as `transition` does
 */
export async function moveReport(
  tx: Tx,
  locked: LockedReport,
  step: {
    name: ReportStep;
    actor: Actor;
    revision?: string;
    reason?: string;
    set?: Partial<typeof progressReport.$inferInsert>;
    facts?: AuditFacts;
    now: Date;
  },
): Promise<ProgressReport> {
  const right = reportWorkflow.transitions[step.name].right as SupervisionRight;
  return transition(tx, {
    workflow: reportWorkflow,
    table: progressReport,
    record: locked.report,
    permitted: may(right, step.actor, locked),
    institutionId: placeOf(step.actor, locked)?.institutionId ?? locked.thesis.homeInstitutionId,
    ...step,
  });
}
