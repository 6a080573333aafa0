import { and, count, eq } from 'drizzle-orm';
import { permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { version } from '#db/schema/platform.ts';
import { translationOf } from './application-translation.ts';
import { endorsementOf } from './endorsement-queries.ts';
import { exchangeRules } from './policy.ts';
import type { Application } from './scope.ts';
import { isTranslatable } from './translate-application.ts';

/** What stands behind an application the caller has found in scope: its translation, the supervisor's word, its versions. */
export async function applicationReading(db: DbOrTx, actor: PersonActor, record: Application) {
  const [translation, endorsement, [versions]] = await Promise.all([
    translationOf(db, record.submittedVersionId),
    endorsementOf(db, record.id),
    db
      .select({ count: count() })
      .from(version)
      .where(and(eq(version.subjectType, 'application'), eq(version.subjectId, record.id))),
  ]);
  return {
    translation,
    endorsement: endorsement?.state === 'given' ? endorsement : null,
    versions: versions?.count ?? 0,
    mayTranslate:
      record.submittedVersionId !== null &&
      isTranslatable(record.state) &&
      permits(exchangeRules['exchanges.translate'], actor, record),
  };
}
export type ApplicationReading = Awaited<ReturnType<typeof applicationReading>>;
