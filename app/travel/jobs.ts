import { z } from 'zod';
import { defineJob } from '#app/platform/queue.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { sweepVaults } from '#app/platform/sweep-vaults.server.ts';

/** Erases what is due, removes what nobody knows, and says what is missing. */
export const sweepJob = defineJob({
  name: 'vault.sweep',
  schema: z.object({}),
  policy: 'short',
  cron: '23 * * * *',
  async handle(_, { db, log }) {
    const { missing, ...swept } = await sweepVaults(db, platform().vaults);
    log.info(swept, 'vaults swept');
    if (missing.length > 0) log.error({ facts: missing }, 'the vault lacks values that main knows of');
  },
});
