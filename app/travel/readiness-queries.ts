import type { Actor } from '#app/platform/actor.ts';
import type { DbOrTx } from '#db/client.server.ts';
import type { LocalizedText } from '#db/schema/shared.ts';
import { appliesTo, byUrgency, type Cell, firstToFail, type Tone, toneOf } from './assess-readiness.ts';
import { asTrip, cellsOfTrip, earliestStartOf, type TripFile, tripFilesOf } from './trip-queries.ts';
import { mayRecord } from './trip-rights.ts';

export type ReadinessItem = Cell & { title: LocalizedText };

/** How ready one journey is. */
export type Readiness = {
  tripId: string;
  /** What a form shows and sends back. */
  revision: string;
  tone: Tone;
  /** What the journey needs, what fails first on top. */
  items: ReadinessItem[];
  first: ReadinessItem | null;
  /** Where it is red: the day to which its start has to move; null where it is not, or where no later start helps. */
  earliestStart: string | null;
  /** The soonest day by which somebody still has to act. */
  actBy: string | null;
};

/** How ready the journey of a room's record is; null where none is planned. The caller has asked its own scope. */
export async function readinessOf(
  db: DbOrTx,
  subjectType: string,
  subjectId: string,
  now: Date,
): Promise<Readiness | null> {
  return (await readinessOfMany(db, subjectType, [subjectId], now)).get(subjectId) ?? null;
}

/** As `readinessOf`, for a list: a few queries however many there are. */
export async function readinessOfMany(
  db: DbOrTx,
  subjectType: string,
  subjectIds: readonly string[],
  now: Date,
): Promise<Map<string, Readiness>> {
  const today = now.toISOString().slice(0, 10);
  const files = await tripFilesOf(db, subjectType, subjectIds);
  return new Map([...files].map(([id, file]) => [id, readinessOfFile(file, today)]));
}

/** The codes of what this actor may write down on the journey of a room's record. */
export async function recordable(
  db: DbOrTx,
  actor: Actor,
  subjectType: string,
  subjectId: string,
): Promise<string[]> {
  const file = (await tripFilesOf(db, subjectType, [subjectId])).get(subjectId);
  return file ? recordableOf(actor, file) : [];
}

/** As `recordable`, for whoever has the file. */
export function recordableOf(
  actor: Actor,
  { trip, requirements }: Pick<TripFile, 'trip' | 'requirements'>,
): string[] {
  const journey = asTrip(trip);
  return requirements
    .filter((one) => one.active && appliesTo(one, journey) && !trip.derived.includes(one.code))
    .filter((one) => mayRecord(one.owner, actor, trip))
    .map((one) => one.code);
}

function readinessOfFile(file: TripFile, today: string): Readiness {
  const cells = cellsOfTrip(file, {}, today);
  const titles = new Map(file.requirements.map((one) => [one.code, one.title]));
  const items = cells
    .filter((cell) => cell.reason !== 'notNeeded')
    .map((cell) => ({ ...cell, title: titles.get(cell.code) ?? { en: cell.code, ru: cell.code } }))
    .sort(byUrgency);
  const tone = toneOf(items);
  return {
    tripId: file.trip.id,
    revision: file.trip.revision,
    tone,
    items,
    first: firstToFail(items),
    earliestStart: tone === 'stop' ? earliestStartOf(file, {}, cells, today) : null,
    actBy: actBy(items, today),
  };
}

function actBy(items: readonly Cell[], today: string): string | null {
  const days = items.flatMap((one) =>
    one.tone === 'risk' && one.actBy && one.actBy >= today ? [one.actBy] : [],
  );
  return days.sort()[0] ?? null;
}
