import type { PersonActor } from '#app/platform/actor.ts';
import type { Db } from '#db/client.server.ts';
import { issueLetter } from './letters/issue-letter.ts';
import { stepMessages } from './messages.ts';
import { type Decision, moveApplication } from './move-application.ts';
import { passPlaceOn } from './promote-reserve.ts';
import { requireRanking } from './require-ranking.ts';

/**
 * The home institution does not nominate, with its reason, and its letter; a place that was given goes to the reserve list.
 *
 * @throws Refusal `invalid` without a reason or before the ranking; `forbidden`, `stale`, `not-found`.
 */
export async function refuseNomination(
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
      name: 'refuseNomination',
      message: stepMessages.notNominated,
      tell: () => [],
      set: (record, call) => {
        requireRanking(record, call);
        return { homeDecidedAt: now, homeDecidedBy: actor.personId, dueAt: null };
      },
      also: async (tx, moved, call, before) => {
        const letter = {
          kind: 'refusal',
          refusal: 'notNominated',
          record: moved,
          call,
          party: 'home',
          now,
        } as const;
        await issueLetter(tx, actor, letter);
        await passPlaceOn(tx, before, 'notNominated', now);
      },
    },
    now,
  );
}
