import type { PersonActor } from '#app/platform/actor.ts';
import type { Db } from '#db/client.server.ts';
import { stepMessages } from './messages.ts';
import { type Decision, moveApplication } from './move-application.ts';

/**
 * The home institution finds the application eligible: it meets the call. Where the call asks for reviews the
 * committee goes on; where it asks for none, the home institution may nominate at once.
 *
 * @throws Refusal `forbidden`, `stale`, `not-found`.
 */
export async function findEligible(
  db: Db,
  actor: PersonActor,
  input: Decision,
  now = new Date(),
): Promise<void> {
  await moveApplication(
    db,
    actor,
    input,
    {
      name: 'findEligible',
      message: stepMessages.eligible,
      tell: () => [],
      set: (_record, call) => ({
        eligibilityDecidedAt: now,
        eligibilityDecidedBy: actor.personId,
        dueAt: call.reviewersPerApplication === 0 ? call.nominateBy : null,
      }),
    },
    now,
  );
}
