import { and, eq, sql } from 'drizzle-orm';
import { permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { forbidden, invalid, notFound } from '#app/platform/outcome.ts';
import type { Db } from '#db/client.server.ts';
import { type AttendanceMark, attendance, courseSession, enrolment } from '#db/schema/training.ts';
import { trainingRules } from './policy.ts';
import { closesAt } from './run-clock.ts';
import { lockRun } from './scope.ts';

/**
 * The instructor marks the roll of a session, whole or in part; marking somebody again corrects the mark. People who
 * hold no seat in the run are passed over.
 *
 * @returns how many were marked
 * @throws Refusal `not-found`, `forbidden`, `invalid` before the day of the session
 */
export async function markAttendance(
  db: Db,
  actor: PersonActor,
  input: { reference: string; number: number; marks: ReadonlyMap<string, AttendanceMark> },
  now = new Date(),
): Promise<number> {
  return db.transaction(async (tx) => {
    const run = await lockRun(tx, input);
    if (!permits(trainingRules['training.teach'], actor, run)) throw forbidden();
    const [session] = await tx
      .select()
      .from(courseSession)
      .where(and(eq(courseSession.runId, run.id), eq(courseSession.number, input.number)));
    if (!session) throw notFound();
    if (now < closesAt(run, run.timeZone)) throw invalid('training.notStarted');
    const seated = await tx
      .select({ id: enrolment.id })
      .from(enrolment)
      .where(and(eq(enrolment.runId, run.id), eq(enrolment.state, 'confirmed')));
    const rows = seated.flatMap(({ id }) => {
      const mark = input.marks.get(id);
      return mark
        ? [
            {
              sessionId: session.id,
              enrolmentId: id,
              runId: run.id,
              mark,
              markedBy: actor.personId,
              markedAt: now,
            },
          ]
        : [];
    });
    if (rows.length === 0) throw invalid('training.nobodyMarked');
    await tx
      .insert(attendance)
      .values(rows)
      .onConflictDoUpdate({
        target: [attendance.sessionId, attendance.enrolmentId],
        set: { mark: sql`excluded.mark`, markedBy: actor.personId, markedAt: now },
      });
    await audit(tx, {
      code: 'course-run.markAttendance',
      actor,
      subject: { type: 'course-run', id: run.id },
      institutionId: run.hostInstitutionId,
      facts: {
        session: session.number,
        marked: rows.length,
        present: rows.filter((row) => row.mark === 'present').length,
      },
    });
    return rows.length;
  });
}
