import { isCalendarDate } from './calendar.ts';

/** What a cell with a date says: the date, or why it is none. */
export type ReadDate =
  | { date: string }
  | { problem: 'dateForm' | 'noSuchDate' | 'dateOrder' | 'shortYear'; suggestion: string | null };

const pad = (text: string) => text.padStart(2, '0');

/**
 * Reads a date in the forms people write: `2026-05-19`, `19.05.2026`, `19/05/2026`, `19-05-2026`. Day first, as both
 * countries write it; a month above twelve says that somebody's spreadsheet turned it round.
 */
export function readDate(text: string): ReadDate {
  const iso = /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})$/.exec(text);
  if (iso) return existing(iso[1] ?? '', iso[2] ?? '', iso[3] ?? '');
  const written = /^(\d{1,2})[-./](\d{1,2})[-./](\d{2}|\d{4})(?: ?г\.?)?$/.exec(text);
  if (!written) return { problem: 'dateForm', suggestion: null };
  const [, day = '', month = '', year = ''] = written;
  if (year.length === 2) {
    const whole = existing(`20${year}`, month, day);
    return { problem: 'shortYear', suggestion: 'date' in whole ? whole.date : null };
  }
  return existing(year, month, day);
}

function existing(year: string, month: string, day: string): ReadDate {
  const date = `${year}-${pad(month)}-${pad(day)}`;
  if (isCalendarDate(date)) return { date };
  const turned = `${year}-${pad(day)}-${pad(month)}`;
  if (Number(month) > 12 && isCalendarDate(turned)) return { problem: 'dateOrder', suggestion: turned };
  // The last day of the month is what people mean by a 31st of February, but only they know.
  const last = [31, 30, 29, 28].map((one) => `${year}-${pad(month)}-${one}`).find(isCalendarDate);
  return { problem: 'noSuchDate', suggestion: Number(day) > 28 && Number(day) <= 31 ? (last ?? null) : null };
}

/** A date with a time by the clock of the place: “2026-05-19 03:55”. Seconds are dropped. */
export function readDateTime(
  text: string,
): { local: string } | { problem: string; suggestion: string | null } {
  const [, day = '', hour = '', minute = ''] = /^(\S+)[ T]+(\d{1,2}):(\d{2})(?::\d{2})?$/.exec(text) ?? [];
  if (day === '') return { problem: 'dateTimeForm', suggestion: null };
  if (Number(hour) > 23 || Number(minute) > 59) return { problem: 'noSuchTime', suggestion: null };
  const read = readDate(day);
  const time = `${pad(hour)}:${minute}`;
  if ('date' in read) return { local: `${read.date} ${time}` };
  return { problem: read.problem, suggestion: read.suggestion && `${read.suggestion} ${time}` };
}

/** Whether a spreadsheet would run the cell instead of showing it (OWASP, “CSV injection”). */
export function looksLikeFormula(text: string): boolean {
  return /^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d\s().,-]+$/.test(text);
}

/**
 * One of some words, whatever its capitals and its full stop, or by another spelling of it; null where none is meant.
 *
 * @param spellings other spellings in lower case, with the word they stand for
 */
export function meantWord<T extends string>(
  text: string,
  words: readonly T[],
  spellings: Readonly<Record<string, T>> = {},
): T | null {
  const bare = text.toLowerCase().replace(/[.\s]+$/, '');
  const spelt = Object.hasOwn(spellings, bare) ? spellings[bare] : undefined;
  return words.find((word) => word.toLowerCase() === bare) ?? spelt ?? null;
}

const COUNTRIES = new Map([
  ['INDIA', 'IND'],
  ['INDIAN', 'IND'],
  ['RUSSIA', 'RUS'],
  ['RUSSIAN', 'RUS'],
]);

/** The three letters of ISO 3166 that a cell means: `ind`, `India`; null where it cannot be told. */
export function meantCountry(text: string): string | null {
  const upper = text.toUpperCase();
  return COUNTRIES.get(upper) ?? (/^[A-Z]{3}$/.test(upper) ? upper : null);
}
