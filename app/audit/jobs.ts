import { z } from 'zod';
import { sealAll, signDay } from '#app/platform/audit-seal.server.ts';
import { defineJob } from '#app/platform/queue.server.ts';
import { platform } from '#app/platform/runtime.server.ts';

/** Chains what was committed since the last minute. */
export const sealJob = defineJob({
  name: 'audit.seal',
  schema: z.object({}),
  policy: 'short',
  cron: '* * * * *',
  async handle(_, { db, log }) {
    const sealed = await sealAll(db);
    if (sealed > 0) log.debug({ sealed }, 'audit rows sealed');
  },
});

/** Signs the head of the day that has ended, a few minutes into the next. */
export const signDayJob = defineJob({
  name: 'audit.sign-day',
  schema: z.object({}),
  cron: '7 0 * * *',
  async handle(_, { db, log }) {
    const day = await signDay(db, platform().config.authSecret);
    if (day) log.info({ day }, 'audit head signed');
  },
});
