import { and, eq, inArray, ne, or } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { DbOrTx } from '#db/client.server.ts';
import { thesisMember } from '#db/schema/supervision.ts';

/**
 * Who supervises or has supervised whom in a joint thesis, where both are among these people. Supervision that has
 * ended counts: who brought somebody up does not judge them.
 */
export async function supervisionPairs(
  db: DbOrTx,
  personIds: readonly string[],
): Promise<{ supervisorId: string; candidateId: string }[]> {
  if (personIds.length === 0) return [];
  const candidate = alias(thesisMember, 'candidate');
  const supervisor = alias(thesisMember, 'supervisor');
  const people = [...new Set(personIds)];
  return db
    .selectDistinct({ supervisorId: supervisor.personId, candidateId: candidate.personId })
    .from(candidate)
    .innerJoin(
      supervisor,
      and(
        eq(supervisor.thesisId, candidate.thesisId),
        or(eq(supervisor.role, 'supervisor'), eq(supervisor.role, 'co-supervisor')),
      ),
    )
    .where(
      and(
        eq(candidate.role, 'candidate'),
        ne(candidate.personId, supervisor.personId),
        inArray(candidate.personId, people),
        inArray(supervisor.personId, people),
      ),
    );
}
