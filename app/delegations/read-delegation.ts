import { z } from 'zod';
import { daysBetween } from '#app/platform/calendar.ts';
import {
  looksLikeFormula,
  meantCountry,
  meantWord,
  readDate,
  readDateTime,
} from '#app/platform/read-cells.ts';
import type { Table, TableRow } from '#app/platform/table.ts';
import { checkLegs, type Leg, type LegProblem } from '#app/travel/check-legs.ts';
import { AIRPORT_CODES } from '#app/travel/known-airports.ts';
import { checkPassport, cyrillicLetters, withLatinLetters } from '#app/travel/passport-checks.ts';
import { VISA_ROUTES, type VisaRoute } from '#app/travel/trip-requirement.ts';
import { DELEGATE_ROLES, type DelegateRole, DIETS, type Diet } from '#db/schema/delegations.ts';
import type { ListProblem, ProblemCode } from './delegation-problems.ts';
import { checkSharing } from './read-sharing.ts';

/** A sound row of a delegation's list. Dates as `YYYY-MM-DD`, times by the clock of the place. */
export type DelegateRow = {
  row: number;
  email: string;
  familyName: string;
  givenName: string;
  sex: 'f' | 'm' | null;
  citizenship: string | null;
  institutionId: string;
  employer: string;
  position: string | null;
  role: DelegateRole;
  visaRoute: VisaRoute;
  /** Goes to the vault and nowhere else. */
  passport: { number: string; issued: string; validUntil: string } | null;
  birth: { date: string | null; place: string | null };
  legs: Leg[];
  hotelIn: string | null;
  hotelOut: string | null;
  roomWish: 'single' | 'twin' | null;
  shareWith: string | null;
  diet: Diet | null;
  notes: string | null;
};

export const REQUIRED_COLUMNS = [
  'family_name',
  'given_name',
  'email',
  'employer',
  'delegation_role',
] as const;

/** What a list is read against. */
export type ListFrame = {
  /** Institutions by code, and whether they are of the side that sends. */
  institutions: Map<string, { id: string; mayAdd: boolean }>;
  /** Sexes of people the portal knows, by address, to suggest what is missing. */
  knownSex: Map<string, 'f' | 'm'>;
  /** Addresses of people whose institution is of the other side: that side sends them, and keeps their papers. */
  elsewhere: ReadonlySet<string>;
  /** Address of the one who heads the delegation already. */
  head?: string | null;
  event: { startsOn: string; endsOn: string; firstDuty: Date | null; lastDuty: Date | null };
  today: string;
};

/** Cells whose value a page hides: the number, and whatever stands in its place where a date was asked for. */
export function isSecret({ column, value }: { column: string; value: string }): boolean {
  if (column === 'passport_number') return true;
  return PAPER_DATES.has(column) && !/^[\d./\- ]*(г\.?)?$/.test(value);
}

const PAPER_DATES = new Set(['passport_issued', 'passport_expires', 'date_of_birth']);

const LATIN = /^[\p{Script=Latin}\p{M}\s.'’-]+$/u;
const LONGEST = 300;
/** Legs further than this from the event, in days, belong to another one. */
const NEAR = 21;
const emailForm = z.email();

const LEG_COLUMNS = ['leg1', 'leg2', 'leg3', 'return', 'return2', 'return3'] as const;
const LEG_PARTS = ['from', 'to', 'flight', 'departs', 'arrives'] as const;

/**
 * Reads a delegation's list. Every problem is named by row and column with what would put it right; sound rows and
 * problems come apart, so that one bad row holds no other up.
 */
export function readDelegation(
  table: Table,
  frame: ListFrame,
): { delegates: DelegateRow[]; problems: ListProblem[]; missingColumns: string[] } {
  const missingColumns = REQUIRED_COLUMNS.filter((column) => !table.header.includes(column));
  if (missingColumns.length > 0) return { delegates: [], problems: [], missingColumns };
  const seen: Seen = { emails: new Map(), passports: new Map(), head: null };
  const read = table.rows.map((row) => new RowReader(row, frame).read(seen));
  const problems = read.flatMap((one) => one.problems);
  // Of an address that has to be put right, nobody can say yet who shares with it.
  const unsure = new Set(
    problems.filter(({ column, weight }) => column === 'email' && weight === 'stop').map(({ row }) => row),
  );
  problems.push(...checkSharing(read.map(({ draft }) => ({ ...draft, unsure: unsure.has(draft.row) }))));
  const waiting = new Set(problems.filter((one) => one.weight === 'stop').map((one) => one.row));
  const order = new Map(table.header.map((column, index) => [column, index]));
  problems.sort((a, b) => a.row - b.row || (order.get(a.column) ?? 0) - (order.get(b.column) ?? 0));
  return {
    delegates: read.flatMap(({ draft }) => (waiting.has(draft.row) ? [] : [draft])),
    problems,
    missingColumns,
  };
}

/** What earlier rows held. */
type Seen = { emails: Map<string, number>; passports: Map<string, number>; head: number | null };

class RowReader {
  readonly problems: ListProblem[] = [];
  private readonly row: TableRow;
  private readonly frame: ListFrame;

  constructor(row: TableRow, frame: ListFrame) {
    this.row = row;
    this.frame = frame;
  }

  read(seen: Seen): { draft: DelegateRow; problems: ListProblem[] } {
    this.checkCells();
    const email = this.email(seen);
    const birth = { date: this.birthDate(), place: this.text('place_of_birth') };
    const legs = this.legs();
    const nights = this.nights(legs);
    const employer = this.value('employer').toUpperCase();
    const draft: DelegateRow = {
      row: this.row.row,
      email,
      familyName: this.name('family_name'),
      givenName: this.name('given_name'),
      sex: this.sex(email),
      citizenship: this.citizenship(),
      institutionId: this.institution(employer),
      employer,
      position: this.text('position'),
      role: this.role(seen, email),
      visaRoute:
        this.choice('visa_route', VISA_ROUTES, { evisa: 'e-visa', 'e visa': 'e-visa', none: 'none' }) ??
        'none',
      passport: this.passport(seen, legs, nights.hotelOut),
      birth,
      legs,
      ...nights,
      roomWish: this.choice('room', ['single', 'twin'] as const, {
        double: 'twin',
        sgl: 'single',
        twn: 'twin',
      }),
      shareWith: this.value('share_with').toLowerCase() || null,
      diet: this.diet(),
      notes: this.text('notes'),
    };
    return { draft, problems: this.problems };
  }

  private value(column: string): string {
    return this.row.values[column] ?? '';
  }

  private text(column: string): string | null {
    return this.value(column) || null;
  }

  private add(
    column: string,
    code: ProblemCode,
    weight: ListProblem['weight'],
    suggestion: string | null = null,
    params: ListProblem['params'] = {},
  ): void {
    this.problems.push({
      row: this.row.row,
      column,
      code,
      weight,
      value: this.value(column),
      suggestion,
      params,
    });
  }

  private checkCells(): void {
    for (const column of REQUIRED_COLUMNS) if (!this.value(column)) this.add(column, 'required', 'stop');
    for (const [column, text] of Object.entries(this.row.values)) {
      if (looksLikeFormula(text))
        this.add(column, 'formula', 'stop', text.replace(/^[=+\-@\s]+/, '') || null);
      else if (text.length > LONGEST) this.add(column, 'tooLong', 'stop', null, { max: LONGEST });
    }
  }

  private name(column: 'family_name' | 'given_name'): string {
    const text = this.value(column).replace(/\s+/g, ' ');
    if (text === '' || looksLikeFormula(text)) return text;
    if (!LATIN.test(text)) {
      const letters = cyrillicLetters(text).join(', ');
      const latin = withLatinLetters(text);
      this.add(column, 'notLatin', 'stop', latin && LATIN.test(latin) ? latin : null, { letters });
      return text;
    }
    if (text.length < 3 || text !== text.toUpperCase()) return text;
    const lowered = text
      .toLowerCase()
      .replace(/(^|[\s'’-])(\p{L})/gu, (_, gap, letter) => gap + letter.toUpperCase());
    this.add(column, 'capitals', 'fixed', lowered);
    return lowered;
  }

  private email(seen: Seen): string {
    const typed = this.value('email');
    const email = typed.toLowerCase();
    if (email === '') return '';
    if (!emailForm.safeParse(email).success) {
      const latin = withLatinLetters(email.replaceAll(/\s/g, ''));
      this.add('email', 'email', 'stop', emailForm.safeParse(latin).success ? latin : null);
      return email;
    }
    if (this.row.padded?.includes('email')) this.add('email', 'spaces', 'fixed', email);
    if (typed !== email) this.add('email', 'emailSpelling', 'fixed', email);
    if (this.frame.elsewhere.has(email)) this.add('email', 'otherSidePerson', 'stop');
    const first = seen.emails.get(email);
    if (first !== undefined) this.add('email', 'twice', 'stop', null, { first });
    else seen.emails.set(email, this.row.row);
    return email;
  }

  private sex(email: string): 'f' | 'm' | null {
    const words = { female: 'f', male: 'm', ж: 'f', м: 'm' } as const;
    const sex = this.choice('sex', ['f', 'm'] as const, words);
    if (this.value('sex') === '')
      this.add('sex', 'sexMissing', 'note', this.frame.knownSex.get(email) ?? null);
    return sex;
  }

  private citizenship(): string | null {
    const typed = this.value('citizenship');
    if (typed === '' || /^[A-Z]{3}$/.test(typed)) return typed || null;
    const meant = meantCountry(typed);
    this.add('citizenship', 'citizenship', meant ? 'fixed' : 'stop', meant);
    return meant;
  }

  private institution(code: string): string {
    if (code === '') return '';
    const found = this.frame.institutions.get(code);
    if (!found) {
      this.add('employer', 'institution', 'stop', null, {
        known: [...this.frame.institutions.keys()].join(', '),
      });
    } else if (!found.mayAdd) this.add('employer', 'otherSide', 'stop');
    return found?.id ?? '';
  }

  private role(seen: Seen, email: string): DelegateRole {
    const role = this.choice('delegation_role', DELEGATE_ROLES, {}) ?? 'member';
    if (role !== 'head') return role;
    const { head } = this.frame;
    if (head && head !== email) this.add('delegation_role', 'headStands', 'stop', 'member');
    else if (seen.head !== null)
      this.add('delegation_role', 'twoHeads', 'stop', 'member', { first: seen.head });
    else seen.head = this.row.row;
    return role;
  }

  /** One of some words; other spellings of them are read, and said so. Empty is null. */
  private choice<T extends string>(
    column: string,
    words: readonly T[],
    spellings: Record<string, T>,
  ): T | null {
    const typed = this.value(column);
    if (typed === '') return null;
    if ((words as readonly string[]).includes(typed)) return typed as T;
    const meant = meantWord(typed, words, spellings);
    if (meant) this.add(column, 'choiceSpelling', 'fixed', meant);
    else if (!looksLikeFormula(typed)) this.add(column, 'choice', 'stop', null, { words: words.join(', ') });
    return meant;
  }

  private diet(): Diet | null {
    const veg = 'vegetarian' as const;
    return this.choice('diet', DIETS, {
      veg,
      vegitarian: veg,
      'pure veg': veg,
      no: 'none',
      '-': 'none',
      нет: 'none',
    });
  }

  private date(
    column: string,
    weight: ListProblem['weight'] = 'stop',
    likely = (probable: string) => probable,
  ): string | null {
    const typed = this.value(column);
    if (typed === '') return null;
    const read = readDate(typed);
    if ('date' in read) return read.date;
    this.add(column, read.problem, weight, read.suggestion && likely(read.suggestion));
    return null;
  }

  private birthDate(): string | null {
    const date = this.date('date_of_birth', 'stop', (probable) =>
      // Of two digits in a date of birth, the century is the one that has been.
      probable < this.frame.today ? probable : probable.replace(/^20/, '19'),
    );
    if (this.value('date_of_birth') === '') this.add('date_of_birth', 'required', 'note');
    if (date && date >= this.frame.today) this.add('date_of_birth', 'bornLater', 'stop');
    return date;
  }

  private passport(seen: Seen, legs: readonly Leg[], hotelOut: string | null): DelegateRow['passport'] {
    const number = this.value('passport_number');
    const [issued, validUntil] = [this.date('passport_issued') ?? '', this.date('passport_expires') ?? ''];
    const back = legs.find((leg) => leg.direction === 'back')?.departs.slice(0, 10);
    const leaves = back ?? hotelOut ?? this.frame.event.endsOn;
    const columns = { number: 'passport_number', issued: 'passport_issued', validUntil: 'passport_expires' };
    const found = checkPassport({ number, issued, validUntil }, { leaves, today: this.frame.today });
    for (const { field, code, params, suggestion } of found) {
      const column = columns[field];
      // A date that cannot be read was named already.
      const unread = (code === 'noSuchIssue' || code === 'noSuchExpiry') && this.value(column) !== '';
      const weight = code === 'missing' || code === 'endsEarly' || code === 'oddTerm' ? 'note' : 'stop';
      // A term that is odd and would still be too short with its probable end: that end helps nobody.
      const helps = suggestion !== null && !(code === 'endsEarly' && suggestion < (params.needed ?? ''));
      if (!unread) this.add(column, `passport.${code}`, weight, helps ? suggestion : null, params);
    }
    const bare = number.replaceAll(/[\s-]/g, '').toUpperCase();
    if (bare === '' || issued === '' || validUntil === '') return null;
    const first = seen.passports.get(bare);
    if (first !== undefined && !this.problems.some((one) => one.code === 'twice')) {
      this.add('passport_number', 'twice', 'stop', null, { first });
    }
    seen.passports.set(bare, first ?? this.row.row);
    return { number: bare, issued, validUntil };
  }

  private legs(): Leg[] {
    const read = LEG_COLUMNS.flatMap((prefix) => {
      const leg = this.leg(prefix);
      return leg ? [{ prefix, leg }] : [];
    });
    const whole = read.flatMap(({ prefix, leg }) => (leg === 'broken' ? [] : [{ prefix, leg }]));
    if (read.length === 0) this.add('leg1_from', 'noLegs', 'note');
    // Where a leg is broken, what lies between the others says nothing.
    if (whole.length < read.length) return [];
    const { firstDuty, lastDuty, startsOn } = this.frame.event;
    const legs = whole.map(({ leg }) => leg);
    const distant = legs.findIndex((leg) => Math.abs(daysBetween(startsOn, leg.departs.slice(0, 10))) > NEAR);
    if (distant >= 0)
      this.add(`${whole[distant]?.prefix}_departs`, 'outsideEvent', 'stop', null, { startsOn });
    // Legs to another event say nothing about the duty at this one.
    const duty = distant >= 0 ? {} : { first: firstDuty, last: lastDuty };
    for (const problem of checkLegs(legs, duty)) {
      const prefix = whole[problem.leg]?.prefix ?? 'leg1';
      const weight = problem.tone === 'stop' && problem.code !== 'landsAfterDuty' ? 'stop' : 'note';
      this.add(`${prefix}_${problem.part}`, `leg.${problem.code}`, weight, null, legParams(problem));
    }
    return legs;
  }

  private leg(prefix: (typeof LEG_COLUMNS)[number]): Leg | 'broken' | null {
    const cells = LEG_PARTS.map((part) => this.value(`${prefix}_${part}`));
    if (cells.every((cell) => cell === '')) return null;
    const missing = LEG_PARTS.filter((part, index) => part !== 'flight' && cells[index] === '');
    for (const part of missing) this.add(`${prefix}_${part}`, 'halfLeg', 'stop');
    const [from = '', to = '', carrier = ''] = cells;
    const departs = this.dateTime(`${prefix}_departs`);
    const arrives = this.dateTime(`${prefix}_arrives`);
    if (missing.length > 0 || !departs || !arrives) return 'broken';
    const direction = prefix.startsWith('return') ? 'back' : 'out';
    return { direction, from: from.toUpperCase(), to: to.toUpperCase(), carrier, departs, arrives };
  }

  private dateTime(column: string): string | null {
    const typed = this.value(column);
    if (typed === '') return null;
    const read = readDateTime(typed);
    if ('local' in read) return read.local;
    this.add(column, read.problem as ProblemCode, 'stop', read.suggestion);
    return null;
  }

  private nights(legs: readonly Leg[]): { hotelIn: string | null; hotelOut: string | null } {
    const [hotelIn, hotelOut] = [this.date('hotel_in'), this.date('hotel_out')];
    const landing = legs.findLast((leg) => leg.direction === 'out')?.arrives.slice(0, 10) ?? null;
    const leaving = legs.find((leg) => leg.direction === 'back')?.departs.slice(0, 10) ?? null;
    for (const [column, night, probable] of [
      ['hotel_in', hotelIn, landing],
      ['hotel_out', hotelOut, leaving],
    ] as const) {
      if (night === null && this.value(column) === '') this.add(column, 'nightsMissing', 'note', probable);
    }
    if (!hotelIn || !hotelOut) return { hotelIn: null, hotelOut: null };
    if (hotelOut <= hotelIn) {
      this.add('hotel_out', 'noNights', 'stop', leaving && leaving > hotelIn ? leaving : null, { hotelIn });
    } else {
      if (landing && landing < hotelIn) this.add('hotel_in', 'lateNight', 'note', landing, { landing });
      if (leaving && leaving > hotelOut) this.add('hotel_out', 'earlyMorning', 'note', leaving, { leaving });
    }
    return { hotelIn, hotelOut };
  }
}

function legParams({ code, params }: LegProblem): ListProblem['params'] {
  return code === 'unknownAirport' ? { ...params, known: AIRPORT_CODES.join(', ') } : params;
}
