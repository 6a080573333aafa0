import type { PersonActor } from '#app/platform/actor.ts';
import { keepFile } from '#app/platform/files.server.ts';
import type { FileKind } from '#app/platform/judge-file.server.ts';
import { invalid } from '#app/platform/outcome.ts';
import { receiveForm } from '#app/platform/receive-form.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import type { GivenDocument } from './attach-documents.ts';
import { DOCUMENT_MAX } from './schemas.ts';
import type { Call } from './scope.ts';

/** What applicants may send, by content. */
const KINDS: readonly FileKind[] = ['pdf', 'jpeg', 'png', 'docx'];

/**
 * Reads the form of one document. The file goes to the store while it comes in, and is the applicant's before the
 * application takes it; what is refused leaves nothing behind.
 *
 * @throws Refusal `invalid` at the field `document.<code>`, or of the upload itself (`files.busy`, `files.interrupted`).
 */
export async function receiveDocument(
  request: Request,
  actor: PersonActor,
  call: Pick<Call, 'documents'>,
): Promise<GivenDocument> {
  const { form, files, problems, discard } = await receiveForm(request, {
    accept: KINDS,
    maxFileBytes: DOCUMENT_MAX,
    maxFiles: 1,
  });
  const [received] = files;
  const kind = call.documents.find(({ code }) => code === form.get('kind'))?.code;
  if (kind && received && Object.keys(problems).length === 0 && received.field === `document.${kind}`) {
    const whose = { ownerId: actor.personId, subjectType: 'application', subjectId: null };
    await keepFile(platform().db, received, whose);
    return { kind, fileId: received.id };
  }
  await discard();
  if (Object.keys(problems).length > 0) throw invalid('invalid', { fields: problems });
  if (!kind) throw invalid('files.interrupted');
  throw invalid('invalid', { fields: { [`document.${kind}`]: ['exchanges.chooseFile'] } });
}
