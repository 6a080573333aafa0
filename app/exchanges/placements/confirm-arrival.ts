import { z } from 'zod';
import type { PersonActor } from '#app/platform/actor.ts';
import { invalid } from '#app/platform/outcome.ts';
import { calendarDateOf } from '#app/ui/format-when.ts';
import type { Db } from '#db/client.server.ts';
import { forgetCounts } from '../count-cache.ts';
import { calendarDate, checked } from '../schemas.ts';
import { CAPACITIES } from './capacities.ts';
import { addDuties } from './duties.ts';
import { movePlacement } from './move-placement.ts';
import { endOfDay } from './placement-dates.ts';
import { arrivedMessage } from './placement-messages.ts';
import { sidesOfStay, tellStay } from './placement-parties.ts';
import { lockPlacement } from './placement-scope.ts';

const arrivalSchema = z.object({ arrivedOn: calendarDate });

/**
 * The host's coordinator confirms on which day the participant arrived. A day outside the planned stay has to be
 * explained. What the law asks for after an arrival is written down with its dates.
 *
 * @throws Refusal `not-found`, `forbidden`, `stale`, `invalid`: no date, one in the future, or one outside without a reason
 */
export async function confirmArrival(
  db: Db,
  actor: PersonActor,
  input: { reference: string; revision: string; arrivedOn: string; reason?: string | undefined },
  now = new Date(),
): Promise<void> {
  await db.transaction(async (tx) => {
    const record = await lockPlacement(tx, actor, input.reference);
    const sides = await sidesOfStay(tx, record);
    const moved = await movePlacement(
      tx,
      actor,
      record,
      {
        name: 'confirmArrival',
        revision: input.revision,
        reason: input.reason ?? null,
        institutionId: record.hostInstitutionId,
        set: async () => {
          const { arrivedOn } = checked(arrivalSchema, { arrivedOn: input.arrivedOn });
          const wrong = (reason: string, field = 'arrivedOn') =>
            invalid('invalid', { fields: { [field]: [reason] } });
          if (arrivedOn > calendarDateOf(now, sides.host)) throw wrong('placements.notYet');
          const outside = arrivedOn < record.startsOn || arrivedOn > record.endsOn;
          if (outside && !input.reason?.trim()) throw wrong('placements.outsideNeedsReason', 'reason');
          return {
            arrivedOn,
            arrivalConfirmedBy: actor.personId,
            dueAt: endOfDay(record.endsOn, sides.host),
          };
        },
      },
      now,
    );
    const arrivedOn = moved.arrivedOn ?? input.arrivedOn;
    await addDuties(tx, moved.id, sides.host, { arrivedOn, endsOn: moved.endsOn }, arrivedOn);
    await tellStay(tx, moved, arrivedMessage, { cause: 'arrived', to: CAPACITIES, by: actor });
  });
  forgetCounts();
}
