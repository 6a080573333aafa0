import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { defineJob } from '#app/platform/queue.server.ts';

/**
 * Brings the search text of applications up to date with the names of their people, which change
 * without the application being touched. One statement; writes only what differs.
 */
export const refreshSearch = defineJob({
  name: 'exchanges.refresh-search',
  schema: z.object({}),
  cron: '20 22 * * *',
  async handle(_payload, { db }) {
    await db.execute(sql`
      update application a set search = f.search
      from (
        select a.id, trim(lower(a.reference) || ' ' || lower(replace(replace(a.title, 'ё', 'е'), 'Ё', 'е'))
          || ' ' || p.search) as search
        from application a join person p on p.id = a.applicant_id
      ) f
      where f.id = a.id and f.search is distinct from a.search`);
  },
});

/** How long a document waits for the form it came with, in days. */
const UNCLAIMED_DAYS = 30;

/** Erases documents that were sent with a form which was never saved; their bytes go with the sweep of the store. */
export const eraseUnclaimed = defineJob({
  name: 'exchanges.erase-unclaimed',
  schema: z.object({}),
  cron: '30 22 * * *',
  async handle(_payload, { db }) {
    await db.execute(sql`
      update file set erased_at = now(), name = ''
      where subject_type = 'application' and subject_id is null and erased_at is null
        and created_at < now() - make_interval(days => ${UNCLAIMED_DAYS})`);
  },
});
