import { permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { stale } from '#app/platform/outcome.ts';
import { transition } from '#app/platform/transition.server.ts';
import type { Tx } from '#db/client.server.ts';
import { placement } from '#db/schema/placements.ts';
import type { Placement } from './placement-scope.ts';
import { placementRules, type RequestParties } from './policy.ts';
import { type PlacementStep, placementWorkflow } from './workflow.ts';

/** The right each step asks for; a test holds it to the workflow's table. */
export const PLACEMENT_RIGHTS = {
  begin: 'placements.begin',
  confirmArrival: 'placements.confirmArrival',
  confirmDeparture: 'placements.confirmDeparture',
  close: 'placements.close',
  findNoShow: 'placements.decideNoShow',
  cancel: 'placements.decideForceMajeure',
} as const satisfies Record<PlacementStep, keyof typeof placementRules>;

/**
 * One step of a stay by a person, in the caller's transaction: policy, revision, workflow, state, audit row.
 *
 * @param step.set what the step writes; judged only once the pen is known to be the actor's.
 * @throws Refusal `forbidden`, `stale`, `invalid`
 */
export async function movePlacement(
  tx: Tx,
  actor: PersonActor,
  record: Placement,
  step: {
    name: Exclude<PlacementStep, 'begin' | 'close'>;
    revision?: string | undefined;
    reason?: string | null;
    institutionId: string;
    /** The request that the step carries out, where its decision is the step. */
    request?: Pick<RequestParties, 'decidingInstitutionId' | 'askedBy'>;
    set: () => Promise<Partial<typeof placement.$inferInsert>>;
  },
  now: Date,
): Promise<Placement> {
  const permitted = permits<RequestParties>(placementRules[PLACEMENT_RIGHTS[step.name]], actor, {
    ...record,
    ...(step.request ?? { decidingInstitutionId: null, askedBy: null }),
  });
  if (permitted && step.revision !== undefined && step.revision !== record.revision) throw stale();
  return transition(tx, {
    workflow: placementWorkflow,
    table: placement,
    record,
    name: step.name,
    actor,
    permitted,
    revision: step.revision,
    reason: step.reason ?? null,
    institutionId: step.institutionId,
    set:
      permitted && placementWorkflow.transitions[step.name].from.includes(record.state)
        ? await step.set()
        : {},
    now,
  });
}
