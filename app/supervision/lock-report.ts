import { and, eq } from 'drizzle-orm';
import type { PersonActor } from '#app/platform/actor.ts';
import { notFound } from '#app/platform/outcome.ts';
import type { Tx } from '#db/client.server.ts';
import { progressReport, thesis } from '#db/schema/supervision.ts';
import { membersOf } from './queries.ts';
import { scope } from './scope.ts';

/**
 * A report in the actor's scope, locked until the transaction ends, with those who stand in its thesis.
 *
 * @throws Refusal `not-found`
 */
export async function lockReport(tx: Tx, actor: PersonActor, reference: string, number: number) {
  const [found] = await tx
    .select({ thesis })
    .from(thesis)
    .where(and(eq(thesis.reference, reference), scope(tx, actor)));
  if (!found) throw notFound();
  const [report] = await tx
    .select()
    .from(progressReport)
    .where(and(eq(progressReport.thesisId, found.thesis.id), eq(progressReport.number, number)))
    .for('update');
  if (!report) throw notFound();
  return { thesis: found.thesis, report, members: await membersOf(tx, found.thesis.id) };
}

export type LockedReport = Awaited<ReturnType<typeof lockReport>>;

/**
 * A thesis in the actor's scope, locked until the transaction ends.
 *
 * @throws Refusal `not-found`
 */
export async function lockThesis(tx: Tx, actor: PersonActor, reference: string) {
  const [row] = await tx
    .select()
    .from(thesis)
    .where(and(eq(thesis.reference, reference), scope(tx, actor)))
    .for('update');
  if (!row) throw notFound();
  return { thesis: row, members: await membersOf(tx, row.id) };
}
