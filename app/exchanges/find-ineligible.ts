import type { PersonActor } from '#app/platform/actor.ts';
import type { Db } from '#db/client.server.ts';
import { issueLetter } from './letters/issue-letter.ts';
import { stepMessages } from './messages.ts';
import { type Decision, moveApplication } from './move-application.ts';

/**
 * The home institution finds that the application does not meet the call, and says why.
 *
 * @throws Refusal `invalid` without a reason; `forbidden`, `stale`, `not-found`.
 */
export async function findIneligible(
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
      name: 'findIneligible',
      message: stepMessages.ineligible,
      tell: () => [],
      set: () => ({ eligibilityDecidedAt: now, eligibilityDecidedBy: actor.personId, dueAt: null }),
      also: (tx, moved, call) =>
        issueLetter(tx, actor, {
          kind: 'refusal',
          refusal: 'ineligible',
          record: moved,
          call,
          party: 'home',
          now,
        }),
    },
    now,
  );
}
