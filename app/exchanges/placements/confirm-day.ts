import { z } from 'zod';
import type { PersonActor } from '#app/platform/actor.ts';
import { invalid } from '#app/platform/outcome.ts';
import { calendarDateOf } from '#app/ui/format-when.ts';
import type { Db, Tx } from '#db/client.server.ts';
import type { placement } from '#db/schema/placements.ts';
import { forgetCounts } from '../count-cache.ts';
import { calendarDate, checked } from '../schemas.ts';
import { movePlacement } from './move-placement.ts';
import { sidesOfStay } from './placement-parties.ts';
import { lockPlacement, type Placement } from './placement-scope.ts';

type Sides = Awaited<ReturnType<typeof sidesOfStay>>;

/** What is told apart between the first day of a stay and its last. */
interface DayStep {
  name: 'confirmArrival' | 'confirmDeparture';
  /** The column of the day, and the field of the form it is typed into. */
  field: 'arrivedOn' | 'leftOn';
  /** Judges a day that is not in the future, and says what is written with it. */
  set: (
    tx: Tx,
    day: string,
    record: Placement,
    sides: Sides,
  ) => Promise<Partial<typeof placement.$inferInsert>>;
  /** What follows in the same transaction. */
  follow: (tx: Tx, moved: Placement, sides: Sides) => Promise<void>;
}

/** A refusal at one field of the form of a day. */
export const wrongDay = (field: DayStep['field'] | 'reason', reason: string) =>
  invalid('invalid', { fields: { [field]: [reason] } });

/**
 * The host's coordinator confirms a day that has come: of the arrival, or of the departure.
 *
 * @throws Refusal `not-found`, `forbidden`, `stale`, `invalid`: no date, one in the future, or what the step refuses
 */
export async function confirmDay(
  db: Db,
  actor: PersonActor,
  input: { reference: string; revision: string; day: string; reason?: string | undefined },
  { name, field, set, follow }: DayStep,
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const record = await lockPlacement(tx, actor, input.reference);
    const sides = await sidesOfStay(tx, record);
    const moved = await movePlacement(
      tx,
      actor,
      record,
      {
        name,
        revision: input.revision,
        reason: input.reason ?? null,
        institutionId: record.hostInstitutionId,
        set: async () => {
          const day = checked(z.object({ [field]: calendarDate }), { [field]: input.day })[field] ?? '';
          if (day > calendarDateOf(now, sides.host)) throw wrongDay(field, 'placements.notYet');
          return set(tx, day, record, sides);
        },
      },
      now,
    );
    await follow(tx, moved, sides);
  });
  forgetCounts();
}
