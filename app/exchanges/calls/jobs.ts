import { and, asc, eq, inArray, lt, notExists, notInArray } from 'drizzle-orm';
import { z } from 'zod';
import { permits } from '#app/people/access.ts';
import { system } from '#app/platform/actor.ts';
import { daysAfter } from '#app/platform/calendar.ts';
import { defineJob } from '#app/platform/queue.server.ts';
import { transition } from '#app/platform/transition.server.ts';
import type { Db, Tx } from '#db/client.server.ts';
import { application, call } from '#db/schema/exchanges.ts';
import { exchangeRules } from '../policy.ts';
import type { Call } from '../scope.ts';
import { callWorkflow } from './call-workflow.ts';
import { ENDED_STAGES } from './tell-applicants.ts';

/** Calls moved in one run; the next minute, or night, moves the rest. */
const AT_ONCE = 100;

/**
 * Days after the last possible day of a stay before a call is archived. Reports, the host's evaluation and the accounts
 * come in after the stay; three months is what both sides' own papers leave for them (an agreement of the two, no law).
 */
const ARCHIVE_AFTER_DAYS = 90;

/**
 * Closes calls whose deadline has passed. The deadline itself is judged by the clock at every submission; this makes
 * it the call's state. Each call in its own transaction, looked at again under its lock: an extension signed meanwhile wins.
 */
export const closeCalls = defineJob({
  name: 'exchanges.close-calls',
  schema: z.object({}),
  cron: '* * * * *',
  handle: (_payload, { db }) => closePassed(db, new Date()),
});

/** @param now the moment the deadlines are held against; the deadline itself still counts. */
export async function closePassed(db: Db, now: Date): Promise<void> {
  const passed = await db
    .select({ id: call.id })
    .from(call)
    .where(and(eq(call.state, 'published'), lt(call.deadline, now)))
    .orderBy(asc(call.deadline))
    .limit(AT_ONCE);
  for (const { id } of passed) {
    await db.transaction(async (tx) => {
      const found = await held(tx, id);
      if (found?.state !== 'published' || found.deadline >= now) return;
      await move(tx, found, 'close', now);
    });
  }
}

/** Archives calls of which nothing is open any more; what stands in them stays readable. */
export const archiveCalls = defineJob({
  name: 'exchanges.archive-calls',
  schema: z.object({}),
  cron: '10 22 * * *',
  handle: (_payload, { db }) => archiveFinished(db, new Date()),
});

/** @param now the moment from which the days after the last stay are counted back. */
export async function archiveFinished(db: Db, now: Date): Promise<void> {
  const lastStay = daysAfter(now.toISOString().slice(0, 10), -ARCHIVE_AFTER_DAYS);
  const open = db
    .select({ id: application.id })
    .from(application)
    // A draft of a call that has closed can never be submitted: nobody waits for it.
    .where(and(eq(application.callId, call.id), notInArray(application.stage, ['draft', ...ENDED_STAGES])));
  const finished = await db
    .select({ id: call.id })
    .from(call)
    .where(and(inArray(call.state, ['closed', 'decided']), lt(call.stayUntil, lastStay), notExists(open)))
    .orderBy(asc(call.stayUntil))
    .limit(AT_ONCE);
  for (const { id } of finished) {
    await db.transaction(async (tx) => {
      const found = await held(tx, id);
      if (found?.state !== 'closed' && found?.state !== 'decided') return;
      await move(tx, found, 'archive', now);
    });
  }
}

async function held(tx: Tx, id: string): Promise<Call | undefined> {
  const [found] = await tx.select().from(call).where(eq(call.id, id)).for('update');
  return found;
}

async function move(tx: Tx, record: Call, name: 'close' | 'archive', now: Date): Promise<void> {
  const actor = system(`calls.${name}`);
  const permitted = permits(exchangeRules['calls.close'], actor, null);
  await transition(tx, { workflow: callWorkflow, table: call, record, name, actor, permitted, now });
}
