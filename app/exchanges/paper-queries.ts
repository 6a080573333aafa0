import { institutions } from '#app/people/queries.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { versionsOf } from '#app/platform/versions.server.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { contentOf } from './application-content.ts';
import type { PrintedApplication } from './application-paper.tsx';
import { personFacts } from './application-queries.ts';
import { translationOf } from './application-translation.ts';
import { exchangeRecord } from './record-queries.ts';
import { isEditable } from './save-application.ts';
import { findCall } from './scope.ts';

/**
 * An application for print: the applicant gets what is being written while they write it, everybody else what was
 * submitted last.
 *
 * @throws Refusal `not-found` out of scope.
 */
export async function printedApplication(
  db: DbOrTx,
  actor: PersonActor,
  reference: string,
): Promise<PrintedApplication> {
  const { record, own, call } = await exchangeRecord(db, actor, reference);
  const versions = await versionsOf(db, 'application', record.id);
  const last = versions.at(-1);
  const writing = own && isEditable(record.state);
  const content =
    last && !writing
      ? (last.content as PrintedApplication['content'])
      : await contentOf(db, record, await findCall(db, actor, call.reference));
  return {
    reference: record.reference,
    call,
    person: await personFacts(db, record.applicantId),
    content,
    submitted: last && !writing ? { at: last.createdAt, number: last.number } : null,
    translation: writing ? null : await translationOf(db, record.submittedVersionId),
    institutions: await institutions(db),
    asked: call.documents,
  };
}
