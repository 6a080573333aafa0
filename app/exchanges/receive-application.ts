import type { PersonActor } from '#app/platform/actor.ts';
import { keepFile } from '#app/platform/files.server.ts';
import { type ReceivedForm, receiveForm } from '#app/platform/receive-form.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import type { GivenDocument } from './attach-documents.ts';
import { DOCUMENT_MAX } from './schemas.ts';
import type { Call } from './scope.ts';

/**
 * Reads the application form with its documents. A document that came whole is kept at once, so that a
 * form refused for another field need not send it again: its id and name travel in hidden fields
 * (`documentId.<code>`, `documentName.<code>`).
 *
 * @returns the form, its documents, the fields to add to what was typed, and what is wrong with files.
 * @throws Refusal of the upload itself (`files.busy`, `files.interrupted`).
 */
export async function receiveApplication(
  request: Request,
  actor: PersonActor,
  call: Pick<Call, 'documents'>,
): Promise<{
  form: FormData;
  documents: GivenDocument[];
  kept: Record<string, string>;
  problems: ReceivedForm['problems'];
}> {
  const { db } = platform();
  const { form, files, problems } = await receiveForm(request, {
    accept: ['pdf'],
    maxFileBytes: DOCUMENT_MAX,
    maxFiles: Math.max(1, call.documents.length),
  });
  const documents: GivenDocument[] = [];
  const kept: Record<string, string> = {};
  for (const { code } of call.documents) {
    const received = files.find((one) => one.field === `document.${code}`);
    const earlier = form.get(`documentId.${code}`);
    if (received) {
      await keepFile(db, received, { ownerId: actor.personId, subjectType: 'application', subjectId: null });
      kept[`documentId.${code}`] = received.id;
      kept[`documentName.${code}`] = received.name;
      documents.push({ kind: code, fileId: received.id });
    } else if (typeof earlier === 'string' && earlier !== '') {
      documents.push({ kind: code, fileId: earlier });
    }
  }
  return { form, documents, kept, problems };
}
