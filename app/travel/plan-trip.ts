import { and, eq, inArray, isNull } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { daysAfter } from '#app/platform/calendar.ts';
import { notFound } from '#app/platform/outcome.ts';
import type { Tx } from '#db/client.server.ts';
import { institution } from '#db/schema/people.ts';
import type { LocalizedText, Side } from '#db/schema/shared.ts';
import { trip, tripLeg } from '#db/schema/travel.ts';
import { daysOf } from './assess-readiness.ts';
import { type Leg, timeLeg } from './check-legs.ts';
import type { Purpose, VisaRoute } from './trip-requirement.ts';

/** A journey as the room that plans it gives it. */
export type PlannedTrip = typeof trip.$inferInsert & { id: string; legs: readonly Leg[] };

/** One statement takes so many journeys; their parameters stay under the protocol's limit. */
const CHUNK = 400;

/** Adds journeys with their legs. Legs whose airports or times are not sound are a bug of the caller's reading. */
export async function planTrips(tx: Tx, trips: readonly PlannedTrip[]): Promise<void> {
  for (let start = 0; start < trips.length; start += CHUNK) {
    const some = trips.slice(start, start + CHUNK);
    await tx.insert(trip).values(some.map(({ legs: _, ...columns }) => columns));
    const legs = some.flatMap((one) => one.legs.map((leg, index) => legColumns(one.id, leg, index)));
    if (legs.length > 0) await tx.insert(tripLeg).values(legs);
  }
}

/** The longest stay in Russia on an e-visa, in days (FACTS, “Travel to Russia”). */
const E_VISA_DAYS = 30;

/** The way to a visa that a journey of this length takes. */
export function visaRouteFor(of: {
  home: Side | null;
  host: Side;
  startsOn: string;
  endsOn: string;
}): VisaRoute {
  if (of.home === of.host) return 'none';
  return of.host === 'ru' && daysOf(of) <= E_VISA_DAYS ? 'e-visa' : 'invitation';
}

/**
 * Adds one person's journey without legs, as a stay has it: its passport follows from the vault, everything else is
 * written down. The caller has asked its policy and audits its own act.
 *
 * @returns the id of the journey.
 * @throws Refusal `not-found` where an institution is on neither side
 */
export async function planTrip(
  tx: Tx,
  planned: {
    personId: string;
    subjectType: string;
    subjectId: string;
    path: string;
    title: LocalizedText;
    homeInstitutionId: string;
    hostInstitutionId: string;
    purpose: Purpose;
    startsOn: string;
    endsOn: string;
    visaRoute?: VisaRoute;
    /** Since when the host sees it; from the beginning unless told. */
    sharedAt?: Date | null;
    now: Date;
  },
): Promise<string> {
  const { now, homeInstitutionId, hostInstitutionId, startsOn, endsOn, ...rest } = planned;
  const places = await tx
    .select({ id: institution.id, side: institution.side })
    .from(institution)
    .where(inArray(institution.id, [homeInstitutionId, hostInstitutionId]));
  const sideOf = (id: string) => places.find((place) => place.id === id)?.side;
  const [home, host] = [sideOf(homeInstitutionId), sideOf(hostInstitutionId)];
  if (!home || !host) throw notFound();
  const id = uuidv7();
  await tx.insert(trip).values({
    sharedAt: now,
    visaRoute: visaRouteFor({ home, host, startsOn, endsOn }),
    ...rest,
    id,
    homeInstitutionId,
    homeSide: home,
    hostInstitutionId,
    hostSide: host,
    startsOn,
    endsOn,
    eraseOn: daysAfter(endsOn, 1),
    derived: ['passport'],
  });
  return id;
}

/** A leg as its row says it. */
export function legColumns(tripId: string, leg: Leg, index: number): typeof tripLeg.$inferInsert {
  const made = timeLeg(leg, index);
  if (!('timed' in made)) throw new Error(`leg ${index + 1} of journey ${tripId} has no instants`);
  const { timed } = made;
  return {
    tripId,
    number: index + 1,
    direction: timed.direction,
    fromCode: timed.from,
    toCode: timed.to,
    carrier: timed.carrier,
    departsLocal: timed.departs,
    departsZone: timed.departsZone,
    departsAt: timed.departsAt,
    arrivesLocal: timed.arrives,
    arrivesZone: timed.arrivesZone,
    arrivesAt: timed.arrivesAt,
  };
}

/** Lets the host's officers see journeys that were not shared yet. */
export async function shareTrips(
  tx: Tx,
  subject: { type: string; ids: readonly string[] },
  now: Date,
): Promise<void> {
  if (subject.ids.length === 0) return;
  await tx
    .update(trip)
    .set({ sharedAt: now })
    .where(
      and(
        eq(trip.subjectType, subject.type),
        inArray(trip.subjectId, [...subject.ids]),
        isNull(trip.sharedAt),
      ),
    );
}
