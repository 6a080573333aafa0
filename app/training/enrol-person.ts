import { and, eq, inArray, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { coordinatorsOf } from '#app/people/coordinator-queries.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { keepFile } from '#app/platform/files.server.ts';
import { notify } from '#app/platform/notify.server.ts';
import { invalid } from '#app/platform/outcome.ts';
import { lengthOf, plainText } from '#app/platform/plain-text.ts';
import type { ReceivedFile } from '#app/platform/receive-form.server.ts';
import { certifiedCourses } from '#app/verification/queries.ts';
import type { Db, Tx } from '#db/client.server.ts';
import { institution } from '#db/schema/people.ts';
import type { Side } from '#db/schema/shared.ts';
import { coursePrerequisite, enrolment } from '#db/schema/training.ts';
import { requestedMessage } from './messages.ts';
import { closesAt } from './run-clock.ts';
import { EVIDENCE_MAX } from './schemas.ts';
import { type Enrolment, lockRun, type OneRun } from './scope.ts';
import { seatWaiting } from './seat-waiting.ts';

/** What evidence of a prerequisite belongs to, for the right to read it. */
export const ENROLMENT = 'enrolment';

export type EnrolmentInput = {
  reference: string;
  /** Institution that sponsors somebody of another organisation. */
  sponsorId?: string | null;
  /** What the person says of a prerequisite they have no certificate of. */
  evidence?: string;
  file?: ReceivedFile | null;
};

/**
 * Enrols the actor in a run. With a free seat of their side they are in; without one they wait. Where a sponsor has to
 * agree, or evidence to be accepted, that comes first; the order of arrival counts from now all the same.
 *
 * @throws Refusal `not-found`, `invalid`: closed, enrolled already, no sponsor, no evidence
 */
export async function enrolPerson(
  db: Db,
  actor: PersonActor,
  input: EnrolmentInput,
  now = new Date(),
): Promise<Enrolment> {
  return db.transaction(async (tx) => {
    const run = await lockRun(tx, { reference: input.reference });
    if (now >= closesAt(run, run.timeZone)) throw invalid('training.closed');
    await refuseSecond(tx, run, actor);
    const counted = await countedFor(tx, actor, input.sponsorId ?? null);
    const missing = await missingPrerequisites(tx, run, actor.personId);
    const evidence = plainText(input.evidence ?? '');
    if (missing.length > 0 && evidence === '') {
      throw invalid('invalid', { fields: { evidence: ['training.evidenceNeeded'] } });
    }
    if (lengthOf(evidence) > EVIDENCE_MAX) {
      throw invalid('invalid', { fields: { evidence: ['tooLong'] }, params: { max: EVIDENCE_MAX } });
    }
    const id = uuidv7();
    const evidenceNeeded = missing.length > 0;
    const kept =
      evidenceNeeded && input.file
        ? await keepFile(tx, input.file, { ownerId: actor.personId, subjectType: ENROLMENT, subjectId: id })
        : null;
    const [record] = await tx
      .insert(enrolment)
      .values({
        id,
        runId: run.id,
        personId: actor.personId,
        ...counted,
        queueNumber: sql`(select coalesce(max(queue_number), 0) + 1 from enrolment where run_id = ${run.id})`,
        stateBy: actor.personId,
        stateAt: now,
        evidenceNeeded,
        evidence: evidenceNeeded ? evidence : null,
        evidenceFileId: kept?.id ?? null,
        createdAt: now,
      })
      .returning();
    if (!record) throw new Error('an enrolment was not inserted');
    await audit(tx, {
      code: 'enrolment.request',
      actor,
      subject: { type: 'enrolment', id },
      institutionId: record.institutionId,
      facts: { run: run.reference, side: record.side, queueNumber: record.queueNumber, evidenceNeeded },
    });
    if (record.sponsorNeeded || evidenceNeeded) await askDeciders(tx, run, record);
    else await seatWaiting(tx, run, now, record);
    return record;
  });
}

async function refuseSecond(tx: Tx, run: OneRun, actor: PersonActor): Promise<void> {
  const [standing] = await tx
    .select({ id: enrolment.id })
    .from(enrolment)
    .where(
      and(
        eq(enrolment.runId, run.id),
        eq(enrolment.personId, actor.personId),
        inArray(enrolment.state, ['requested', 'waiting', 'offered', 'confirmed']),
      ),
    );
  if (standing) throw invalid('training.enrolledAlready');
}

/** For which institution and side the person counts; those of other organisations need a sponsor. */
async function countedFor(
  tx: Tx,
  actor: PersonActor,
  sponsorId: string | null,
): Promise<{ institutionId: string; side: Side; sponsorNeeded: boolean }> {
  if (actor.side) return { institutionId: actor.institutionId, side: actor.side, sponsorNeeded: false };
  const refusal = invalid('invalid', { fields: { sponsor: ['training.sponsorNeeded'] } });
  if (!sponsorId) throw refusal;
  const [sponsor] = await tx.select().from(institution).where(eq(institution.id, sponsorId));
  if (!sponsor?.side) throw refusal;
  return { institutionId: sponsor.id, side: sponsor.side, sponsorNeeded: true };
}

/** Courses that have to come first and of which the person holds no certificate here. */
async function missingPrerequisites(tx: Tx, run: OneRun, personId: string): Promise<string[]> {
  const required = await tx
    .select({ id: coursePrerequisite.requiredCourseId })
    .from(coursePrerequisite)
    .where(eq(coursePrerequisite.courseId, run.courseId));
  const held = await certifiedCourses(tx, personId);
  return required.map(({ id }) => id).filter((id) => !held.has(id));
}

async function askDeciders(tx: Tx, run: OneRun, record: Enrolment): Promise<void> {
  const asked = [
    ...(record.sponsorNeeded ? await coordinatorsOf(tx, record.institutionId, record.personId) : []),
    ...(record.evidenceNeeded ? await coordinatorsOf(tx, run.hostInstitutionId, record.personId) : []),
  ];
  await notify(tx, requestedMessage, {
    to: asked,
    params: { reference: run.reference },
    cause: `enrolment:${record.id}:requested`,
    institutionId: record.institutionId,
  });
}
