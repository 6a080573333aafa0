import type { PersonActor } from '#app/platform/actor.ts';
import { notify } from '#app/platform/notify.server.ts';
import { invalid } from '#app/platform/outcome.ts';
import type { Db } from '#db/client.server.ts';
import { confirmedMessage } from './messages.ts';
import { moveEnrolment } from './move-enrolment.ts';
import { enrolmentInScope, lockRun } from './scope.ts';

/**
 * The person takes the seat that was offered. An offer whose time is over is refused even before the portal has passed
 * the seat on.
 *
 * @throws Refusal `not-found`, `forbidden`, `stale`, `invalid` when the offer is over
 */
export async function answerOffer(
  db: Db,
  actor: PersonActor,
  input: { reference: string; enrolmentId: string; revision: string },
  now = new Date(),
): Promise<void> {
  await db.transaction(async (tx) => {
    const run = await lockRun(tx, input);
    const record = await enrolmentInScope(tx, actor, run, input.enrolmentId);
    if (record.state === 'offered' && record.offeredUntil && now >= record.offeredUntil) {
      throw invalid('training.offerOver');
    }
    const moved = await moveEnrolment(tx, run, record, {
      name: 'accept',
      actor,
      revision: input.revision,
      set: { offeredUntil: null },
      now,
    });
    await notify(tx, confirmedMessage, {
      to: [record.personId],
      params: { reference: run.reference },
      cause: `enrolment:${record.id}:${moved.revision}`,
      institutionId: record.institutionId,
    });
  });
}
