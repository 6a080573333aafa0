import type { PersonActor } from '#app/platform/actor.ts';
import type { Db } from '#db/client.server.ts';
import type { LocalizedText } from '#db/schema/shared.ts';
import { CANCELLABLE } from './call-states.ts';
import { succeedCall } from './succeed-call.ts';

/**
 * Proposes to call a published call off, with the reason every applicant will be told. It is cancelled once both
 * coordinators have signed exactly this reason.
 *
 * @throws Refusal `invalid` at `cancellation.en` and `cancellation.ru`; `stale` once the call is decided or cancelled.
 */
export async function cancelCall(
  db: Db,
  actor: PersonActor,
  input: { reference: string; hashShown: string; reason: LocalizedText },
): Promise<void> {
  const { reference, hashShown, reason } = input;
  await db.transaction((tx) =>
    succeedCall(tx, actor, { reference, hashShown, from: CANCELLABLE }, (inForce) => ({
      ...inForce,
      cancellation: reason,
    })),
  );
}
