import { z } from 'zod';
import { bothLanguages, TITLE_MAX } from '../schemas.ts';

/** Criteria a rubric can have; the form shows so many rows. */
export const CRITERIA_MAX = 6;
/** The highest grade there can be; with the lowest being 0, eleven grades. */
export const GRADE_MAX = 10;

const grade = z.coerce
  .number('number')
  .int('number')
  .min(0, 'exchanges.gradeRange')
  .max(GRADE_MAX, 'exchanges.gradeRange');

const criterion = z.object({
  code: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: bothLanguages(TITLE_MAX),
  weight: z.coerce
    .number('number')
    .int('exchanges.weightWhole')
    .min(1, 'exchanges.weightRange')
    .max(100, 'exchanges.weightRange'),
});

/** The shape of a rubric (критерии экспертизы): weights in per cent, the text of each grade in both languages. */
export const rubricShape = z.object({
  scale: z.object({ min: grade, max: grade }),
  criteria: z.array(criterion).min(1, 'exchanges.giveCriteria').max(CRITERIA_MAX),
  grades: z.array(z.object({ value: z.number(), text: bothLanguages(TITLE_MAX) })).max(GRADE_MAX + 1),
});
type RubricShape = z.output<typeof rubricShape>;

/**
 * What is wrong with a rubric whose parts are each right: the reason, and where. Weights add up to a hundred, the
 * scale rises, and every grade of it says what it stands for, so that two reviewers mean the same by one number.
 */
export function rubricProblems(rubric: RubricShape): { path: (string | number)[]; reason: string }[] {
  const problems: { path: (string | number)[]; reason: string }[] = [];
  const { scale, criteria, grades } = rubric;
  if (weightsOf(criteria) !== 100) problems.push({ path: ['criteria'], reason: 'exchanges.weightsSum' });
  const codes = criteria.map(({ code }) => code);
  if (new Set(codes).size < codes.length)
    problems.push({ path: ['criteria'], reason: 'exchanges.criteriaTwice' });
  if (scale.min >= scale.max) problems.push({ path: ['scale', 'max'], reason: 'exchanges.scaleBackwards' });
  const values = gradesOf(scale);
  if (values.length > 0 && String(grades.map(({ value }) => value)) !== String(values)) {
    problems.push({ path: ['grades'], reason: 'exchanges.gradesMissing' });
  }
  return problems;
}

/** The sum of the weights, in per cent. */
export const weightsOf = (criteria: readonly { weight: number }[]) =>
  criteria.reduce((sum, { weight }) => sum + weight, 0);

/** The grades of a scale, the lowest first; none where it does not rise. */
export function gradesOf(scale: { min: number; max: number }): number[] {
  const { min, max } = scale;
  if (!Number.isInteger(min) || !Number.isInteger(max) || min < 0 || max > GRADE_MAX || min >= max) return [];
  return Array.from({ length: max - min + 1 }, (_, index) => min + index);
}
