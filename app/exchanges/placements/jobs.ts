import { and, eq, isNull, lt, or } from 'drizzle-orm';
import { z } from 'zod';
import { defineJob } from '#app/platform/queue.server.ts';
import type { Db } from '#db/client.server.ts';
import { placement, placementDuty } from '#db/schema/placements.ts';
import { dutyOverdueMessage, evaluationOverdueMessage, reportOverdueMessage } from './placement-messages.ts';
import { tellStay } from './placement-parties.ts';

/**
 * Every night: whoever a duty after arrival falls on is told that its date has passed, and the participant and the host
 * supervisor that report or evaluation are late. Once for each: the cause says what it was about.
 */
export const remindOverdue = defineJob({
  name: 'placements.remind-overdue',
  schema: z.object({}),
  cron: '40 2 * * *',
  async handle(_payload, { db }) {
    await remindOfDuties(db, new Date());
    await remindOfClosing(db, new Date());
  },
});

/** Duties whose legal date has passed while the stay goes on or is being closed. */
export async function remindOfDuties(db: Db, now: Date): Promise<void> {
  const late = await db
    .select({ duty: placementDuty, record: placement })
    .from(placementDuty)
    .innerJoin(placement, eq(placement.id, placementDuty.placementId))
    .where(
      and(
        isNull(placementDuty.doneOn),
        lt(placementDuty.dueAt, now),
        or(eq(placement.state, 'stay'), eq(placement.state, 'returned')),
      ),
    );
  for (const { duty, record } of late) {
    await db.transaction((tx) =>
      tellStay(tx, record, dutyOverdueMessage, {
        cause: `duty:${duty.code}:overdue`,
        to: [duty.owner === 'host' ? 'host-coordinator' : 'participant'],
        by: null,
      }),
    );
  }
}

/** Reports and evaluations that are due since the departure. */
export async function remindOfClosing(db: Db, now: Date): Promise<void> {
  const late = await db
    .select()
    .from(placement)
    .where(
      and(
        eq(placement.state, 'returned'),
        lt(placement.dueAt, now),
        or(isNull(placement.reportedAt), isNull(placement.evaluatedAt)),
      ),
    );
  for (const record of late) {
    await db.transaction(async (tx) => {
      if (record.reportedAt === null) {
        const told = { cause: 'report:overdue', to: ['participant'], by: null } as const;
        await tellStay(tx, record, reportOverdueMessage, told);
      }
      if (record.evaluatedAt === null) {
        const told = { cause: 'evaluation:overdue', to: ['host-supervisor'], by: null } as const;
        await tellStay(tx, record, evaluationOverdueMessage, told);
      }
    });
  }
}
