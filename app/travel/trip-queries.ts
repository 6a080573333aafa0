import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import type { DbOrTx } from '#db/client.server.ts';
import { vaultFact } from '#db/schema/platform.ts';
import { trip, tripItem, tripLeg } from '#db/schema/travel.ts';
import { assessReadiness, type Cell, type Facts } from './assess-readiness.ts';
import { checkLegs, type Leg, type LegProblem } from './check-legs.ts';
import { startBy } from './earliest-start.ts';
import type { Workdays } from './lead-time.ts';
import { loadWorkdays } from './load-workdays.ts';
import { PASSPORT } from './queries.ts';
import { requirementsFor } from './requirement-queries.ts';
import { papersField } from './trip-papers.ts';
import type { Requirement, Trip } from './trip-requirement.ts';

export type TripRow = typeof trip.$inferSelect;
export type TripLegRow = typeof tripLeg.$inferSelect;

/** What main knows of a journey's papers: that they are there, until when the passport is valid, when they went. */
export type PapersFact = { validUntil: string | null; oddTerm: boolean; keptAt: Date; erasedAt: Date | null };

export type TripFile = {
  trip: TripRow;
  legs: TripLegRow[];
  legProblems: LegProblem[];
  papers: PapersFact | null;
  facts: Facts;
  /** What this journey's two institutions ask for; the same list for journeys between the same two. */
  requirements: readonly Requirement[];
  /** The calendars in which working days are counted. */
  workdays: Workdays;
};

/**
 * Journeys of a room's records with all that readiness needs, by the id of the record. A few queries however many there
 * are. The caller has asked its own scope; nothing here comes out of a vault.
 */
export async function tripFilesOf(
  db: DbOrTx,
  subjectType: string,
  subjectIds: readonly string[],
): Promise<Map<string, TripFile>> {
  if (subjectIds.length === 0) return new Map();
  const found = await db
    .select()
    .from(trip)
    .where(inArray(trip.subjectId, [...subjectIds]));
  const trips = found.filter((one) => one.subjectType === subjectType);
  if (trips.length === 0) return new Map();
  const ids = trips.map((one) => one.id);
  // One after the other: inside a transaction there is one connection.
  const legs = await db
    .select()
    .from(tripLeg)
    .where(inArray(tripLeg.tripId, ids))
    .orderBy(asc(tripLeg.number));
  const items = await db.select().from(tripItem).where(inArray(tripItem.tripId, ids));
  const papers = await db
    .select({
      field: vaultFact.field,
      validUntil: vaultFact.validUntil,
      facts: vaultFact.facts,
      keptAt: vaultFact.createdAt,
      erasedAt: vaultFact.erasedAt,
    })
    .from(vaultFact)
    .where(inArray(vaultFact.field, ids.map(papersField)))
    .orderBy(asc(vaultFact.createdAt));
  const passports = await ownPassports(db, trips);
  const requirements = await requirementsFor(db, trips);
  const workdays = await loadWorkdays(db, trips.map(requirements));
  const legsOf = Map.groupBy(legs, (leg) => leg.tripId);
  const itemsOf = Map.groupBy(items, (item) => item.tripId);
  const papersOf = new Map(papers.map((one) => [one.field, one]));
  return new Map(
    trips.map((one) => {
      const kept = papersOf.get(papersField(one.id));
      const file = {
        trip: one,
        legs: legsOf.get(one.id) ?? [],
        papers: kept
          ? {
              validUntil: kept.validUntil,
              oddTerm: kept.facts.oddTerm === true,
              keptAt: kept.keptAt,
              erasedAt: kept.erasedAt,
            }
          : null,
      };
      const legProblems = checkLegs(file.legs.map(asLeg), { first: one.firstDutyAt, last: one.lastDutyAt });
      const facts = factsOf({ ...file, legProblems }, itemsOf.get(one.id) ?? []);
      const validUntil = passports.get(one.personId);
      if (!file.papers && validUntil) facts.passport = { state: 'done', validUntil };
      return [one.subjectId, { ...file, legProblems, facts, requirements: requirements(one), workdays }];
    }),
  );
}

/** The leg as its ticket said it. */
export function asLeg(row: TripLegRow): Leg {
  return {
    direction: row.direction,
    from: row.fromCode,
    to: row.toCode,
    carrier: row.carrier,
    departs: row.departsLocal,
    arrives: row.arrivesLocal,
  };
}

/** What readiness is asked about. */
export function asTrip(row: TripRow): Trip {
  const { personId, startsOn, endsOn, homeSide, hostSide, purpose, visaRoute } = row;
  return { personId, startsOn, endsOn, home: homeSide, host: hostSide, purpose, visaRoute };
}

/** Until when the passports are valid that people on a stay keep in the vault themselves; a list brings those of a delegation. */
async function ownPassports(db: DbOrTx, trips: readonly TripRow[]): Promise<Map<string, string>> {
  const people = trips.filter((one) => one.purpose === 'stay').map((one) => one.personId);
  if (people.length === 0) return new Map();
  const kept = await db
    .select({ personId: vaultFact.personId, validUntil: vaultFact.validUntil })
    .from(vaultFact)
    .where(
      and(inArray(vaultFact.personId, people), eq(vaultFact.field, PASSPORT), isNull(vaultFact.erasedAt)),
    );
  return new Map(kept.flatMap(({ personId, validUntil }) => (validUntil ? [[personId, validUntil]] : [])));
}

/**
 * The cells of a journey as of a day.
 *
 * @param more facts that only the room that planned it knows, such as the bed.
 */
export function cellsOfTrip(
  file: Pick<TripFile, 'trip' | 'facts' | 'requirements' | 'workdays'>,
  more: Facts,
  today: string,
): Cell[] {
  const facts = { ...file.facts, ...more };
  return assessReadiness(asTrip(file.trip), facts, file.requirements, today, file.workdays);
}

/** The day from which nothing of a journey would be red, as `earliestStart`; for whoever has its cells. */
export function earliestStartOf(
  file: Pick<TripFile, 'trip' | 'facts' | 'requirements' | 'workdays'>,
  more: Facts,
  cells: readonly Cell[],
  today: string,
): string | null {
  const facts = { ...file.facts, ...more };
  return startBy(cells, asTrip(file.trip), today, (moved) =>
    assessReadiness(moved, facts, file.requirements, today, file.workdays),
  );
}

/** The journey of a room's record; null where none is planned. */
export async function tripIdOf(db: DbOrTx, subjectType: string, subjectId: string): Promise<string | null> {
  const [row] = await db
    .select({ id: trip.id })
    .from(trip)
    .where(and(eq(trip.subjectType, subjectType), eq(trip.subjectId, subjectId)));
  return row?.id ?? null;
}

function factsOf(
  file: Pick<TripFile, 'papers' | 'legs' | 'legProblems'>,
  items: readonly (typeof tripItem.$inferSelect)[],
): TripFile['facts'] {
  const facts: TripFile['facts'] = {};
  for (const { requirement, state, askedOn, doneOn, validUntil } of items) {
    facts[requirement] = { state, askedOn, doneOn, validUntil };
  }
  const { papers, legs, legProblems } = file;
  if (papers) {
    const problem = papers.oddTerm ? ({ code: 'oddTerm', tone: 'risk' } as const) : null;
    facts.passport = { state: 'done', validUntil: papers.validUntil, problem };
  }
  if (legs.length > 0) {
    const worst = legProblems.find((one) => one.tone === 'stop') ?? legProblems[0];
    const oneWay = legs.some((leg) => leg.direction === 'back')
      ? null
      : ({ code: 'noReturn', tone: 'risk' } as const);
    const problem = worst ? { code: `leg.${worst.code}`, tone: worst.tone, params: worst.params } : oneWay;
    facts.flights = { state: 'done', problem };
  }
  return facts;
}

/** The journeys of one person, the next first: for their own page. */
export async function tripsOfPerson(db: DbOrTx, personId: string) {
  return db
    .select({ id: trip.id, title: trip.title, path: trip.path, startsOn: trip.startsOn, endsOn: trip.endsOn })
    .from(trip)
    .where(and(eq(trip.personId, personId), isNull(trip.endedAt)))
    .orderBy(asc(trip.startsOn));
}
