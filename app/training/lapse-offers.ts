import { and, eq, lte } from 'drizzle-orm';
import { system } from '#app/platform/actor.ts';
import { notify } from '#app/platform/notify.server.ts';
import type { Db } from '#db/client.server.ts';
import { enrolment } from '#db/schema/training.ts';
import { lapsedMessage } from './messages.ts';
import { moveEnrolment } from './move-enrolment.ts';
import { lockRun } from './scope.ts';
import { seatWaiting } from './seat-waiting.ts';

/**
 * Passes on the seats whose offers nobody took in time. Each run is a transaction of its own; repeating it changes
 * nothing.
 *
 * @returns how many offers lapsed
 */
export async function lapseOffers(db: Db, now = new Date()): Promise<number> {
  const runs = await db
    .selectDistinct({ id: enrolment.runId })
    .from(enrolment)
    .where(and(eq(enrolment.state, 'offered'), lte(enrolment.offeredUntil, now)));
  let lapsed = 0;
  for (const { id } of runs) {
    lapsed += await db.transaction(async (tx) => {
      const run = await lockRun(tx, { id });
      const over = await tx
        .select()
        .from(enrolment)
        .where(and(eq(enrolment.runId, id), eq(enrolment.state, 'offered'), lte(enrolment.offeredUntil, now)))
        .for('update');
      for (const record of over) {
        await moveEnrolment(tx, run, record, {
          name: 'lapse',
          actor: system('training.lapse-offers'),
          set: { seatId: null, seatPool: null, offeredUntil: null },
          now,
        });
        await notify(tx, lapsedMessage, {
          to: [record.personId],
          params: { reference: run.reference },
          cause: `enrolment:${record.id}:lapsed`,
          institutionId: record.institutionId,
        });
      }
      if (over.length > 0) await seatWaiting(tx, run, now);
      return over.length;
    });
  }
  return lapsed;
}
