import { eq, sql } from 'drizzle-orm';
import { permits } from '#app/people/access.ts';
import type { Actor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { forbidden, invalid, notFound } from '#app/platform/outcome.ts';
import type { Table } from '#app/platform/table.ts';
import type { Db } from '#db/client.server.ts';
import { event, eventSession } from '#db/schema/delegations.ts';
import { eventRules } from './policy.ts';
import { type ProgrammeProblem, readProgramme, type SessionRow } from './read-programme.ts';

/** How many sessions were added, and how many changed. */
export type Brought = { added: number; changed: number };

/**
 * Brings sessions into an event's programme. One that is there already, by its code, is brought up to date; the same
 * sessions again change nothing.
 *
 * @throws Refusal `not-found`, `forbidden`
 */
export async function bringSessions(
  db: Db,
  actor: Actor,
  reference: string,
  sessions: readonly SessionRow[],
): Promise<Brought> {
  return db.transaction(async (tx) => {
    const [found] = await tx.select().from(event).where(eq(event.reference, reference)).for('update');
    if (!found) throw notFound();
    if (!permits(eventRules['events.plan'], actor, found)) throw forbidden();
    if (sessions.length === 0) return { added: 0, changed: 0 };
    const excluded = (column: string) => sql.raw(`excluded.${column}`);
    const touched = await tx
      .insert(eventSession)
      .values(sessions.map(({ row: _, ...session }) => ({ ...session, eventId: found.id })))
      .onConflictDoUpdate({
        target: [eventSession.eventId, eventSession.code],
        set: {
          title: excluded('title'),
          kind: excluded('kind'),
          hall: excluded('hall'),
          startsAt: excluded('starts_at'),
          endsAt: excluded('ends_at'),
        },
        setWhere: sql`(${eventSession.title}, ${eventSession.kind}, ${eventSession.hall}, ${eventSession.startsAt},
          ${eventSession.endsAt}) is distinct from
          (excluded.title, excluded.kind, excluded.hall, excluded.starts_at, excluded.ends_at)`,
      })
      // A row that was inserted just now has no former version.
      .returning({ fresh: sql<boolean>`(xmax = 0)` });
    const added = touched.filter((one) => one.fresh).length;
    const changed = touched.length - added;
    if (touched.length > 0) {
      await audit(tx, {
        code: 'event.programmeImported',
        actor,
        subject: { type: 'event', id: found.id },
        institutionId: found.hostInstitutionId,
        facts: { added, changed },
      });
    }
    return { added, changed };
  });
}

/**
 * Brings in the sound rows of an event's programme without a preview.
 *
 * @returns how many were added and how many changed, and the rows that were left out with why.
 * @throws Refusal `not-found`, `forbidden`, `invalid` (`table.columns`)
 */
export async function importProgramme(
  db: Db,
  actor: Actor,
  reference: string,
  table: Table,
): Promise<Brought & { problems: ProgrammeProblem[] }> {
  const [found] = await db.select().from(event).where(eq(event.reference, reference));
  if (!found) throw notFound();
  const { sessions, problems, missingColumns } = readProgramme(table, found);
  if (missingColumns.length > 0) {
    throw invalid('table.columns', { params: { columns: missingColumns.join(', ') } });
  }
  return { ...(await bringSessions(db, actor, reference, sessions)), problems };
}
