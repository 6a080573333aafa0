import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankSide, type Standing, standingOf } from './ranking.ts';
import { gradesOf, weightedMean } from './rubric.ts';

const both = (text: string) => ({ en: text, ru: text });
const standing = (id: string, ...means: number[]): Standing =>
  standingOf({ applicationId: id, reference: id, hostSide: 'ru' }, means, 2);

/** Few different means, so that ties are common. */
const standings = fc
  .array(fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }), { maxLength: 12 })
  .map((all) => all.map((means, index) => standing(`a${String(index).padStart(2, '0')}`, ...means)));
const cuts = fc.record({ places: fc.nat(5), reserve: fc.nat(4) });

describe('a rubric', () => {
  const rubric = {
    scale: { min: 1, max: 4 },
    criteria: [
      { code: 'merit', title: both('Merit'), weight: 60 },
      { code: 'plan', title: both('Plan'), weight: 40 },
    ],
    grades: [{ value: 1, text: both('weak') }],
  };

  it('weighs the grades of a review, once all are given', () => {
    expect(weightedMean({ merit: 5, plan: 3 }, rubric)).toBeCloseTo(4.2, 10);
    expect(weightedMean({ merit: 5 }, rubric)).toBeNull();
    expect(weightedMean({}, { criteria: [] })).toBeNull();
  });

  it('has a mean between its lowest and its highest grade', () => {
    const grade = fc.integer({ min: 1, max: 4 });
    fc.assert(
      fc.property(grade, grade, (merit, plan) => {
        const mean = weightedMean({ merit, plan }, rubric) ?? Number.NaN;
        expect(mean).toBeGreaterThanOrEqual(Math.min(merit, plan) - 1e-9);
        expect(mean).toBeLessThanOrEqual(Math.max(merit, plan) + 1e-9);
      }),
    );
  });

  it('offers every whole step of its scale, with the text where there is one', () => {
    expect(gradesOf(rubric).map((grade) => [grade.value, grade.text?.en])).toEqual([
      [1, 'weak'],
      [2, undefined],
      [3, undefined],
      [4, undefined],
    ]);
  });
});

describe('what reviews come to', () => {
  it('is mean, median and the distance of the extremes, to two decimals', () => {
    expect(standing('a', 4.2, 3, 5)).toMatchObject({ score: 4.07, median: 4.2, spread: 2, given: 3 });
    expect(standing('a', 4, 3)).toMatchObject({ score: 3.5, median: 3.5, spread: 1 });
    expect(standing('a', 1.005)).toMatchObject({ score: 1.01, spread: 0 });
    expect(standing('a')).toMatchObject({ score: null, median: null, spread: null, given: 0, expected: 2 });
  });

  it('does not depend on which review came first', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1, max: 5, noNaN: true }), { maxLength: 6 }), (means) => {
        expect(standing('a', ...means.toReversed())).toEqual(standing('a', ...means));
      }),
    );
  });
});

describe('a ranking', () => {
  it('goes by score, fills places, then the reserve, and leaves nobody out who has a score', () => {
    fc.assert(
      fc.property(standings, cuts, (all, cut) => {
        const { rows } = rankSide(all, cut);
        const scored = all.filter((one) => one.score !== null);
        expect(rows.map((row) => row.applicationId).toSorted()).toEqual(
          scored.map((one) => one.applicationId).toSorted(),
        );
        for (const [index, row] of rows.entries()) {
          const before = rows[index - 1];
          if (before) {
            expect(before.score).toBeGreaterThanOrEqual(row.score);
            expect(before.rank).toBeLessThanOrEqual(row.rank);
          }
        }
        const count = (outcome: string) => rows.filter((row) => row.outcome === outcome).length;
        expect(count('selected')).toBe(Math.min(cut.places, rows.length));
        expect(count('reserve')).toBe(Math.min(cut.reserve, Math.max(0, rows.length - cut.places)));
      }),
    );
  });

  it('is the same in whatever order the applications come', () => {
    fc.assert(
      fc.property(standings, cuts, fc.array(fc.nat(11)), (all, cut, picks) => {
        const order = [...new Set(picks.map((pick) => `a${String(pick).padStart(2, '0')}`))];
        expect(rankSide(all.toReversed(), cut, order)).toEqual(rankSide(all, cut, order));
      }),
    );
  });

  it('marks every tie, and asks for an order exactly where it would decide something', () => {
    fc.assert(
      fc.property(standings, cuts, (all, cut) => {
        const { rows, ties } = rankSide(all, cut);
        for (const [score, group] of Map.groupBy(rows, (row) => row.score)) {
          const tie = ties.find((one) => one.score === score);
          expect(group.every((row) => row.tied === group.length > 1)).toBe(true);
          expect(tie !== undefined).toBe(group.length > 1);
          if (!tie) continue;
          const outcomes = new Set(group.map((row) => row.outcome));
          expect(tie.toOrder).toBe(outcomes.size > 1 || outcomes.has('reserve'));
          // Equals that nothing separates stand on one rank; where an order decides, each has a rank of its own.
          expect(new Set(group.map((row) => row.rank)).size).toBe(tie.toOrder ? group.length : 1);
        }
      }),
    );
  });

  it('gives those on the reserve list ranks of their own: one of them is called first', () => {
    fc.assert(
      fc.property(standings, cuts, (all, cut) => {
        const ranks = rankSide(all, cut)
          .rows.filter((row) => row.outcome === 'reserve')
          .map((row) => row.rank);
        expect(new Set(ranks).size).toBe(ranks.length);
      }),
    );
  });

  it('takes the committee’s order of a tie at the cut, and never against a score', () => {
    const all = [standing('a', 4), standing('b', 4), standing('c', 5), standing('d', 3)];
    const cut = { places: 2, reserve: 1 };
    const open = rankSide(all, cut);
    expect(open.ties).toMatchObject([{ key: 'ru-400', toOrder: true, ordered: false }]);
    const ordered = rankSide(all, cut, ['d', 'b', 'a']);
    expect(ordered.ties).toMatchObject([{ toOrder: true, ordered: true, applicationIds: ['b', 'a'] }]);
    expect(ordered.rows.map((row) => [row.applicationId, row.rank, row.outcome])).toEqual([
      ['c', 1, 'selected'],
      ['b', 2, 'selected'],
      ['a', 3, 'reserve'],
      ['d', 4, 'not-selected'],
    ]);
  });
});
