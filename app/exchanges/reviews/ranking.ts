import type { Side } from '#db/schema/shared.ts';

/** An application as the committee compares it: what its submitted reviews come to. */
export type Standing = {
  applicationId: string;
  reference: string;
  /** Where the applicant would go: places are counted by that side. */
  hostSide: Side;
  /** Mean of the reviews' weighted means, to two decimals, as it is shown; null without a review. */
  score: number | null;
  median: number | null;
  /** Distance between the highest and the lowest review: with two or three reviews it says more than a deviation. */
  spread: number | null;
  given: number;
  expected: number;
};

/** To two decimals: what is shown is what is compared, so that no hidden digit decides. */
const shownDigits = (value: number) => Math.round((value + Number.EPSILON) * 100) / 100;

/**
 * What the reviews of one application come to.
 *
 * @param means weighted mean of each submitted review.
 * @param expected how many reviews the call asks for.
 */
export function standingOf(
  of: Pick<Standing, 'applicationId' | 'reference' | 'hostSide'>,
  means: readonly number[],
  expected: number,
): Standing {
  // Sorted first: sums of the same numbers in another order differ in their last digit.
  const sorted = [...means].sort((a, b) => a - b);
  const given = sorted.length;
  const [lowest, highest] = [sorted[0], sorted.at(-1)];
  if (lowest === undefined || highest === undefined)
    return { ...of, score: null, median: null, spread: null, given, expected };
  const middle = given / 2;
  const median =
    given % 2 === 1
      ? (sorted[Math.floor(middle)] ?? 0)
      : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
  return {
    ...of,
    score: shownDigits(sorted.reduce((sum, mean) => sum + mean, 0) / given),
    median: shownDigits(median),
    spread: shownDigits(highest - lowest),
    given,
    expected,
  };
}

export type RankOutcome = 'selected' | 'reserve' | 'not-selected';
export type Ranked = Standing & { score: number; rank: number; outcome: RankOutcome; tied: boolean };

/** Applications of one side with the same score. */
export type Tie = {
  /** Names the tie in forms and content: side and score, `ru-433`. */
  key: string;
  score: number;
  applicationIds: string[];
  /** The committee has to put them in order: they lie on both sides of a cut, or on the reserve list. */
  toOrder: boolean;
  /** The order given names each of them. */
  ordered: boolean;
};

/**
 * The ranking of those who would go to one side: the best score first. Where applications are tied across a cut or on
 * the reserve list, the order is the committee's own and never the portal's; until it is given, such a tie is returned
 * as not `ordered`. Ties that change nothing share their rank. Independent of the order of the input.
 *
 * @param standings of one side; those without a score are left out.
 * @param order ids of tied applications as the committee ordered them.
 */
export function rankSide(
  standings: readonly Standing[],
  cut: { places: number; reserve: number },
  order: readonly string[] = [],
): { rows: Ranked[]; ties: Tie[] } {
  const place = new Map(order.map((id, index) => [id, index]));
  const scored = standings.filter((one): one is Standing & { score: number } => one.score !== null);
  const placeOf = (id: string) => place.get(id) ?? order.length;
  const sorted = scored.toSorted(
    (a, b) =>
      b.score - a.score ||
      placeOf(a.applicationId) - placeOf(b.applicationId) ||
      (a.applicationId < b.applicationId ? -1 : 1),
  );
  const outcomeAt = (index: number): RankOutcome => {
    if (index < cut.places) return 'selected';
    return index < cut.places + cut.reserve ? 'reserve' : 'not-selected';
  };
  const rows: Ranked[] = [];
  const ties: Tie[] = [];
  for (const [score, group] of Map.groupBy(sorted, (one) => one.score)) {
    const first = rows.length;
    const outcomes = new Set(group.map((_, index) => outcomeAt(first + index)));
    const tied = group.length > 1;
    const toOrder = tied && (outcomes.size > 1 || outcomes.has('reserve'));
    // An order nobody needs is not one: equals among the selected stay equals, whatever was typed.
    const members = toOrder ? group : group.toSorted((a, b) => (a.applicationId < b.applicationId ? -1 : 1));
    for (const [index, one] of members.entries()) {
      const rank = first + 1 + (toOrder ? index : 0);
      rows.push({ ...one, rank, outcome: outcomeAt(first + index), tied });
    }
    if (!tied) continue;
    ties.push({
      key: tieKey(group[0]?.hostSide ?? 'in', score),
      score,
      applicationIds: members.map((one) => one.applicationId),
      toOrder,
      ordered: group.every((one) => place.has(one.applicationId)),
    });
  }
  return { rows, ties };
}

/** Names a tie: `ru-433` for 4.33 among those who go to the Russian side. */
export const tieKey = (side: Side, score: number) => `${side}-${Math.round(score * 100)}`;
