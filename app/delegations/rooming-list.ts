import { cyrillicName, latinName } from '#app/people/person-name.ts';
import { daysAfter, daysBetween } from '#app/platform/calendar.ts';
import type { Sheet, SheetCell } from '#app/platform/spreadsheet.server.ts';
import { both, head, sheetName } from './paper-words.ts';
import type { Bed } from './papers-queries.ts';
import type { DelegateFile } from './queries.ts';

/** What a list of beds shows of a person. */
export type Guest = Pick<
  DelegateFile,
  | 'id'
  | 'personId'
  | 'name'
  | 'cyrillicSpelling'
  | 'sex'
  | 'citizenship'
  | 'diet'
  | 'notes'
  | 'mate'
  | 'mutual'
> & { file: { legs: readonly Pick<DelegateFile['file']['legs'][number], LegColumn>[] } };
type LegColumn = 'direction' | 'carrier' | 'fromCode' | 'toCode' | 'departsLocal' | 'arrivesLocal';

/**
 * The rooming list: a row per bed and stay, in both languages and scripts, with the sums; and a second sheet that counts
 * rooms and guests night by night. The same before the event, for the hotel, and after it, for the bill. A Cyrillic
 * spelling that nobody has confirmed is marked, so that no voucher is printed with it by mistake. It holds no passport.
 *
 * @param above lines that say what the list is of
 */
export function roomingList(
  above: readonly string[],
  people: readonly Guest[],
  beds: readonly Bed[],
): Sheet[] {
  const guests = new Map(people.map((one) => [one.id, one]));
  const rows = beds.flatMap((bed) => {
    const one = guests.get(bed.delegateId);
    return one ? [rowOf(one, bed, beds)] : [];
  });
  const housed = new Set(beds.map((bed) => bed.delegateId));
  const without = people.filter((one) => !housed.has(one.id)).map((one) => bothNames(one));
  const list: Sheet = {
    name: sheetName('rooming'),
    above: without.length > 0 ? [...above, both('papers.without', { names: without.join(', ') })] : above,
    columns: [
      head('room', 8),
      head('kind', 22),
      head('bed', 8),
      head('latin', 26),
      head('cyrillic', 26),
      head('spelling', 18),
      head('sex', 8),
      head('citizenship', 13),
      head('checkIn', 12),
      head('checkOut', 12),
      head('nights', 8),
      head('sharing', 30),
      head('arrival', 28),
      head('departure', 28),
      head('diet', 22),
      head('notes', 30),
    ],
    rows,
    sums: sumsOf(beds),
  };
  return [list, nightByNight(above, beds)];
}

function rowOf(one: Guest, bed: Bed, beds: readonly Bed[]): SheetCell[] {
  const landing = one.file.legs.findLast((leg) => leg.direction === 'out');
  const leaving = one.file.legs.find((leg) => leg.direction === 'back');
  return [
    bed.number,
    both(`roomKind.${bed.kind}`),
    bed.bed,
    latinName(one.name),
    ...cyrillicCells(one),
    one.sex && both(`sex.${one.sex}`),
    one.citizenship,
    { day: bed.from },
    { day: bed.to },
    daysBetween(bed.from, bed.to),
    mateOf(one, bed, beds),
    landing ? `${landing.carrier} ${landing.toCode} ${landing.arrivesLocal}`.trim() : null,
    leaving ? `${leaving.carrier} ${leaving.fromCode} ${leaving.departsLocal}`.trim() : null,
    one.diet && both(`diet.${one.diet}`),
    one.notes,
  ];
}

/** The Cyrillic spelling, and whether it may be printed. */
export function cyrillicCells(one: Pick<Guest, 'name' | 'cyrillicSpelling'>): SheetCell[] {
  const name = cyrillicName(one.name);
  if (!name) return [null, { marked: both('papers.spelling.missing') }];
  if (one.cyrillicSpelling === 'confirmed') return [name, null];
  return [{ marked: name }, { marked: both('papers.spelling.unconfirmed') }];
}

/** With whom the room is shared on some night; only those who have named each other stand here. */
function mateOf(one: Guest, bed: Bed, beds: readonly Bed[]): string | null {
  const { mate, mutual } = one;
  if (!mate || !mutual) return null;
  const together = beds.some(
    (other) =>
      other.roomId === bed.roomId &&
      other.delegateId === mate.id &&
      other.from < bed.to &&
      bed.from < other.to,
  );
  return together ? bothNames(mate) : null;
}

function bothNames({ name }: Pick<Guest, 'name'>): string {
  return [latinName(name), cyrillicName(name)].filter(Boolean).join(' / ');
}

/** A room counts once a night, however many lie in it. */
function roomsOn(night: string, beds: readonly Bed[]) {
  const slept = beds.filter((bed) => bed.from <= night && night < bed.to);
  const rooms = new Map(slept.map((bed) => [bed.roomId, bed.kind]));
  const of = (kind: Bed['kind']) => [...rooms.values()].filter((one) => one === kind).length;
  return { night, single: of('single'), twin: of('twin'), guests: slept.length };
}

function nightsOf(beds: readonly Bed[]) {
  const first = beds.map((bed) => bed.from).sort()[0];
  const last = beds
    .map((bed) => bed.to)
    .sort()
    .at(-1);
  if (!first || !last) return [];
  return Array.from({ length: daysBetween(first, last) }, (_, index) =>
    roomsOn(daysAfter(first, index), beds),
  );
}

type Count = 'single' | 'twin' | 'guests';

function sumOf(nights: ReturnType<typeof nightsOf>, what: Count): number {
  return nights.reduce((sum, night) => sum + night[what], 0);
}

/** How many columns stand before that of the nights. */
const BEFORE_NIGHTS = 10;

function sumsOf(beds: readonly Bed[]): SheetCell[][] {
  const nights = nightsOf(beds);
  const line = (key: string, what: Count): SheetCell[] => [
    null,
    both(`papers.sum.${key}`),
    ...Array.from({ length: BEFORE_NIGHTS - 2 }, () => null),
    sumOf(nights, what),
  ];
  return [line('guestNights', 'guests'), line('singleNights', 'single'), line('twinNights', 'twin')];
}

function nightByNight(above: readonly string[], beds: readonly Bed[]): Sheet {
  const nights = nightsOf(beds);
  const counts: Count[] = ['single', 'twin', 'guests'];
  return {
    name: sheetName('nights'),
    above,
    columns: [head('night', 22), head('singles', 22), head('twins', 22), head('guests', 14)],
    rows: nights.map((one) => [{ day: one.night }, ...counts.map((what) => one[what])]),
    sums: [[both('papers.sum.all'), ...counts.map((what) => sumOf(nights, what))]],
  };
}
