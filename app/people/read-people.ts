import { z } from 'zod';
import type { CellProblem } from '#app/platform/cell-problem.ts';
import { meantCountry, meantWord } from '#app/platform/read-cells.ts';
import type { Table } from '#app/platform/table.ts';
import { ROLES, type Role } from '#db/schema/people.ts';
import { LOCALES } from '#db/schema/shared.ts';

/** Something wrong in a row of an import; its words stand under `people:import.problem`. */
export type RowProblem = CellProblem<Problem>;

export const PROBLEMS = [
  'missing',
  'notLatin',
  'notCyrillic',
  'email',
  'twice',
  'institution',
  'otherSide',
  'locale',
  'role',
  'sex',
  'citizenship',
  'orcid',
  'phone',
] as const;
export type Problem = (typeof PROBLEMS)[number];

export type PersonRow = {
  row: number;
  givenName: string;
  familyName: string;
  givenNameRu: string | null;
  familyNameRu: string | null;
  patronymicRu: string | null;
  sex: 'f' | 'm' | null;
  institutionId: string;
  email: string;
  locale: 'en' | 'ru';
  citizenship: string | null;
  occupation: Role | null;
  position: { en: string; ru: string } | null;
  researchArea: string | null;
  orcid: string | null;
  phone: string | null;
};

/** The columns an import of people has to have; others are read where they are there. */
export const REQUIRED_COLUMNS = ['given_name', 'family_name', 'institution', 'email', 'locale'] as const;

/** Roles a file may name: what a person does, not what the portal lets them do. */
export const OCCUPATIONS = ROLES.filter((role) => role !== 'institution-admin' && role !== 'platform-admin');

const LATIN = /^[\p{Script=Latin}\p{M}\s.'’-]+$/u;
const CYRILLIC = /^[\p{Script=Cyrillic}\s.-]+$/u;
const PHONE = /^\+?[\d\s()-]{6,24}$/;
const email = z.email();
/** RFC 5321, 4.5.3.1.3: a path of 256 characters with its angle brackets. */
const EMAIL_MAX = 254;
const isAddress = (text: string) => text.length <= EMAIL_MAX && email.safeParse(text).success;

/**
 * Reads the rows of a table of people. Sound rows and problems come apart: one bad row holds no other up.
 *
 * @param institutions where people may belong, by code, and whether this actor may add people there.
 */
export function readPeople(
  table: Table,
  institutions: Map<string, { id: string; mayAdd: boolean }>,
): { people: PersonRow[]; problems: RowProblem[]; missingColumns: string[] } {
  const missingColumns = REQUIRED_COLUMNS.filter((column) => !table.header.includes(column));
  if (missingColumns.length > 0) return { people: [], problems: [], missingColumns };
  const seen = new Set<string>();
  const people: PersonRow[] = [];
  const problems: RowProblem[] = [];
  for (const { row, values } of table.rows) {
    const found = problemsOf(values, institutions, seen);
    if (found.length > 0) {
      problems.push(
        ...found.map(([column, code]): RowProblem => {
          const value = values[column] ?? '';
          const weight = code === 'otherSide' ? 'elsewhere' : 'stop';
          const suggestion = meant(column, value, institutions);
          return { row, column, code, weight, value, suggestion, params: {} };
        }),
      );
      continue;
    }
    people.push(toPerson(row, values, institutions));
  }
  return { people, problems, missingColumns };
}

type Values = Record<string, string>;

function problemsOf(
  values: Values,
  institutions: Map<string, { id: string; mayAdd: boolean }>,
  seen: Set<string>,
): [string, Problem][] {
  const problems: [string, Problem][] = [];
  const check = (column: string, problem: Problem, holds: (value: string) => boolean) => {
    const value = values[column] ?? '';
    if (value !== '' && !holds(value)) problems.push([column, problem]);
  };
  for (const column of REQUIRED_COLUMNS) if (!values[column]) problems.push([column, 'missing']);
  for (const column of ['given_name', 'family_name']) check(column, 'notLatin', (text) => LATIN.test(text));
  for (const column of ['given_name_ru', 'family_name_ru', 'patronymic_ru']) {
    check(column, 'notCyrillic', (text) => CYRILLIC.test(text));
  }
  check('email', 'email', isAddress);
  check('email', 'twice', (text) => !seen.has(text.toLowerCase()));
  check('institution', 'institution', (code) => institutions.has(code));
  check('institution', 'otherSide', (code) => institutions.get(code)?.mayAdd !== false);
  check('locale', 'locale', (text) => (LOCALES as readonly string[]).includes(text));
  check('role', 'role', (text) => (OCCUPATIONS as string[]).includes(text));
  check('sex', 'sex', (text) => text === 'f' || text === 'm');
  check('citizenship', 'citizenship', (text) => /^[A-Z]{3}$/.test(text));
  check('orcid', 'orcid', isOrcid);
  check('phone', 'phone', (text) => PHONE.test(text));
  if (values.email) seen.add(values.email.toLowerCase());
  return problems;
}

/** What a cell that is not as it should be probably means. */
function meant(column: string, value: string, institutions: ReadonlyMap<string, unknown>): string | null {
  const meanings: Record<string, () => string | null> = {
    email: () => {
      const bare = value
        .replaceAll(/\s/g, '')
        .replace(/^mailto:/i, '')
        .replace(/[.,;]+$/, '');
      return bare !== value && isAddress(bare) ? bare : null;
    },
    institution: () => meantWord(value, [...institutions.keys()]),
    locale: () =>
      meantWord(value, LOCALES, { english: 'en', russian: 'ru', русский: 'ru', английский: 'en' }),
    role: () => meantWord(value, OCCUPATIONS),
    sex: () => meantWord(value, ['f', 'm'], { female: 'f', male: 'm', ж: 'f', м: 'm' }),
    citizenship: () => meantCountry(value),
  };
  const found = meanings[column]?.() ?? null;
  return found === value ? null : found;
}

function toPerson(
  row: number,
  values: Values,
  institutions: Map<string, { id: string; mayAdd: boolean }>,
): PersonRow {
  const text = (column: string) => values[column] || null;
  const position = values.position_en || values.position_ru;
  return {
    row,
    givenName: values.given_name ?? '',
    familyName: values.family_name ?? '',
    givenNameRu: text('given_name_ru'),
    familyNameRu: text('family_name_ru'),
    patronymicRu: text('patronymic_ru'),
    sex: text('sex') as PersonRow['sex'],
    institutionId: institutions.get(values.institution ?? '')?.id ?? '',
    email: (values.email ?? '').toLowerCase(),
    locale: values.locale as PersonRow['locale'],
    citizenship: text('citizenship'),
    occupation: text('role') as Role | null,
    position: position ? { en: values.position_en ?? '', ru: values.position_ru ?? '' } : null,
    researchArea: text('research_area'),
    orcid: text('orcid'),
    phone: text('phone'),
  };
}

/** An ORCID with its check digit, ISO 7064 11-2 (support.orcid.org, “Structure of the ORCID identifier”). */
export function isOrcid(text: string): boolean {
  const digits = text.replaceAll('-', '');
  if (!/^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$/.test(text)) return false;
  const total = [...digits.slice(0, 15)].reduce((sum, digit) => (sum + Number(digit)) * 2, 0);
  const check = (12 - (total % 11)) % 11;
  return digits.at(-1) === (check === 10 ? 'X' : String(check));
}
