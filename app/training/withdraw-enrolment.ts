import type { PersonActor } from '#app/platform/actor.ts';
import { invalid } from '#app/platform/outcome.ts';
import type { Db } from '#db/client.server.ts';
import { moveEnrolment } from './move-enrolment.ts';
import { endsAt } from './run-clock.ts';
import { enrolmentInScope, lockRun } from './scope.ts';
import { addMoves, seatWaiting } from './seat-waiting.ts';

/**
 * The person leaves: the request, the waitlist, the offer or the seat. A seat that becomes free is offered to whoever
 * is next.
 *
 * @throws Refusal `not-found`, `forbidden`, `stale`, `invalid` when the run is over or a result stands
 */
export async function withdrawEnrolment(
  db: Db,
  actor: PersonActor,
  input: { reference: string; enrolmentId: string; revision: string },
  now = new Date(),
): Promise<void> {
  await db.transaction(async (tx) => {
    const run = await lockRun(tx, input);
    const record = await enrolmentInScope(tx, actor, run, input.enrolmentId);
    if (record.result !== null || now >= endsAt(run, run.timeZone)) throw invalid('training.over');
    await moveEnrolment(tx, run, record, {
      name: 'withdraw',
      actor,
      revision: input.revision,
      set: { seatId: null, seatPool: null, place: null, offeredUntil: null },
      now,
    });
    if (record.place !== null) await addMoves(tx, [{ record, to: null, cause: 'left' }], now);
    await seatWaiting(tx, run, now);
  });
}
