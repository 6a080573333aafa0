import { z } from 'zod';
import { defineJob } from '#app/platform/queue.server.ts';
import { repairAccounts } from './repair-accounts.ts';

/** Closes what a crash between the sign-in library's commit and ours left open; every ten minutes. */
export const repairAccountsJob = defineJob({
  name: 'people.repairAccounts',
  schema: z.object({}),
  cron: '*/10 * * * *',
  handle: async (_payload, { db }) => {
    await repairAccounts(db);
  },
});
