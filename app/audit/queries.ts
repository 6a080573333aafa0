import { and, asc, desc, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { NameParts } from '#app/people/person-name.ts';
import { namesOf } from '#app/people/queries.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { PERSONAL_DIGEST } from '#app/platform/audit.server.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { auditRow, auditSeal } from '#db/schema/platform.ts';
import { auditScope } from './policy.ts';
import type { AuditFilter } from './schemas.ts';

const PAGE = 50;

export type AuditEntry = {
  id: string;
  at: Date;
  code: string;
  actorKind: 'person' | 'link' | 'system';
  actorId: string;
  /** Of a person; null where the id is nobody's. */
  actorName: NameParts | null;
  subjectType: string;
  subjectId: string;
  facts: Record<string, string | number | boolean | null>;
  /** Its number in the chain; null until it is sealed. */
  sequence: number | null;
};

/** Microseconds too: rows of one transaction share their time, rows of two must not. */
const exactly = sql<string>`to_char(${auditRow.at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** A page of the log in the actor's scope, the newest first, by keyset on time and id. */
export async function listAudit(db: DbOrTx, actor: PersonActor, filter: AuditFilter) {
  const scope = scopeOf(actor);
  if (!scope) return { entries: [], next: null, previous: null };
  const backwards = filter.before !== undefined;
  const rows = await db
    .select({
      id: auditRow.id,
      at: auditRow.at,
      exactly,
      code: auditRow.code,
      actorKind: auditRow.actorKind,
      actorId: auditRow.actorId,
      subjectType: auditRow.subjectType,
      subjectId: auditRow.subjectId,
      facts: auditRow.facts,
      sequence: auditSeal.sequence,
    })
    .from(auditRow)
    .leftJoin(auditSeal, eq(auditSeal.auditId, auditRow.id))
    .where(
      and(
        scope,
        filter.code ? eq(auditRow.code, filter.code) : undefined,
        filter.subject ? eq(auditRow.subjectId, filter.subject) : undefined,
        filter.after ? beyond('<', filter.after) : undefined,
        filter.before ? beyond('>', filter.before) : undefined,
      ),
    )
    .orderBy(...(backwards ? [asc(auditRow.at), asc(auditRow.id)] : [desc(auditRow.at), desc(auditRow.id)]))
    .limit(PAGE + 1);
  const more = rows.length > PAGE;
  const page = rows.slice(0, PAGE);
  if (backwards) page.reverse();
  const cursor = (row: (typeof page)[number] | undefined) => (row ? `${row.exactly}_${row.id}` : null);
  return {
    entries: await named(db, page),
    next: backwards || more ? cursor(page.at(-1)) : null,
    previous: (backwards ? more : filter.after !== undefined) ? cursor(page[0]) : null,
  };
}

function scopeOf(actor: PersonActor): SQL | undefined {
  const { institutions, portal } = auditScope(actor);
  return or(
    institutions.length > 0 ? inArray(auditRow.institutionId, institutions) : undefined,
    portal ? isNull(auditRow.institutionId) : undefined,
  );
}

function beyond(direction: '<' | '>', cursor: { at: string; id: string }): SQL {
  const than = sql.raw(direction);
  return sql`(${auditRow.at}, ${auditRow.id}) ${than} (${cursor.at}::timestamptz, ${cursor.id}::uuid)`;
}

async function named<R extends Omit<AuditEntry, 'actorName'> & { exactly: string }>(
  db: DbOrTx,
  rows: R[],
): Promise<AuditEntry[]> {
  const people = rows.filter((row) => row.actorKind === 'person').map((row) => row.actorId);
  const names = await namesOf(db, people);
  return rows.map(({ exactly: _, facts, ...row }) => {
    const { [PERSONAL_DIGEST]: __, ...shown } = facts;
    return { ...row, facts: shown, actorName: names.get(row.actorId) ?? null };
  });
}

/** The code of one row, to say what a broken row was about; null where the row is gone. */
export async function auditCodeOf(db: DbOrTx, auditId: string): Promise<string | null> {
  const [row] = await db.select({ code: auditRow.code }).from(auditRow).where(eq(auditRow.id, auditId));
  return row?.code ?? null;
}
