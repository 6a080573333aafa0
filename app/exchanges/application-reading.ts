import { and, count, eq } from 'drizzle-orm';
import { permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { person } from '#db/schema/people.ts';
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
    /** The address whose owner endorsed without an account: the applicant may have named it, so home looks at it. */
    endorsedFrom:
      endorsement?.state === 'given' && endorsement.linkId && concerns(actor, record)
        ? await addressOf(db, endorsement.supervisorId)
        : null,
    versions: versions?.count ?? 0,
    mayTranslate:
      record.submittedVersionId !== null &&
      isTranslatable(record.state) &&
      permits(exchangeRules['exchanges.translate'], actor, record),
  };
}
/** Whoever checks the application at home, and the applicant: nobody else reads the supervisor's address. */
const concerns = (actor: PersonActor, record: Application) =>
  actor.personId === record.applicantId || permits(exchangeRules['exchanges.check'], actor, record);

async function addressOf(db: DbOrTx, personId: string): Promise<string | null> {
  const [found] = await db.select({ email: person.email }).from(person).where(eq(person.id, personId));
  return found?.email ?? null;
}

export type ApplicationReading = Awaited<ReturnType<typeof applicationReading>>;
