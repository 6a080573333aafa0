import { eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { forbidden, stale } from '#app/platform/outcome.ts';
import type { Db, Tx } from '#db/client.server.ts';
import { placement } from '#db/schema/placements.ts';
import { checked } from '../schemas.ts';
import { lockPlacement, type Placement } from './placement-scope.ts';
import { placementRules } from './policy.ts';
import { type ProgrammeDraft, programmeSchema } from './programme-content.ts';
import { PROGRAMME_OPEN } from './workflow.ts';

export type ProgrammeInput = { reference: string; revision: string; programme: Record<string, unknown> };

/**
 * Keeps the work programme as far as it is written. The participant, the host supervisor and the coordinators of both
 * institutions write it: all who will sign it. What is signed is unaffected until the draft is laid before them.
 *
 * @throws Refusal `not-found`, `forbidden`, `stale`, `invalid` naming the fields
 */
export async function saveProgramme(db: Db, actor: PersonActor, input: ProgrammeInput): Promise<void> {
  await db.transaction(async (tx) => {
    await keepProgramme(tx, actor, input);
  });
}

/** As `saveProgramme`, inside a transaction that goes on to lay what was kept. */
export async function keepProgramme(
  tx: Tx,
  actor: PersonActor,
  input: ProgrammeInput,
): Promise<{ record: Placement; draft: ProgrammeDraft }> {
  const found = await lockPlacement(tx, actor, input.reference);
  if (!permits(placementRules['placements.write'], actor, found)) throw forbidden();
  if (!PROGRAMME_OPEN.includes(found.state)) throw stale('staleState');
  if (found.revision !== input.revision) throw stale();
  const { startsOn, endsOn } = found;
  const dates = found.arrivedOn ? { startsOn, endsOn } : {};
  const draft = checked(programmeSchema, { ...input.programme, ...dates });
  const [record] = await tx
    .update(placement)
    .set({ programme: draft, revision: uuidv7() })
    .where(eq(placement.id, found.id))
    .returning();
  if (!record) throw stale();
  return { record, draft };
}
