import type { CellProblem } from '#app/platform/cell-problem.ts';
import { meantWord, readDate } from '#app/platform/read-cells.ts';
import type { Table } from '#app/platform/table.ts';
import { LOCALES, type Locale } from '#db/schema/shared.ts';
import { COURSE_AREAS, COURSE_MODES, type CourseArea, type CourseMode } from '#db/schema/training.ts';

export const COURSE_PROBLEMS = [
  'missing',
  'area',
  'language',
  'mode',
  'host',
  'otherHost',
  'date',
  'backwards',
  'number',
  'quotas',
  'twice',
  'unlike',
  'prerequisite',
  'itself',
] as const;
export type CourseProblem = (typeof COURSE_PROBLEMS)[number];

/** Something wrong in a row; its words stand under `training:import.problem`. */
export type RowProblem = CellProblem<CourseProblem>;

export type CourseRow = {
  row: number;
  code: string;
  title: { en: string; ru: string };
  area: CourseArea;
  language: Locale;
  mode: CourseMode;
  host: string;
  startsOn: string;
  endsOn: string;
  seats: number;
  quotaIn: number;
  quotaRu: number;
  prerequisites: string[];
};

/** A course the portal knows: a row of the same code is another run of it, and has to be the same course. */
export type KnownCourse = { code: string; title: { en: string; ru: string }; host: string };

export const REQUIRED = [
  'code',
  'title_en',
  'title_ru',
  'area',
  'language',
  'mode',
  'host',
  'starts',
  'ends',
  'seats',
  'quota_in',
  'quota_ru',
] as const;

/** `2027-01-18` or `18.01.2027`; null for a day that does not exist. */
export function readDay(typed: string): string | null {
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(typed);
  const iso = dotted ? `${dotted[3]}-${dotted[2]?.padStart(2, '0')}-${dotted[1]?.padStart(2, '0')}` : typed;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return null;
  const day = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(iso) ? iso : null;
}

/**
 * Reads the rows of a table of courses with one run each. Sound rows and problems come apart: one bad row holds no
 * other up, unless it is the prerequisite of another.
 *
 * @param hosts codes of the institutions, and whether this actor may add courses there
 */
export function readCourses(
  table: Table,
  hosts: ReadonlyMap<string, boolean>,
  known: ReadonlyMap<string, KnownCourse>,
): { courses: CourseRow[]; problems: RowProblem[]; missingColumns: string[] } {
  const missingColumns = REQUIRED.filter((column) => !table.header.includes(column));
  if (missingColumns.length > 0) return { courses: [], problems: [], missingColumns };
  const problems: RowProblem[] = [];
  const seen = new Set<string>();
  let courses: CourseRow[] = [];
  for (const { row, values } of table.rows) {
    const found = problemsOf(values, hosts, known, seen);
    problems.push(
      ...found.map(([column, code]): RowProblem => {
        const value = values[column] ?? '';
        const weight = code === 'otherHost' ? 'elsewhere' : 'stop';
        return { row, column, code, weight, value, suggestion: meant(column, value, hosts), params: {} };
      }),
    );
    if (found.length === 0) courses.push(toCourse(row, values));
  }
  // A prerequisite may stand further down in the same file; leaving one row out can leave out another.
  for (let before = -1; before !== courses.length; ) {
    before = courses.length;
    const codes = new Set([...known.keys(), ...courses.map((one) => one.code)]);
    const lacking = courses.filter((one) => one.prerequisites.some((code) => !codes.has(code)));
    courses = courses.filter((one) => !lacking.includes(one));
    problems.push(
      ...lacking.map(
        ({ row, prerequisites }): RowProblem => ({
          row,
          column: 'prerequisites',
          code: 'prerequisite',
          weight: 'stop',
          value: prerequisites.filter((code) => !codes.has(code)).join(', '),
          suggestion: null,
          params: {},
        }),
      ),
    );
  }
  return { courses, problems: problems.toSorted((a, b) => a.row - b.row), missingColumns };
}

type Values = Record<string, string>;

const split = (codes: string) => codes.split(/[\s;,|]+/).filter(Boolean);
const isCount = (text: string) => /^\d{1,4}$/.test(text) && Number(text) <= 1000;

function problemsOf(
  values: Values,
  hosts: ReadonlyMap<string, boolean>,
  known: ReadonlyMap<string, KnownCourse>,
  seen: Set<string>,
): [string, CourseProblem][] {
  const problems: [string, CourseProblem][] = [];
  const text = (column: string) => values[column] ?? '';
  const check = (column: string, problem: CourseProblem, holds: (value: string) => boolean) => {
    if (text(column) !== '' && !holds(text(column))) problems.push([column, problem]);
  };
  const oneOf = (allowed: readonly string[]) => (value: string) => allowed.includes(value);
  for (const column of REQUIRED) if (text(column) === '') problems.push([column, 'missing']);
  check('area', 'area', oneOf(COURSE_AREAS));
  check('language', 'language', oneOf(LOCALES));
  check('mode', 'mode', oneOf(COURSE_MODES));
  check('host', 'host', (code) => hosts.has(code));
  check('host', 'otherHost', (code) => hosts.get(code) !== false);
  check('starts', 'date', (day) => readDay(day) !== null);
  check('ends', 'date', (day) => readDay(day) !== null);
  const [starts, ends] = [readDay(text('starts')), readDay(text('ends'))];
  if (starts && ends && ends < starts) problems.push(['ends', 'backwards']);
  for (const column of ['seats', 'quota_in', 'quota_ru']) check(column, 'number', isCount);
  check('seats', 'number', (count) => !isCount(count) || Number(count) > 0);
  const counts = ['seats', 'quota_in', 'quota_ru'].map(text);
  if (counts.every(isCount)) {
    const [seats = 0, quotaIn = 0, quotaRu = 0] = counts.map(Number);
    if (quotaIn + quotaRu > seats) problems.push(['seats', 'quotas']);
  }
  check('prerequisites', 'itself', (codes) => !split(codes).includes(text('code')));
  const old = known.get(text('code'));
  const same =
    !old ||
    (old.title.en === text('title_en') && old.title.ru === text('title_ru') && old.host === text('host'));
  if (!same) problems.push(['code', 'unlike']);
  const key = `${text('code')} ${starts}`;
  if (seen.has(key)) problems.push(['code', 'twice']);
  seen.add(key);
  return problems;
}

/** What a cell that is not as it should be probably means. */
function meant(column: string, value: string, hosts: ReadonlyMap<string, boolean>): string | null {
  const meanings: Record<string, () => string | null> = {
    area: () => meantWord(value.replaceAll(' ', '-'), COURSE_AREAS),
    language: () => meantWord(value, LOCALES, { english: 'en', russian: 'ru' }),
    mode: () => meantWord(value.replaceAll(' ', '-'), COURSE_MODES),
    host: () => meantWord(value, [...hosts.keys()]),
    starts: () => meantDay(value),
    ends: () => meantDay(value),
  };
  const found = meanings[column]?.() ?? null;
  return found === value ? null : found;
}

function meantDay(value: string): string | null {
  const read = readDate(value);
  // A day that exists is wrong for another reason, which no other day is known to put right.
  if (readDay(value) !== null) return null;
  return 'date' in read ? read.date : read.suggestion;
}

function toCourse(row: number, values: Values): CourseRow {
  const text = (column: string) => values[column] ?? '';
  return {
    row,
    code: text('code'),
    title: { en: text('title_en'), ru: text('title_ru') },
    area: text('area') as CourseArea,
    language: text('language') as Locale,
    mode: text('mode') as CourseMode,
    host: text('host'),
    startsOn: readDay(text('starts')) ?? '',
    endsOn: readDay(text('ends')) ?? '',
    seats: Number(text('seats')),
    quotaIn: Number(text('quota_in')),
    quotaRu: Number(text('quota_ru')),
    prerequisites: split(text('prerequisites')),
  };
}

type Dated = { code: string; startsOn: string; endsOn: string };

/**
 * Prerequisites nobody can have finished in time: every run of the required course ends after this one starts. A
 * warning to the coordinator, not a wall: evidence can be accepted in a certificate's place.
 */
export function latePrerequisites(
  of: { startsOn: string; prerequisites: readonly string[] },
  runs: readonly Dated[],
): { code: string; endsOn: string | null }[] {
  return of.prerequisites.flatMap((code) => {
    const ends = runs.filter((run) => run.code === code).map((run) => run.endsOn);
    if (ends.some((endsOn) => endsOn < of.startsOn)) return [];
    return { code, endsOn: ends.toSorted()[0] ?? null };
  });
}
