import { and, asc, eq, inArray, ne } from 'drizzle-orm';
import type { DbOrTx } from '#db/client.server.ts';
import { application, call } from '#db/schema/exchanges.ts';
import { review } from '#db/schema/reviews.ts';

/**
 * What the reviewers wrote for the applicant: once the call is decided, without their names and never what they wrote
 * for the committee alone. The caller has found the application in the actor's scope.
 */
export async function reviewCommentsOf(
  db: DbOrTx,
  applicationId: string,
): Promise<{ id: string; comment: string }[]> {
  return db
    .select({ id: review.id, comment: review.comment })
    .from(review)
    .innerJoin(application, eq(application.id, review.applicationId))
    .innerJoin(call, eq(call.id, application.callId))
    .where(
      and(
        eq(review.applicationId, applicationId),
        eq(review.state, 'submitted'),
        ne(review.comment, ''),
        inArray(call.state, ['decided', 'archived']),
      ),
    )
    .orderBy(asc(review.id));
}
