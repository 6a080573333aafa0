import { eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { permits } from '#app/people/access.ts';
import { type Actor, actorPerson } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { forbidden, invalid, notFound, stale } from '#app/platform/outcome.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { trip, tripItem } from '#db/schema/travel.ts';
import { appliesTo } from './assess-readiness.ts';
import { RECORD_RIGHT, travelRules } from './policy.ts';
import { requirementsFor } from './requirement-queries.ts';
import { asTrip } from './trip-queries.ts';

const calendarDate = z.preprocess((text) => text || null, z.iso.date('date').nullable());

/** Messages are keys of `errors.json`. */
export const itemForm = z
  .object({
    requirement: z.string('choice').max(64, 'choice'),
    state: z.enum(['asked', 'done', 'refused', 'not-needed'], 'choice'),
    on: calendarDate,
    validUntil: calendarDate,
    version: z.uuid().optional().catch(undefined),
  })
  .transform(({ version, ...item }) => ({ ...item, revision: version }));
export type ItemInput = Omit<z.output<typeof itemForm>, 'revision'> & { revision?: string | undefined };

/**
 * Writes down how far a requirement has come: asked for, received, refused, not needed. Each party records its own.
 *
 * @param input.on the day it was asked for or received; today unless told, never later.
 * @param input.revision what the form showed of the journey; absent where no form was.
 * @throws Refusal `forbidden`, `not-found` for what this journey does not need or what follows by itself, `stale`, `invalid`
 */
export async function recordItem(
  db: DbOrTx,
  actor: Actor,
  tripId: string,
  input: ItemInput,
  today: string,
): Promise<void> {
  const on = input.on ?? today;
  await db.transaction(async (tx) => {
    const [row] = await tx.select().from(trip).where(eq(trip.id, tripId)).for('update');
    if (!row) throw notFound();
    const definitions = (await requirementsFor(tx, [row]))(row);
    const requirement = definitions.find((one) => one.code === input.requirement && one.active);
    if (!requirement || !appliesTo(requirement, asTrip(row)) || row.derived.includes(requirement.code)) {
      throw notFound();
    }
    if (!permits(travelRules[RECORD_RIGHT[requirement.owner]], actor, row)) throw forbidden();
    if (input.revision !== undefined && input.revision !== row.revision) throw stale();
    if (on > today) throw invalid('invalid', { fields: { on: ['travel.notYet'] } });
    if (input.state === 'done' && input.validUntil && input.validUntil < on) {
      throw invalid('invalid', { fields: { validUntil: ['travel.endsBefore'] } });
    }
    const set = {
      state: input.state,
      doneOn: input.state === 'done' ? on : null,
      validUntil: input.state === 'done' ? input.validUntil : null,
      updatedBy: actorPerson(actor),
      updatedAt: new Date(),
      // When it was asked for stays known once it is there.
      ...(input.state === 'asked' ? { askedOn: on } : {}),
    };
    await tx
      .insert(tripItem)
      .values({ tripId, requirement: requirement.code, ...set })
      .onConflictDoUpdate({ target: [tripItem.tripId, tripItem.requirement], set });
    await tx.update(trip).set({ revision: uuidv7() }).where(eq(trip.id, tripId));
    await audit(tx, {
      code: 'trip.recorded',
      actor,
      subject: { type: 'trip', id: tripId },
      institutionId: requirement.owner === 'host' ? row.hostInstitutionId : row.homeInstitutionId,
      facts: { requirement: requirement.code, state: input.state, on },
    });
  });
}
