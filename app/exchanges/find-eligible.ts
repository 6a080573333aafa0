import type { PersonActor } from '#app/platform/actor.ts';
import type { Db } from '#db/client.server.ts';
import { forgetCounts } from './count-cache.ts';
import { stepMessages } from './messages.ts';
import { type Decision, moveLocked, type Step } from './move-application.ts';
import { joinReserve } from './promote-reserve.ts';
import { lockApplication } from './scope.ts';

/**
 * The home institution finds the application eligible: it meets the call. Where the call asks for reviews the
 * committee goes on, or after its ranking the application joins the reserve list; where it asks for none, the home
 * institution may nominate at once.
 *
 * @throws Refusal `forbidden`, `stale`, `not-found`.
 */
export async function findEligible(
  db: Db,
  actor: PersonActor,
  input: Decision,
  now = new Date(),
): Promise<void> {
  await db.transaction(async (tx) => {
    const { record, call } = await lockApplication(tx, actor, input.reference);
    const step: Step = {
      name: 'findEligible',
      message: stepMessages.eligible,
      tell: () => [],
      set: () => ({
        eligibilityDecidedAt: now,
        eligibilityDecidedBy: actor.personId,
        dueAt: call.reviewersPerApplication === 0 ? call.nominateBy : null,
      }),
    };
    const moved = await moveLocked(tx, actor, { record, call }, input, step, now);
    const ranked = call.state === 'decided' || call.state === 'archived';
    if (ranked && call.reviewersPerApplication > 0) await joinReserve(tx, moved, now);
  });
  forgetCounts();
}
