import type { PersonActor } from '#app/platform/actor.ts';
import { invalid } from '#app/platform/outcome.ts';
import type { Db } from '#db/client.server.ts';
import type { LocalizedText } from '#db/schema/shared.ts';
import { EXTENDABLE } from './call-states.ts';
import { succeedCall } from './succeed-call.ts';

/**
 * Proposes a later deadline with the reason every applicant will be told. Once both coordinators have signed it the call
 * is open again until then, also when the former deadline has passed.
 *
 * @param input.deadline, nominateBy, answerBy instants as ISO 8601; what follows the deadline moves with it.
 * @throws Refusal `invalid` at `deadline` unless it is later than the one in force and still to come, at `extension.en`
 *   and `extension.ru` without the reason; `stale` once the review has begun.
 */
export async function extendCall(
  db: Db,
  actor: PersonActor,
  input: {
    reference: string;
    hashShown: string;
    deadline: string;
    nominateBy: string;
    answerBy: string;
    reason: LocalizedText;
  },
  now = new Date(),
): Promise<void> {
  const { reference, hashShown, reason, ...dates } = input;
  await db.transaction((tx) =>
    succeedCall(tx, actor, { reference, hashShown, from: EXTENDABLE }, (inForce) => {
      const deadline = new Date(dates.deadline);
      const wrong = (why: string) => invalid('invalid', { fields: { deadline: [why] } });
      if (deadline <= new Date(inForce.deadline)) throw wrong('exchanges.extendLater');
      if (deadline <= now) throw wrong('exchanges.deadlineInPast');
      return { ...inForce, ...dates, extension: reason };
    }),
  );
}
