import { and, eq, type SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { v7 as uuidv7 } from 'uuid';
import type { Tx } from '#db/client.server.ts';
import { type Actor, actorPerson } from './actor.ts';
import { type AuditFacts, audit } from './audit.server.ts';
import { forbidden, invalid, stale } from './outcome.ts';
import { step, type Workflow } from './workflow.ts';

/** A table whose records move through a workflow: `stateColumns` of the schema. */
type StateTable = PgTable & {
  id: PgColumn;
  state: PgColumn;
  stateAt: PgColumn;
  stateBy: PgColumn;
  stateReason: PgColumn;
  revision: PgColumn;
};

const REASON_MAX = 2000;

/**
 * The one function through which every state passes. In the caller's transaction it checks the table
 * (else `stale`), the right (else `forbidden`), the form's revision (else `stale`) and the reason, writes
 * the state with who and when, and inserts the audit row. Load the record `FOR UPDATE` first.
 *
 * @returns the record's columns after the change.
 */
export async function transition<T extends StateTable, S extends string, N extends string>(
  tx: Tx,
  change: {
    workflow: Workflow<S, N>;
    table: T;
    record: { id: string; state: S; revision: string };
    name: N;
    actor: Actor;
    /** What the room's policy says of the transition's right. */
    permitted: boolean;
    /** The revision the form showed; absent where the system acts. */
    revision?: string | undefined;
    reason?: string | null | undefined;
    set?: Partial<T['$inferInsert']>;
    facts?: AuditFacts;
    institutionId?: string | null;
    now?: Date;
  },
): Promise<T['$inferSelect']> {
  const { workflow, table, record, name, actor } = change;
  const declared = workflow.transitions[name];
  // Permission first: somebody without the pen must not learn from the answer what the state is.
  if (!change.permitted) throw forbidden();
  if (change.revision !== undefined && change.revision !== record.revision) throw stale();
  if (!step(workflow, name, record.state)) throw stale('staleState');

  const reason = change.reason?.trim() || null;
  if (declared.reason === 'required' && !reason) {
    throw invalid('reasonRequired', { fields: { reason: ['reasonRequired'] } });
  }
  if (reason && reason.length > REASON_MAX) {
    throw invalid('tooLong', { params: { max: REASON_MAX }, fields: { reason: ['tooLong'] } });
  }

  const where: SQL | undefined = and(eq(table.id, record.id), eq(table.state, record.state));
  const [row] = (await tx
    .update(table as PgTable)
    .set({
      ...change.set,
      state: declared.to,
      stateAt: change.now ?? new Date(),
      stateBy: actorPerson(actor),
      stateReason: declared.reason === 'none' ? null : reason,
      revision: uuidv7(),
    })
    .where(where)
    .returning()) as T['$inferSelect'][];
  if (!row) throw stale();

  await audit(tx, {
    code: `${workflow.subject}.${name}`,
    actor,
    subject: { type: workflow.subject, id: record.id },
    institutionId: change.institutionId ?? null,
    facts: { from: record.state, to: declared.to, ...change.facts },
  });
  return row;
}
