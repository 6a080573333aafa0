import type { PersonActor } from '#app/platform/actor.ts';
import { invalid } from '#app/platform/outcome.ts';
import type { Db } from '#db/client.server.ts';
import { nominatedMessage } from './messages.ts';
import { type Decision, moveApplication } from './move-application.ts';

/**
 * The home institution nominates: it confirms that the application meets the call, and hands the pen to the host.
 *
 * @throws Refusal `invalid` where the conditions are not confirmed; `forbidden`, `stale`, `not-found`.
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
      message: nominatedMessage,
      tell: () => ['host'],
      set: (_record, call) => {
        if (!input.confirmed)
          throw invalid('invalid', { fields: { confirmed: ['exchanges.confirmConditions'] } });
        return { homeDecidedAt: now, homeDecidedBy: actor.personId, dueAt: call.answerBy };
      },
    },
    now,
  );
}
