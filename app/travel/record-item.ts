import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { permits } from '#app/people/access.ts';
import { type Actor, actorPerson } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { forbidden, invalid, notFound } from '#app/platform/outcome.ts';
import type { Db } from '#db/client.server.ts';
import { trip, tripItem } from '#db/schema/travel.ts';
import { RECORD_RIGHT, travelRules } from './policy.ts';
import { REQUIREMENTS } from './requirements.ts';

/** What people write down themselves; passport, flights and hotel follow from papers, legs and beds. */
export const RECORDED = [
  'institute',
  'clearance',
  'hostClearance',
  'invitation',
  'visa',
  'insurance',
  'publication',
] as const;
export type Recorded = (typeof RECORDED)[number];

const calendarDate = z.preprocess((text) => text || null, z.iso.date('date').nullable());

/** Messages are keys of `errors.json`. */
export const itemForm = z.object({
  requirement: z.enum(RECORDED, 'choice'),
  state: z.enum(['asked', 'done', 'refused', 'not-needed'], 'choice'),
  on: calendarDate,
  validUntil: calendarDate,
});
export type ItemInput = z.output<typeof itemForm>;

/**
 * Writes down how far a requirement has come: asked for, received, refused, not needed. Each party records its own.
 *
 * @param input.on the day it was asked for or received; today unless told, never later.
 * @throws Refusal `forbidden`, `not-found`, `invalid`
 */
export async function recordItem(
  db: Db,
  actor: Actor,
  tripId: string,
  input: ItemInput,
  today: string,
): Promise<void> {
  const requirement = REQUIREMENTS.find((one) => one.key === input.requirement);
  if (!requirement) throw notFound();
  const on = input.on ?? today;
  await db.transaction(async (tx) => {
    const [row] = await tx.select().from(trip).where(eq(trip.id, tripId)).for('update');
    if (!row) throw notFound();
    if (!permits(travelRules[RECORD_RIGHT[requirement.owner]], actor, row)) throw forbidden();
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
      .values({ tripId, requirement: requirement.key, ...set })
      .onConflictDoUpdate({ target: [tripItem.tripId, tripItem.requirement], set });
    await audit(tx, {
      code: 'trip.recorded',
      actor,
      subject: { type: 'trip', id: tripId },
      institutionId: requirement.owner === 'host' ? row.hostInstitutionId : row.homeInstitutionId,
      facts: { requirement: requirement.key, state: input.state, on },
    });
  });
}
