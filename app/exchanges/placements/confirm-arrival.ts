import type { PersonActor } from '#app/platform/actor.ts';
import type { Db } from '#db/client.server.ts';
import { CAPACITIES } from './capacities.ts';
import { confirmDay, wrongDay } from './confirm-day.ts';
import { addDuties } from './duties.ts';
import { endOfDay } from './placement-dates.ts';
import { arrivedMessage } from './placement-messages.ts';
import { tellStay } from './placement-parties.ts';

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
  await confirmDay(
    db,
    actor,
    { ...input, day: input.arrivedOn },
    {
      name: 'confirmArrival',
      field: 'arrivedOn',
      set: async (_tx, arrivedOn, record, sides) => {
        const outside = arrivedOn < record.startsOn || arrivedOn > record.endsOn;
        if (outside && !input.reason?.trim()) throw wrongDay('reason', 'placements.outsideNeedsReason');
        return {
          arrivedOn,
          arrivalConfirmedBy: actor.personId,
          dueAt: endOfDay(record.endsOn, sides.host),
        };
      },
      follow: async (tx, moved, sides) => {
        const arrivedOn = moved.arrivedOn ?? input.arrivedOn;
        await addDuties(tx, moved.id, sides.host, { arrivedOn, endsOn: moved.endsOn }, arrivedOn);
        await tellStay(tx, moved, arrivedMessage, { cause: 'arrived', to: CAPACITIES, by: actor });
      },
    },
    now,
  );
}
