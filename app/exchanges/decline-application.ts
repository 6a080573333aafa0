import type { PersonActor } from '#app/platform/actor.ts';
import type { Db } from '#db/client.server.ts';
import { stepMessages } from './messages.ts';
import { type Decision, moveApplication } from './move-application.ts';

/**
 * The host institution declines, with its reason.
 *
 * @throws Refusal `invalid` without a reason; `forbidden`, `stale`, `not-found`.
 */
export async function declineApplication(
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
      name: 'decline',
      message: stepMessages.declined,
      tell: () => ['home'],
      set: () => ({ hostDecidedAt: now, hostDecidedBy: actor.personId, dueAt: null }),
    },
    now,
  );
}
