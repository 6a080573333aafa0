import { and, eq, exists, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import { institutionsOf } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { signature } from '#db/schema/platform.ts';
import { opinion, thesis, thesisMember } from '#db/schema/supervision.ts';

/** Holds the place now. */
export const current = isNull(thesisMember.validUntil);

/**
 * The theses an actor may know of: their own, those they supervise while they are granted the role where they stand,
 * and as coordinator those in which anybody of the institution takes part. Everything else is not found.
 */
export function scope(db: DbOrTx, actor: PersonActor): SQL {
  const supervises = institutionsOf(actor, 'supervisor');
  const coordinates = institutionsOf(actor, 'coordinator');
  const mine = and(
    eq(thesisMember.personId, actor.personId),
    or(
      eq(thesisMember.role, 'candidate'),
      supervises.length > 0 ? inArray(thesisMember.institutionId, supervises) : undefined,
    ),
  );
  const ours = coordinates.length > 0 ? inArray(thesisMember.institutionId, coordinates) : undefined;
  return exists(
    db
      .select({ one: sql`1` })
      .from(thesisMember)
      .where(and(eq(thesisMember.thesisId, thesis.id), current, or(mine, ours))),
  );
}

// Columns of the outer query are written out: in a query over one table they would lose their table's name.

/** Capacities whose opinion on a report has been received: a fact that is open to all while the text is sealed. */
export const given = sql<('supervisor' | 'co-supervisor')[]>`array(
  select o.capacity from ${opinion} o where o.report_id = progress_report.id and o.given_at is not null)`;

/** Capacities whose signature stands on the decision of a report. */
export const signed = sql<('supervisor' | 'co-supervisor')[]>`array(
  select s.capacity from ${signature} s
  where s.version_id = progress_report.decision_version_id and s.voided_at is null)`;
