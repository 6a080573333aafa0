import { eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { PersonActor } from '#app/platform/actor.ts';
import { stale } from '#app/platform/outcome.ts';
import type { Db } from '#db/client.server.ts';
import { progressReport } from '#db/schema/supervision.ts';
import { lockReport } from './lock-report.ts';
import { demand } from './policy.ts';
import { accepted, draftForm, type ReportInput } from './schemas.ts';

/**
 * Keeps a draft as far as it is written. Nothing is required, so that nothing typed is lost; the state stays.
 *
 * @throws Refusal `not-found`, `forbidden`, `stale`, `invalid`
 */
export async function saveReport(
  db: Db,
  actor: PersonActor,
  input: { reference: string; number: number; revision: string; texts: ReportInput },
): Promise<void> {
  await db.transaction(async (tx) => {
    const found = await lockReport(tx, actor, input.reference, input.number);
    demand('supervision.report', actor, found);
    if (found.report.state !== 'draft') throw stale('staleState');
    if (found.report.revision !== input.revision) throw stale();
    const texts = accepted(draftForm, input.texts);
    await tx
      .update(progressReport)
      .set({ ...texts, revision: uuidv7() })
      .where(eq(progressReport.id, found.report.id));
  });
}
