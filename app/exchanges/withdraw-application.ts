import type { PersonActor } from '#app/platform/actor.ts';
import type { Db } from '#db/client.server.ts';
import { stepMessages } from './messages.ts';
import { type Decision, moveApplication } from './move-application.ts';
import { passPlaceOn } from './promote-reserve.ts';

/**
 * The applicant takes the application back, at any time before the host has accepted it.
 *
 * @throws Refusal `forbidden`, `stale`, `not-found`.
 */
export async function withdrawApplication(
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
      name: 'withdraw',
      message: stepMessages.withdrawn,
      // A nomination that was given is recorded as given: the host, who was asked, is told as well.
      tell: (record) => (record.homeDecidedAt ? ['home', 'host'] : ['home']),
      set: () => ({ withdrawnAt: now, dueAt: null }),
      also: (tx, _moved, _call, before) => passPlaceOn(tx, before, 'withdrawn', now),
    },
    now,
  );
}
