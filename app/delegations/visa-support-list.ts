import { permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { forbidden, Refusal } from '#app/platform/outcome.ts';
import type { Sheet, SheetCell } from '#app/platform/spreadsheet.server.ts';
import type { Vaults } from '#app/platform/vault.server.ts';
import { residencesKept, revealResidence } from '#app/travel/keep-residence.ts';
import { revealTripPapers } from '#app/travel/reveal-trip-papers.ts';
import type { TripPapers } from '#app/travel/trip-papers.ts';
import type { Db } from '#db/client.server.ts';
import type { LocalizedText } from '#db/schema/shared.ts';
import { both, bothTexts, head, sheetName } from './paper-words.ts';
import { type Employers, employersOf } from './papers-queries.ts';
import { delegationRules, type OfDelegation } from './policy.ts';
import type { DelegateFile } from './queries.ts';
import { cyrillicCells } from './rooming-list.ts';

/** Whose passports a visa needs: nobody else's is shown. */
export function needVisa<T extends Pick<DelegateFile, 'file'>>(people: readonly T[]): T[] {
  return people.filter((one) => one.file.trip.visaRoute !== 'none');
}

/**
 * The list hosts ask for to support visas: names as in the passport, sex, birth, citizenship, residence, consulate city,
 * employer with address, position, passport, dates, entries, cities, purpose, lodging (FACTS, “Travel to Russia”). Every
 * passport and residence in it is revealed, one by one, with its audit row first; what nobody has given yet stands gold
 * and empty. The caller has asked for a fresh sign-in.
 *
 * @param above lines that say what the list is of
 * @throws Refusal `forbidden`; `unavailable` when the vault is away
 */
export async function visaSupportList(
  db: Db,
  vaults: Vaults,
  actor: PersonActor,
  of: { delegation: OfDelegation & { id: string; hotel: LocalizedText }; city: LocalizedText },
  above: readonly string[],
  people: readonly DelegateFile[],
): Promise<Sheet> {
  const { delegation } = of;
  if (!permits(delegationRules['delegations.visaList'], actor, delegation)) throw forbidden();
  const listed = needVisa(people);
  const employers = await employersOf(
    db,
    listed.map((one) => one.employer),
  );
  const there = { city: bothTexts(of.city), hotel: bothTexts(delegation.hotel) };
  const kept = await residencesKept(
    db,
    listed.map((one) => one.file.trip.id),
  );
  const rows: SheetCell[][] = [];
  // One after another: each look is in the audit log before the next value leaves the vault.
  for (const one of listed) {
    const papers = await papersOf(db, vaults, actor, one);
    const residence = await residenceOf(db, vaults, actor, one, kept);
    rows.push([rows.length + 1, ...rowOf(one, { papers, residence }, employers, there)]);
  }
  await db.transaction((tx) =>
    audit(tx, {
      code: 'delegation.visaList',
      actor,
      subject: { type: 'delegation', id: delegation.id },
      institutionId: actor.institutionId,
      facts: { people: listed.length },
    }),
  );
  return {
    name: sheetName('visa'),
    above: [...above, both('papers.fillIn', undefined, ' · ')],
    columns: COLUMNS.map(([key, width]) => head(key, width)),
    rows,
  };
}

const COLUMNS = [
  ['number', 6],
  ['family', 18],
  ['given', 18],
  ['cyrillic', 24],
  ['spelling', 18],
  ['sex', 8],
  ['birthDate', 12],
  ['birthPlace', 18],
  ['citizenship', 13],
  ['residence', 22],
  ['consulate', 18],
  ['employer', 34],
  ['employerAddress', 30],
  ['position', 24],
  ['passport', 16],
  ['issued', 12],
  ['expires', 12],
  ['route', 26],
  ['enters', 12],
  ['leaves', 12],
  ['entries', 16],
  ['cities', 18],
  ['purpose', 34],
  ['lodging', 30],
  ['email', 30],
] as const;

/** Nothing is known: gold, so that nobody sends the list without having looked. */
const GAP: SheetCell = { marked: '' };

function rowOf(
  one: DelegateFile,
  { papers, residence }: { papers: TripPapers | null; residence: string | null },
  employers: Employers,
  there: { city: string; hotel: string },
): SheetCell[] {
  const { trip, legs } = one.file;
  const landing = legs.findLast((leg) => leg.direction === 'out');
  const leaving = legs.find((leg) => leg.direction === 'back');
  const employer = employers.get(one.employer);
  const city = employer?.city ? bothTexts(employer.city) : '';
  return [
    one.name.familyName || GAP,
    one.name.givenName || GAP,
    ...cyrillicCells(one),
    one.sex ? both(`sex.${one.sex}`) : GAP,
    dayOr(papers?.birthDate),
    papers?.birthPlace || GAP,
    one.citizenship || GAP,
    residence || GAP,
    one.consulateCity || GAP,
    employer ? bothTexts(employer.name) : one.employer,
    // A city alone is no address: it stays marked until somebody gives the street.
    one.employerAddress || { marked: city },
    one.position || GAP,
    papers?.number || GAP,
    dayOr(papers?.issued),
    dayOr(papers?.validUntil),
    both(`visaRoute.${trip.visaRoute}`),
    { day: landing?.arrivesLocal.slice(0, 10) ?? trip.startsOn },
    { day: leaving?.departsLocal.slice(0, 10) ?? trip.endsOn },
    both('papers.singleEntry'),
    there.city,
    both('papers.purpose'),
    there.hotel || GAP,
    one.email,
  ];
}

function dayOr(day: string | null | undefined): SheetCell {
  return day ? { day } : GAP;
}

async function papersOf(
  db: Db,
  vaults: Vaults,
  actor: PersonActor,
  one: DelegateFile,
): Promise<TripPapers | null> {
  if (!one.file.papers || one.file.papers.erasedAt) return null;
  try {
    return await revealTripPapers(db, vaults, actor, one.file.trip, 'visa-list');
  } catch (error) {
    // Erased between the two looks: a gold cell says so.
    if (error instanceof Refusal && error.code === 'not-found') return null;
    throw error;
  }
}

/** Where somebody lives, where they have said so and it was not erased in between. */
async function residenceOf(
  db: Db,
  vaults: Vaults,
  actor: PersonActor,
  one: DelegateFile,
  kept: ReadonlyMap<string, string>,
): Promise<string | null> {
  const { trip } = one.file;
  return kept.has(trip.id) ? revealResidence(db, vaults, actor, trip, 'visa-list') : null;
}
