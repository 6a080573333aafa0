import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rubricProblems, weightsOf } from './rubric-schema.ts';

const both = (text: string) => ({ en: text, ru: text });
const rubricOf = (weights: readonly number[]) => ({
  scale: { min: 1, max: 3 },
  criteria: weights.map((weight, index) => ({ code: `c${index}`, title: both('Plan'), weight })),
  grades: [1, 2, 3].map((value) => ({ value, text: both('Good') })),
});
const reasons = (rubric: Parameters<typeof rubricProblems>[0]) =>
  rubricProblems(rubric).map(({ reason }) => reason);

/** A hundred per cent cut into so many parts, each of one at least. */
const whole = fc
  .uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 5 })
  .map((cuts) => [0, ...cuts.sort((a, b) => a - b), 100])
  .map((cuts) => cuts.slice(1).map((cut, index) => cut - (cuts[index] ?? 0)));

describe('a rubric', () => {
  it('is right with weights that make a hundred, however they are cut', () => {
    fc.assert(fc.property(whole, (weights) => reasons(rubricOf(weights)).length === 0));
  });

  it('is wrong by a single per cent', () => {
    fc.assert(
      fc.property(whole, fc.nat({ max: 5 }), fc.constantFrom(-1, 1), (weights, at, by) => {
        const changed = weights.map((weight, index) =>
          index === at % weights.length ? weight + by : weight,
        );
        expect(weightsOf(rubricOf(changed).criteria)).toBe(100 + by);
        expect(reasons(rubricOf(changed))).toEqual(['exchanges.weightsSum']);
      }),
    );
  });

  it('is right for any order of its criteria', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 6 }), (weights) => {
        expect(reasons(rubricOf([...weights].reverse()))).toEqual(reasons(rubricOf(weights)));
      }),
    );
  });

  it('needs a rising scale, a text for each of its grades, and criteria that differ', () => {
    const right = rubricOf([60, 40]);
    expect(reasons({ ...right, scale: { min: 3, max: 3 } })).toEqual(['exchanges.scaleBackwards']);
    expect(reasons({ ...right, scale: { min: 1, max: 4 } })).toEqual(['exchanges.gradesMissing']);
    const [first] = right.criteria;
    if (!first) throw new Error('No criterion');
    const twice = {
      ...right,
      criteria: [
        { ...first, weight: 50 },
        { ...first, weight: 50 },
      ],
    };
    expect(reasons(twice)).toEqual(['exchanges.criteriaTwice']);
  });
});
