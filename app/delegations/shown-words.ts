import { shownValue } from '#app/travel/readiness-words.ts';
import type { Language } from '#app/ui/language.ts';
import type { Say } from '#app/ui/say.ts';
import type { ListProblem } from './delegation-problems.ts';

/** What is wrong with a cell of a list, in the reader's language. */
export function problemOf(problem: ListProblem, language: Language, t: Say): string {
  const params = Object.fromEntries(
    Object.entries(problem.params).map(([name, value]) => [name, shownValue(value, language)]),
  );
  return t(`delegations:problem.${problem.code}`, params);
}
