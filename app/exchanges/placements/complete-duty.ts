import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { forbidden, invalid, notFound, stale } from '#app/platform/outcome.ts';
import { calendarDateOf } from '#app/ui/format-when.ts';
import type { Db } from '#db/client.server.ts';
import { placementDuty } from '#db/schema/placements.ts';
import { calendarDate, checked } from '../schemas.ts';
import { dutyDoneMessage } from './placement-messages.ts';
import { sidesOfStay, tellStay } from './placement-parties.ts';
import { lockPlacement } from './placement-scope.ts';
import { placementRules } from './policy.ts';

const doneSchema = z.object({ doneOn: calendarDate });

/**
 * The party that a duty after arrival falls on says when it was done: the host's coordinator, or the participant.
 *
 * @throws Refusal `not-found`, `forbidden`, `stale` when it is done already, `invalid`: before the arrival or not yet
 */
export async function completeDuty(
  db: Db,
  actor: PersonActor,
  input: { reference: string; code: string; doneOn: string },
  now = new Date(),
): Promise<void> {
  await db.transaction(async (tx) => {
    const record = await lockPlacement(tx, actor, input.reference);
    const [duty] = await tx
      .select()
      .from(placementDuty)
      .where(and(eq(placementDuty.placementId, record.id), eq(placementDuty.code, input.code)));
    if (!duty) throw notFound();
    const right = duty.owner === 'host' ? 'placements.hostDuty' : 'placements.ownDuty';
    if (!permits(placementRules[right], actor, record)) throw forbidden();
    if (duty.doneOn !== null) throw stale('placements.dutyDone');
    const { doneOn } = checked(doneSchema, { doneOn: input.doneOn });
    const { host } = await sidesOfStay(tx, record);
    const wrong = (reason: string) => invalid('invalid', { fields: { doneOn: [reason] } });
    if (doneOn > calendarDateOf(now, host)) throw wrong('placements.notYet');
    if (record.arrivedOn && doneOn < record.arrivedOn) throw wrong('placements.beforeArrival');
    const [done] = await tx
      .update(placementDuty)
      .set({ doneOn, doneBy: actor.personId })
      .where(and(eq(placementDuty.id, duty.id), isNull(placementDuty.doneOn)))
      .returning({ id: placementDuty.id });
    if (!done) throw stale('placements.dutyDone');
    await audit(tx, {
      code: 'placement.dutyDone',
      actor,
      subject: { type: 'placement', id: record.id },
      institutionId: duty.owner === 'host' ? record.hostInstitutionId : record.homeInstitutionId,
      facts: { duty: duty.code, on: doneOn },
    });
    await tellStay(tx, record, dutyDoneMessage, {
      cause: `duty:${duty.code}`,
      to: ['participant', 'home-coordinator', 'host-coordinator'],
      by: actor,
    });
  });
}
