import type { Rubric } from '#db/schema/exchanges.ts';
import type { LocalizedText } from '#db/schema/shared.ts';

/** A grade that can be given, with its text where the call gives one. */
export type Grade = { value: number; text: LocalizedText | null };

/** The grades of a rubric's scale, the lowest first: whole steps, and whatever else the call describes. */
export function gradesOf(rubric: Pick<Rubric, 'scale' | 'grades'>): Grade[] {
  const { min, max } = rubric.scale;
  const texts = new Map(rubric.grades.map((grade) => [grade.value, grade.text]));
  const values = new Set(texts.keys());
  for (let value = Math.ceil(min); value <= max; value += 1) values.add(value);
  return [...values]
    .filter((value) => value >= min && value <= max)
    .sort((a, b) => a - b)
    .map((value) => ({ value, text: texts.get(value) ?? null }));
}

/**
 * The mean of one review's grades by the weights of the criteria.
 *
 * @param scores grade by code of the criterion.
 * @returns null while a criterion has no grade.
 */
export function weightedMean(
  scores: Readonly<Record<string, number>>,
  rubric: Pick<Rubric, 'criteria'>,
): number | null {
  let sum = 0;
  let weights = 0;
  for (const { code, weight } of rubric.criteria) {
    const score = scores[code];
    if (score === undefined) return null;
    sum += score * weight;
    weights += weight;
  }
  return weights > 0 ? sum / weights : null;
}
