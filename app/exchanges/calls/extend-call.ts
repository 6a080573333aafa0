import type { PersonActor } from '#app/platform/actor.ts';
import { invalid, Refusal } from '#app/platform/outcome.ts';
import type { Db } from '#db/client.server.ts';
import type { LocalizedText } from '#db/schema/shared.ts';
import { checked } from '../schemas.ts';
import { callSchema } from './call-schema.ts';
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
      const content = { ...inForce, ...dates, extension: reason };
      const late = tooEarly(new Date(dates.deadline), new Date(inForce.deadline), now);
      if (late) throw invalid('invalid', { fields: { ...problemsOf(content), deadline: [late] } });
      return content;
    }),
  );
}

/** Why a deadline extends nothing; null where it does. What is no instant at all the schema tells. */
function tooEarly(deadline: Date, inForce: Date, now: Date): string | null {
  if (deadline <= inForce) return 'exchanges.extendLater';
  return deadline <= now ? 'exchanges.deadlineInPast' : null;
}

/** What else is wrong, so that everything is said at once. */
function problemsOf(content: unknown): Record<string, string[]> {
  try {
    checked(callSchema, content);
    return {};
  } catch (error) {
    if (error instanceof Refusal) return error.fields;
    throw error;
  }
}
