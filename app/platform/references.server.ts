import { sql } from 'drizzle-orm';
import type { DbOrTx } from '#db/client.server.ts';
import { referenceSeries } from '#db/schema/platform.ts';

/**
 * The next reference of a series, e.g. `EX-2026-0042`. Taken in the caller's transaction: a rollback
 * gives the number back, and two callers wait for one another for as long as theirs lasts.
 */
export async function nextReference(tx: DbOrTx, prefix: string, year: number): Promise<string> {
  const [row] = await tx
    .insert(referenceSeries)
    .values({ prefix, year, last: 1 })
    .onConflictDoUpdate({
      target: [referenceSeries.prefix, referenceSeries.year],
      set: { last: sql`${referenceSeries.last} + 1` },
    })
    .returning();
  if (!row) throw new Error(`no reference for ${prefix}`);
  return `${prefix}-${year}-${String(row.last).padStart(4, '0')}`;
}
