import { eq } from 'drizzle-orm';
import { daysAfter } from '#app/platform/calendar.ts';
import { invalid, notFound } from '#app/platform/outcome.ts';
import type { Tx } from '#db/client.server.ts';
import { trip } from '#db/schema/travel.ts';
import { visaRouteFor } from './plan-trip.ts';
import { reviseTrip } from './revise-trip.ts';
import type { VisaRoute } from './trip-requirement.ts';

/**
 * Gives a journey other dates. Its papers are erased the day after the new end; an e-visa that no longer covers the
 * stay becomes an invitation; forms that were open are stale. The caller has asked its policy and audits its own act.
 *
 * @throws Refusal `not-found`, `invalid` (`travel.tripDates`)
 */
export async function moveTrip(
  tx: Tx,
  tripId: string,
  to: { startsOn: string; endsOn: string; visaRoute?: VisaRoute },
): Promise<void> {
  const { startsOn, endsOn } = to;
  if (endsOn < startsOn) throw invalid('travel.tripDates', { fields: { endsOn: ['travel.tripDates'] } });
  const [row] = await tx.select().from(trip).where(eq(trip.id, tripId)).for('update');
  if (!row) throw notFound();
  const needed = visaRouteFor({ home: row.homeSide, host: row.hostSide, startsOn, endsOn });
  const outgrown = row.visaRoute === 'e-visa' && needed === 'invitation';
  const visaRoute = to.visaRoute ?? (outgrown ? needed : row.visaRoute);
  await reviseTrip(tx, tripId, { startsOn, endsOn, eraseOn: daysAfter(endsOn, 1), visaRoute });
}
