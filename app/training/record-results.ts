import { and, eq, sql } from 'drizzle-orm';
import { permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { forbidden, invalid } from '#app/platform/outcome.ts';
import { certifiedEnrolments } from '#app/verification/queries.ts';
import type { Db } from '#db/client.server.ts';
import { enrolment, type Result } from '#db/schema/training.ts';
import { trainingRules } from './policy.ts';
import { closesAt } from './run-clock.ts';
import { lockRun } from './scope.ts';

export type GivenResult = { result: Result; grade: number | null };

/**
 * The instructor gives results; giving one again corrects it until a certificate stands on it. People without a seat,
 * and the instructor's own enrolment, are passed over.
 *
 * @returns how many were given
 * @throws Refusal `not-found`, `forbidden`, `invalid`
 */
export async function recordResults(
  db: Db,
  actor: PersonActor,
  input: { reference: string; results: ReadonlyMap<string, GivenResult> },
  now = new Date(),
): Promise<number> {
  return db.transaction(async (tx) => {
    const run = await lockRun(tx, input);
    if (!permits(trainingRules['training.teach'], actor, run)) throw forbidden();
    if (now < closesAt(run, run.timeZone)) throw invalid('training.notStarted');
    const seated = await tx
      .select()
      .from(enrolment)
      .where(and(eq(enrolment.runId, run.id), eq(enrolment.state, 'confirmed')))
      .for('update');
    const changed = seated.flatMap((row) => {
      const given = input.results.get(row.id);
      const same = given && given.result === row.result && given.grade === row.grade;
      return given && !same && row.personId !== actor.personId ? [{ row, given }] : [];
    });
    const certified = await certifiedEnrolments(
      tx,
      changed.map(({ row }) => row.id),
    );
    if (certified.size > 0) throw invalid('training.certifiedAlready');
    if (changed.length === 0) throw invalid('training.nothingChanged');
    const [ids, results, grades] = [
      changed.map(({ row }) => row.id),
      changed.map(({ given }) => given.result),
      changed.map(({ given }) => given.grade),
    ];
    await tx.execute(sql`
      update enrolment set result = given.result, grade = given.grade, result_at = ${now}, result_by = ${actor.personId}
      from unnest(${sql.param(ids)}::uuid[], ${sql.param(results)}::text[], ${sql.param(grades)}::int[])
        as given (id, result, grade)
      where enrolment.id = given.id`);
    await audit(tx, {
      code: 'course-run.recordResults',
      actor,
      subject: { type: 'course-run', id: run.id },
      institutionId: run.hostInstitutionId,
      facts: {
        given: changed.length,
        passed: changed.filter(({ given }) => given.result === 'passed').length,
      },
    });
    return changed.length;
  });
}
