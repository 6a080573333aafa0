import { and, asc, eq, max, sql } from 'drizzle-orm';
import { namesOf } from '#app/people/queries.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { institution } from '#db/schema/people.ts';
import type { placement } from '#db/schema/placements.ts';
import { auditRow, signature, version } from '#db/schema/platform.ts';
import { CAPACITIES } from './capacities.ts';
import { PROGRAMME } from './programme-versions.ts';
import { type PlacementStep, placementWorkflow } from './workflow.ts';

type Stay = typeof placement.$inferSelect;

/**
 * The steps of a stay, the latest first: who, of which side, and when by the record's own word, where it keeps one; a
 * stay brought over from paper has its true dates.
 */
export async function stayHistoryOf(db: DbOrTx, record: Stay) {
  const [rows, begun] = await Promise.all([
    db
      .select({
        id: auditRow.id,
        at: auditRow.at,
        code: auditRow.code,
        actorKind: auditRow.actorKind,
        actorId: auditRow.actorId,
        side: institution.side,
      })
      .from(auditRow)
      .leftJoin(institution, eq(institution.id, auditRow.institutionId))
      .where(and(eq(auditRow.subjectType, placementWorkflow.subject), eq(auditRow.subjectId, record.id)))
      .orderBy(asc(auditRow.at), asc(auditRow.id)),
    firstSigned(db, record.id),
  ]);
  const steps = rows.flatMap((row) => {
    const step = (Object.keys(placementWorkflow.transitions) as PlacementStep[]).find(
      (name) => row.code === `${placementWorkflow.subject}.${name}`,
    );
    return step ? [{ ...row, step }] : [];
  });
  const people = steps.filter((row) => row.actorKind === 'person').map((row) => row.actorId);
  const names = await namesOf(db, people);
  return steps.reverse().map(({ id, at, step, side, actorId }) => ({
    id,
    step,
    side,
    name: names.get(actorId) ?? null,
    ...momentOf(step, record, begun, at),
  }));
}

/** When the first work programme had all its signatures. */
async function firstSigned(db: DbOrTx, placementId: string): Promise<Date | null> {
  const [row] = await db
    .select({ at: max(signature.signedAt) })
    .from(signature)
    .innerJoin(version, eq(version.id, signature.versionId))
    .where(and(eq(version.subjectType, PROGRAMME), eq(version.subjectId, placementId)))
    .groupBy(version.id)
    .having(sql`count(*) = ${CAPACITIES.length}`)
    .orderBy(asc(max(signature.signedAt)))
    .limit(1);
  return row?.at ?? null;
}

function momentOf(
  step: PlacementStep,
  record: Stay,
  begun: Date | null,
  at: Date,
): { at: Date } | { on: string } {
  switch (step) {
    case 'begin':
      return { at: begun ?? at };
    case 'confirmArrival':
      return record.arrivedOn ? { on: record.arrivedOn } : { at };
    case 'confirmDeparture':
      return record.leftOn ? { on: record.leftOn } : { at };
    case 'close':
      return { at: record.closedAt ?? at };
    case 'findNoShow':
    case 'cancel':
      return { at: record.stateAt };
  }
}
