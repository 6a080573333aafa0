import type { PersonActor } from '#app/platform/actor.ts';
import type { Db } from '#db/client.server.ts';
import { CAPACITIES } from './capacities.ts';
import { confirmDay, wrongDay } from './confirm-day.ts';
import { closingDue } from './placement-dates.ts';
import { departedMessage } from './placement-messages.ts';
import { tellStay } from './placement-parties.ts';
import { demandNoRequest } from './request-queries.ts';

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
  await confirmDay(
    db,
    actor,
    { ...input, day: input.leftOn },
    {
      name: 'confirmDeparture',
      field: 'leftOn',
      set: async (tx, leftOn, record, sides) => {
        if (record.arrivedOn && leftOn < record.arrivedOn) {
          throw wrongDay('leftOn', 'placements.leftBeforeArrival');
        }
        if (leftOn !== record.endsOn && !input.reason?.trim()) {
          throw wrongDay('reason', 'placements.otherDayNeedsReason');
        }
        await demandNoRequest(tx, record.id);
        return {
          leftOn,
          departureConfirmedBy: actor.personId,
          dueAt: closingDue(leftOn, sides.home),
        };
      },
      follow: (tx, moved) =>
        tellStay(tx, moved, departedMessage, { cause: 'departed', to: CAPACITIES, by: actor }),
    },
    now,
  );
}
