import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { validate as isUuid } from 'uuid';
import { permits } from '#app/people/access.ts';
import { cyrillicName, latinName } from '#app/people/person-name.ts';
import { nameColumns } from '#app/people/queries.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { notify } from '#app/platform/notify.server.ts';
import { forbidden, invalid } from '#app/platform/outcome.ts';
import { addCertificates } from '#app/verification/add-certificates.ts';
import { certifiedEnrolments } from '#app/verification/queries.ts';
import type { Db } from '#db/client.server.ts';
import { institution, person } from '#db/schema/people.ts';
import { courseSession, enrolment } from '#db/schema/training.ts';
import { certifiedMessage } from './messages.ts';
import { trainingRules } from './policy.ts';
import { endsAt } from './run-clock.ts';
import { lockRun } from './scope.ts';

/**
 * The host's coordinator issues certificates to those who were chosen: each has passed, has none yet, and has a
 * confirmed name in both scripts. All or none; those concerned are told.
 *
 * @returns how many were issued
 * @throws Refusal `not-found`, `forbidden`, `invalid`: the run is not over, somebody did not pass or has one, a name is
 * missing in a script
 */
export async function issueCertificates(
  db: Db,
  actor: PersonActor,
  input: { reference: string; enrolmentIds: readonly string[] },
  now = new Date(),
): Promise<number> {
  return db.transaction(async (tx) => {
    const run = await lockRun(tx, input);
    if (!permits(trainingRules['training.certify'], actor, run)) throw forbidden();
    if (now < endsAt(run, run.timeZone)) throw invalid('training.notOver');
    const asked = [...new Set(input.enrolmentIds)].filter((id) => isUuid(id));
    if (asked.length === 0) throw invalid('invalid', { fields: { enrolment: ['training.nobodyChosen'] } });
    const people = await tx
      .select({
        enrolment,
        ...nameColumns,
        from: institution.name,
        organisation: person.organisation,
        latin: person.latinSpelling,
        cyrillic: person.cyrillicSpelling,
      })
      .from(enrolment)
      .innerJoin(person, eq(person.id, enrolment.personId))
      .innerJoin(institution, eq(institution.id, person.institutionId))
      .where(and(eq(enrolment.runId, run.id), inArray(enrolment.id, asked)))
      .orderBy(asc(enrolment.queueNumber));
    if (people.length !== asked.length || people.some((one) => one.enrolment.result !== 'passed')) {
      throw invalid('training.notPassed');
    }
    if (people.some((one) => one.enrolment.personId === actor.personId))
      throw forbidden('training.ownCertificate');
    if ((await certifiedEnrolments(tx, asked)).size > 0) throw invalid('training.certifiedAlready');
    // A spelling that a machine proposed is printed on nothing until a person has confirmed it.
    const unsure = (one: (typeof people)[number]) =>
      one.latin !== 'confirmed' || one.cyrillic !== 'confirmed';
    const nameless = people.find((one) => unsure(one) || latinName(one) === '' || cyrillicName(one) === '');
    if (nameless) {
      throw invalid('training.nameMissing', {
        params: { name: latinName(nameless) || cyrillicName(nameless) },
      });
    }
    const [host] = await tx.select().from(institution).where(eq(institution.id, run.hostInstitutionId));
    const [taught] = await tx
      .select({
        minutes: sql<
          number | null
        >`(sum(extract(epoch from ${courseSession.endsAt} - ${courseSession.startsAt})) / 60)::int`,
      })
      .from(courseSession)
      .where(eq(courseSession.runId, run.id));
    const empty = { en: '', ru: '' };
    await addCertificates(
      tx,
      actor,
      people.map((one) => ({
        enrolmentId: one.enrolment.id,
        personId: one.enrolment.personId,
        courseId: run.courseId,
        institutionId: run.hostInstitutionId,
        content: {
          name: { latin: latinName(one), cyrillic: cyrillicName(one) },
          course: { code: run.course.code, title: run.course.title, language: run.course.language },
          startsOn: run.startsOn,
          endsOn: run.endsOn,
          minutes: taught?.minutes ?? null,
          grade: one.enrolment.grade,
          host: host?.name ?? empty,
          city: host?.city ?? empty,
          from: one.organisation ? { en: one.organisation, ru: one.organisation } : one.from,
        },
      })),
      now,
    );
    await notify(tx, certifiedMessage, {
      to: people.map((one) => one.enrolment.personId),
      params: { reference: run.reference },
      cause: `course-run:${run.id}:certified:${now.toISOString()}`,
      institutionId: run.hostInstitutionId,
    });
    return people.length;
  });
}
