import { and, asc, desc, eq, inArray, isNull } from 'drizzle-orm';
import type { DbOrTx } from '#db/client.server.ts';
import { institution } from '#db/schema/people.ts';
import { certificate, course, courseRun, enrolment } from '#db/schema/training.ts';

/** The courses a person holds a standing certificate of. */
export async function certifiedCourses(db: DbOrTx, personId: string): Promise<Set<string>> {
  const rows = await db
    .select({ courseId: certificate.courseId })
    .from(certificate)
    .where(and(eq(certificate.personId, personId), isNull(certificate.revokedAt)));
  return new Set(rows.flatMap((row) => row.courseId ?? []));
}

/** Which of these enrolments have a certificate, revoked or not: there is one to an enrolment. */
export async function certifiedEnrolments(db: DbOrTx, enrolmentIds: readonly string[]): Promise<Set<string>> {
  if (enrolmentIds.length === 0) return new Set();
  const rows = await db
    .select({ id: certificate.enrolmentId })
    .from(certificate)
    .where(inArray(certificate.enrolmentId, [...enrolmentIds]));
  return new Set(rows.flatMap((row) => row.id ?? []));
}

/**
 * A certificate by its code, for anyone who has it; null where there is none. Who revoked it and why stays inside.
 */
export async function certificateByCode(db: DbOrTx, code: string) {
  const [row] = await db
    .select({
      number: certificate.number,
      code: certificate.code,
      content: certificate.content,
      issuedOn: certificate.issuedOn,
      issuer: institution.name,
      institutionId: certificate.institutionId,
      personId: certificate.personId,
      revokedAt: certificate.revokedAt,
    })
    .from(certificate)
    .innerJoin(institution, eq(institution.id, certificate.institutionId))
    .where(eq(certificate.code, code));
  return row ?? null;
}

/** A person's own certificates, the newest first. */
export async function certificatesOfPerson(db: DbOrTx, personId: string) {
  return db
    .select({
      number: certificate.number,
      code: certificate.code,
      title: course.title,
      issuedOn: certificate.issuedOn,
      revokedAt: certificate.revokedAt,
    })
    .from(certificate)
    .innerJoin(course, eq(course.id, certificate.courseId))
    .where(eq(certificate.personId, personId))
    .orderBy(desc(certificate.id));
}

/** The certificate of a stay; whether the reader may see it is the caller's question. */
export async function certificateOfStay(db: DbOrTx, placementId: string) {
  const [row] = await db
    .select({ number: certificate.number, code: certificate.code, revokedAt: certificate.revokedAt })
    .from(certificate)
    .where(eq(certificate.placementId, placementId));
  return row ?? null;
}

/** The certificates of a run by enrolment; whether the reader may see them is the caller's question. */
export async function certificatesOfRun(db: DbOrTx, reference: string) {
  const rows = await db
    .select({
      enrolmentId: certificate.enrolmentId,
      number: certificate.number,
      code: certificate.code,
      revokedAt: certificate.revokedAt,
    })
    .from(certificate)
    .innerJoin(enrolment, eq(enrolment.id, certificate.enrolmentId))
    .innerJoin(courseRun, eq(courseRun.id, enrolment.runId))
    .where(eq(courseRun.reference, reference))
    .orderBy(asc(certificate.id));
  return new Map(rows.map((row) => [row.enrolmentId, row]));
}
