import { institutions, namesOf } from '#app/people/queries.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { notFound } from '#app/platform/outcome.ts';
import { versionsOf } from '#app/platform/versions.server.ts';
import type { DbOrTx } from '#db/client.server.ts';
import type { ApplicationContent } from './application-content.ts';
import { exchangeRecord } from './record-queries.ts';

/** A submitted version as the page compares it; parts that the first shape did not have are absent. */
export type SubmittedVersion = {
  id: string;
  number: number;
  createdAt: Date;
  content: Partial<ApplicationContent>;
};

/**
 * Every submission of an application, the oldest first, with the names of the institutions and people in them.
 *
 * @throws Refusal `not-found` out of scope, and before the first submission.
 */
export async function submittedVersions(db: DbOrTx, actor: PersonActor, reference: string) {
  const page = await exchangeRecord(db, actor, reference);
  const rows = await versionsOf(db, 'application', page.record.id);
  if (rows.length === 0) throw notFound();
  const versions: SubmittedVersion[] = rows.map(({ id, number, createdAt, content }) => ({
    id,
    number,
    createdAt,
    content: content as Partial<ApplicationContent>,
  }));
  const supervisors = versions.flatMap(({ content }) => content.endorsement?.supervisorId ?? []);
  return {
    page,
    versions,
    institutions: await institutions(db),
    names: await namesOf(db, supervisors),
  };
}
