import { and, eq } from 'drizzle-orm';
import { permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { forbidden, invalid, stale } from '#app/platform/outcome.ts';
import type { Db } from '#db/client.server.ts';
import { attendance, courseSession } from '#db/schema/training.ts';
import { trainingRules } from './policy.ts';
import { lockRun } from './scope.ts';

/**
 * Takes a session out of a run, as long as nobody's attendance was marked in it.
 *
 * @throws Refusal `not-found`, `forbidden`, `stale` when it is gone already, `invalid` when it was held
 */
export async function removeSession(
  db: Db,
  actor: PersonActor,
  input: { reference: string; number: number },
): Promise<void> {
  await db.transaction(async (tx) => {
    const run = await lockRun(tx, input);
    if (!permits(trainingRules['training.arrange'], actor, run)) throw forbidden();
    const [session] = await tx
      .select()
      .from(courseSession)
      .where(and(eq(courseSession.runId, run.id), eq(courseSession.number, input.number)));
    if (!session) throw stale();
    const [marked] = await tx
      .select({ id: attendance.enrolmentId })
      .from(attendance)
      .where(eq(attendance.sessionId, session.id))
      .limit(1);
    if (marked) throw invalid('training.sessionHeld');
    await tx.delete(courseSession).where(eq(courseSession.id, session.id));
    await audit(tx, {
      code: 'course-run.removeSession',
      actor,
      subject: { type: 'course-run', id: run.id },
      institutionId: run.hostInstitutionId,
      facts: { session: session.number },
    });
  });
}
