import type { PersonActor } from '#app/platform/actor.ts';
import { invalid } from '#app/platform/outcome.ts';
import type { Db } from '#db/client.server.ts';
import { dueFor } from './due-dates.ts';
import { issueLetter } from './letters/issue-letter.ts';
import { stepMessages } from './messages.ts';
import { type Decision, moveApplication } from './move-application.ts';
import { requireRanking } from './require-ranking.ts';

/**
 * The home institution nominates an application that is selected or, where the call asks for no reviews, eligible,
 * and hands the pen to the host; the letter of nomination is issued with it.
 *
 * @throws Refusal `invalid` where the nomination is not confirmed or the committee has not ranked yet; `forbidden`, `stale`, `not-found`.
 */
export async function nominateApplication(
  db: Db,
  actor: PersonActor,
  input: Decision & { confirmed: boolean },
  now = new Date(),
): Promise<void> {
  await moveApplication(
    db,
    actor,
    input,
    {
      name: 'nominate',
      message: stepMessages.nominated,
      tell: () => ['host'],
      set: async (record, call, tx) => {
        requireRanking(record, call);
        if (!input.confirmed)
          throw invalid('invalid', { fields: { confirmed: ['exchanges.confirmConditions'] } });
        return {
          homeDecidedAt: now,
          homeDecidedBy: actor.personId,
          dueAt: await dueFor(tx, record.hostInstitutionId, call.answerBy, now),
        };
      },
      also: (tx, moved, call) =>
        issueLetter(tx, actor, { kind: 'nomination', record: moved, call, party: 'home', now }),
    },
    now,
  );
}
