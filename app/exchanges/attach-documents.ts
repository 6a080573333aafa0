import { and, eq, gt, inArray, isNull, lte, or } from 'drizzle-orm';
import { invalid } from '#app/platform/outcome.ts';
import type { DbOrTx, Tx } from '#db/client.server.ts';
import { applicationDocument } from '#db/schema/exchanges.ts';
import { file } from '#db/schema/platform.ts';
import type { Call } from './scope.ts';

/** A stored file the applicant gives as one of the documents the call asks for. */
export type GivenDocument = { kind: string; fileId: string };

/**
 * Makes stored files the documents of an application. The earlier file of the same kind is kept, with
 * the moment it was replaced.
 *
 * @throws Refusal `invalid` when a file is not the applicant's own, or belongs to another application.
 */
export async function attachDocuments(
  tx: Tx,
  input: {
    applicationId: string;
    ownerId: string;
    call: Pick<Call, 'documents'>;
    given: readonly GivenDocument[];
  },
  now: Date,
): Promise<void> {
  const asked = new Set(input.call.documents.map((document) => document.code));
  const given = input.given.filter(({ kind }) => asked.has(kind));
  if (given.length === 0) return;
  const files = await tx
    .select({ id: file.id, ownerId: file.ownerId, subjectId: file.subjectId })
    .from(file)
    .where(
      and(
        inArray(
          file.id,
          given.map(({ fileId }) => fileId),
        ),
        eq(file.subjectType, 'application'),
        isNull(file.erasedAt),
      ),
    );
  const existing = await tx
    .select()
    .from(applicationDocument)
    .where(eq(applicationDocument.applicationId, input.applicationId));
  for (const { kind, fileId } of given) {
    const stored = files.find((one) => one.id === fileId && one.ownerId === input.ownerId);
    const own = stored && (stored.subjectId === null || stored.subjectId === input.applicationId);
    if (!own) throw invalid('invalid', { fields: { [`document.${kind}`]: ['exchanges.notYourFile'] } });
    const earlier = existing.filter((document) => document.kind === kind);
    if (earlier.some((document) => document.fileId === fileId)) continue;
    const current = earlier.find((document) => document.replacedAt === null);
    if (current) {
      await tx
        .update(applicationDocument)
        .set({ replacedAt: now })
        .where(eq(applicationDocument.id, current.id));
    }
    const number = Math.max(0, ...earlier.map((document) => document.number)) + 1;
    await tx
      .insert(applicationDocument)
      .values({ applicationId: input.applicationId, kind, number, fileId, createdAt: now });
    await tx.update(file).set({ subjectId: input.applicationId }).where(eq(file.id, fileId));
  }
}

const shownOfFile = {
  kind: applicationDocument.kind,
  number: applicationDocument.number,
  fileId: file.id,
  name: file.name,
  size: file.size,
  hash: file.hash,
  createdAt: applicationDocument.createdAt,
};

/** The current documents of an application with what a page shows of their files. */
export async function documentsOf(db: DbOrTx, applicationId: string) {
  return db
    .select(shownOfFile)
    .from(applicationDocument)
    .innerJoin(file, eq(file.id, applicationDocument.fileId))
    .where(and(eq(applicationDocument.applicationId, applicationId), isNull(applicationDocument.replacedAt)))
    .orderBy(applicationDocument.createdAt);
}

/** The documents as they were when the application was handed in last; later ones are still the applicant's own. */
export async function documentsSubmitted(
  db: DbOrTx,
  record: { id: string; submittedAt: Date | null },
): Promise<Awaited<ReturnType<typeof documentsOf>>> {
  const { id, submittedAt } = record;
  if (submittedAt === null) return [];
  return db
    .select(shownOfFile)
    .from(applicationDocument)
    .innerJoin(file, eq(file.id, applicationDocument.fileId))
    .where(
      and(
        eq(applicationDocument.applicationId, id),
        lte(applicationDocument.createdAt, submittedAt),
        or(isNull(applicationDocument.replacedAt), gt(applicationDocument.replacedAt, submittedAt)),
      ),
    )
    .orderBy(applicationDocument.createdAt);
}
