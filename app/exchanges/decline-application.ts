import type { PersonActor } from '#app/platform/actor.ts';
import type { Db } from '#db/client.server.ts';
import { issueLetter } from './letters/issue-letter.ts';
import { stepMessages } from './messages.ts';
import { type Decision, moveApplication } from './move-application.ts';
import { passPlaceOn } from './promote-reserve.ts';

/**
 * The host institution declines, with its reason and its letter; a place that was given goes to the reserve list.
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
      also: async (tx, moved, call, before) => {
        const letter = {
          kind: 'refusal',
          refusal: 'declined',
          record: moved,
          call,
          party: 'host',
          now,
        } as const;
        await issueLetter(tx, actor, letter);
        await passPlaceOn(tx, before, 'declined', now);
      },
    },
    now,
  );
}
