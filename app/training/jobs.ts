import { z } from 'zod';
import { defineJob } from '#app/platform/queue.server.ts';
import { lapseOffers } from './lapse-offers.ts';

/** Passes on seats that were offered for 48 hours and not taken. */
export const lapseOffersJob = defineJob({
  name: 'training.lapse-offers',
  schema: z.object({}),
  cron: '*/5 * * * *',
  async handle(_payload, { db, log }) {
    const lapsed = await lapseOffers(db);
    if (lapsed > 0) log.info({ lapsed }, 'offers of seats lapsed');
  },
});
