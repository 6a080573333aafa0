import { eq, sql } from 'drizzle-orm';
import { permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { instantOf } from '#app/platform/local-instant.ts';
import { forbidden, invalid } from '#app/platform/outcome.ts';
import type { Db } from '#db/client.server.ts';
import { courseSession } from '#db/schema/training.ts';
import { trainingRules } from './policy.ts';
import { lockRun } from './scope.ts';

export type SessionInput = {
  reference: string;
  titleEn: string;
  titleRu: string;
  /** Calendar day and hours by the clock of the host's city. */
  on: string;
  from: string;
  until: string;
};

/**
 * Adds a session to a run. It lies within the run's dates and beside no other session.
 *
 * @returns its number within the run
 * @throws Refusal `not-found`, `forbidden`, `invalid`
 */
export async function addSession(db: Db, actor: PersonActor, input: SessionInput): Promise<number> {
  return db.transaction(async (tx) => {
    const run = await lockRun(tx, input);
    if (!permits(trainingRules['training.arrange'], actor, run)) throw forbidden();
    const wrong = (field: string, reason: string) => invalid('invalid', { fields: { [field]: [reason] } });
    if (input.on < run.startsOn || input.on > run.endsOn) throw wrong('on', 'training.sessionOutside');
    const startsAt = instantOf(`${input.on}T${input.from}`, run.timeZone);
    const endsAt = instantOf(`${input.on}T${input.until}`, run.timeZone);
    if (!startsAt || !endsAt) throw wrong('on', 'date');
    if (endsAt <= startsAt) throw wrong('until', 'training.sessionBackwards');
    const sessions = await tx.select().from(courseSession).where(eq(courseSession.runId, run.id));
    if (sessions.some((one) => one.startsAt < endsAt && startsAt < one.endsAt)) {
      throw wrong('from', 'training.sessionOverlaps');
    }
    const [added] = await tx
      .insert(courseSession)
      .values({
        runId: run.id,
        number: sql`(select coalesce(max(number), 0) + 1 from course_session where run_id = ${run.id})`,
        title: { en: input.titleEn, ru: input.titleRu },
        startsAt,
        endsAt,
      })
      .returning();
    if (!added) throw new Error('a session was not inserted');
    await audit(tx, {
      code: 'course-run.addSession',
      actor,
      subject: { type: 'course-run', id: run.id },
      institutionId: run.hostInstitutionId,
      facts: { session: added.number, startsAt: startsAt.toISOString() },
    });
    return added.number;
  });
}
