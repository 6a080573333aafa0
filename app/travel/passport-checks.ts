import { daysAfter, isCalendarDate, monthsAfter } from '#app/platform/calendar.ts';

/** Cyrillic capitals that look like Latin ones; Ё and й have none. */
const LOOK_ALIKES: Record<string, string> = {
  А: 'A',
  В: 'B',
  Е: 'E',
  І: 'I',
  Ј: 'J',
  К: 'K',
  М: 'M',
  Н: 'H',
  О: 'O',
  Р: 'P',
  С: 'C',
  Ѕ: 'S',
  Т: 'T',
  У: 'Y',
  Х: 'X',
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
  і: 'i',
  ѕ: 's',
};

const CYRILLIC = /\p{Script=Cyrillic}/u;

/** The Cyrillic letters in a text that ought to be Latin, each once. */
export function cyrillicLetters(text: string): string[] {
  return [...new Set([...text].filter((letter) => CYRILLIC.test(letter)))];
}

/** The text with Latin letters in place of those that look like them; null where a letter looks like none. */
export function withLatinLetters(text: string): string | null {
  const letters = [...text].map((letter) => LOOK_ALIKES[letter] ?? letter);
  return letters.some((letter) => CYRILLIC.test(letter)) ? null : letters.join('');
}

/** How long a passport must be valid beyond the last day of a stay in Russia, in months (FACTS, “Travel to Russia”). */
export const validityMonths = 6;

/** The day until which a passport has to be valid for a stay that ends on `leaves`. */
export function validityNeeded(leaves: string): string {
  return monthsAfter(leaves, validityMonths);
}

export const PASSPORT_PROBLEMS = [
  'missing',
  'lookAlike',
  'form',
  'noSuchIssue',
  'noSuchExpiry',
  'issuedLater',
  'expiresBeforeIssue',
  'endsEarly',
  'oddTerm',
] as const;
export type PassportProblemCode = (typeof PASSPORT_PROBLEMS)[number];

/** Something wrong with a passport; `suggestion` is what it probably should be, for a person to compare. */
export type PassportProblem = {
  field: 'number' | 'issued' | 'validUntil';
  code: PassportProblemCode;
  params: Record<string, string>;
  suggestion: string | null;
};

/** Terms for which passports are given out, in years; the last day is the one before the anniversary. */
const TERMS = [3, 5, 10];

/**
 * What is wrong with a passport as it was typed.
 *
 * @param passport dates as `YYYY-MM-DD`.
 * @param trip the last day of the stay and the day of the check.
 */
export function checkPassport(
  passport: { number: string; issued: string; validUntil: string },
  trip: { leaves: string; today: string },
): PassportProblem[] {
  const { number, issued, validUntil } = passport;
  if (number.trim() === '') return [problem('number', 'missing')];
  const problems = checkNumber(number);
  const dated = isCalendarDate(issued);
  if (!dated) problems.push(problem('issued', 'noSuchIssue', {}));
  else if (issued > trip.today) problems.push(problem('issued', 'issuedLater', { issued }));
  if (!isCalendarDate(validUntil)) return [...problems, problem('validUntil', 'noSuchExpiry')];
  const whole = dated ? lastDays(issued) : [];
  const probable = whole.at(-1) ?? null;
  if (dated && validUntil <= issued) {
    return [...problems, problem('validUntil', 'expiresBeforeIssue', { issued }, probable)];
  }
  const odd =
    dated && !whole.some((last) => Math.abs(Date.parse(last) - Date.parse(validUntil)) <= 2 * 86_400_000);
  const needed = validityNeeded(trip.leaves);
  if (validUntil < needed) {
    problems.push(problem('validUntil', 'endsEarly', { validUntil, needed }, odd ? probable : null));
  } else if (odd) problems.push(problem('validUntil', 'oddTerm', { issued, validUntil }, probable));
  return problems;
}

function checkNumber(number: string): PassportProblem[] {
  const letters = cyrillicLetters(number);
  if (letters.length > 0) {
    return [problem('number', 'lookAlike', { letters: letters.join(', ') }, withLatinLetters(number))];
  }
  const bare = number.replaceAll(/[\s-]/g, '').toUpperCase();
  if (!/^[A-Z0-9]{5,20}$/.test(bare)) return [problem('number', 'form')];
  return [];
}

function lastDays(issued: string): string[] {
  return TERMS.map((years) => daysAfter(monthsAfter(issued, years * 12), -1));
}

function problem(
  field: PassportProblem['field'],
  code: PassportProblemCode,
  params: Record<string, string> = {},
  suggestion: string | null = null,
): PassportProblem {
  return { field, code, params, suggestion };
}
