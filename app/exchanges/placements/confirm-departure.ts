import { z } from 'zod';
import type { PersonActor } from '#app/platform/actor.ts';
import { invalid } from '#app/platform/outcome.ts';
import { calendarDateOf } from '#app/ui/format-when.ts';
import type { Db } from '#db/client.server.ts';
import { forgetCounts } from '../count-cache.ts';
import { calendarDate, checked } from '../schemas.ts';
import { CAPACITIES } from './capacities.ts';
import { movePlacement } from './move-placement.ts';
import { closingDue } from './placement-dates.ts';
import { departedMessage } from './placement-messages.ts';
import { sidesOfStay, tellStay } from './placement-parties.ts';
import { lockPlacement } from './placement-scope.ts';
import { demandNoRequest } from './request-queries.ts';

const departureSchema = z.object({ leftOn: calendarDate });

/**
 * The host's coordinator confirms on which day the participant left. A day other than the planned last one has to be
 * explained; a request that is still open is answered first.
 *
 * @throws Refusal `not-found`, `forbidden`, `stale`, `invalid`: no date, one in the future or before the arrival, another
 *   than planned without a reason, an open request
 */
export async function confirmDeparture(
  db: Db,
  actor: PersonActor,
  input: { reference: string; revision: string; leftOn: string; reason?: string | undefined },
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
        name: 'confirmDeparture',
        revision: input.revision,
        reason: input.reason ?? null,
        institutionId: record.hostInstitutionId,
        set: async () => {
          const { leftOn } = checked(departureSchema, { leftOn: input.leftOn });
          const wrong = (reason: string, field = 'leftOn') =>
            invalid('invalid', { fields: { [field]: [reason] } });
          if (leftOn > calendarDateOf(now, sides.host)) throw wrong('placements.notYet');
          if (record.arrivedOn && leftOn < record.arrivedOn) throw wrong('placements.leftBeforeArrival');
          if (leftOn !== record.endsOn && !input.reason?.trim()) {
            throw wrong('placements.otherDayNeedsReason', 'reason');
          }
          await demandNoRequest(tx, record.id);
          return {
            leftOn,
            departureConfirmedBy: actor.personId,
            dueAt: closingDue(leftOn, sides.home),
          };
        },
      },
      now,
    );
    await tellStay(tx, moved, departedMessage, { cause: 'departed', to: CAPACITIES, by: actor });
  });
  forgetCounts();
}
