import { z } from 'zod';
import { canonicalJson, contentHash } from '#app/platform/canonical.ts';
import type { LocalizedText, Side } from '#db/schema/shared.ts';
import type { Call } from '../scope.ts';
import { type RankOutcome, rankSide, type Standing, type Tie } from './ranking.ts';

/** What versions of a ranking are kept under; the subject's id is that of the call. */
export const RANKING = 'ranking';
/** Number of the shape of `RankingContent`; grows when the shape changes, so that old versions stay readable. */
export const RANKING_SCHEMA_VERSION = 1;

const both = z.object({ en: z.string(), ru: z.string() });
const side = z.enum(['in', 'ru']);

/**
 * What both coordinators sign. Applications are named by id and reference; the names of their people are read when the
 * protocol is shown or printed, so that nobody's name stands in a text that can never be changed.
 */
export const rankingSchema = z.object({
  call: z.string(),
  text: both,
  sides: z.array(
    z.object({
      side,
      places: z.number(),
      reserve: z.number(),
      rows: z.array(
        z.object({
          applicationId: z.string(),
          reference: z.string(),
          score: z.number(),
          median: z.number(),
          spread: z.number(),
          given: z.number(),
          expected: z.number(),
          rank: z.number(),
          outcome: z.enum(['selected', 'reserve', 'not-selected']),
          tied: z.boolean(),
        }),
      ),
      ties: z.array(z.object({ score: z.number(), references: z.array(z.string()), reason: both })),
    }),
  ),
});
export type RankingContent = z.output<typeof rankingSchema>;
export type SideRanking = RankingContent['sides'][number];

/** How the committee orders its ties, and how long it makes the reserve lists. */
export type Choices = {
  reserve: Partial<Record<Side, number>>;
  /** By key of the tie: the applications in order, and why. */
  ties: Readonly<Record<string, { order: readonly string[]; reason: LocalizedText }>>;
};

/** The sides to which a call sends people, with the places there. */
export function placesOf(of: Pick<Call, 'placesToIn' | 'placesToRu'>): { side: Side; places: number }[] {
  const all = [
    { side: 'in' as const, places: of.placesToIn },
    { side: 'ru' as const, places: of.placesToRu },
  ];
  return all.filter((one) => one.places > 0);
}

/**
 * The rankings of a call's sides under the committee's choices.
 *
 * @returns the sides as they go into the version, and every tie with whether it still has to be ordered.
 */
export function rankingSides(
  of: Pick<Call, 'placesToIn' | 'placesToRu'>,
  standings: readonly Standing[],
  choices: Choices,
): { sides: SideRanking[]; ties: (Tie & { side: Side })[] } {
  const ties: (Tie & { side: Side })[] = [];
  const sides = placesOf(of).map(({ side: at, places }) => {
    const reserve = choices.reserve[at] ?? 0;
    const order = Object.values(choices.ties).flatMap((tie) => tie.order);
    const own = standings.filter((one) => one.hostSide === at);
    const ranked = rankSide(own, { places, reserve }, order);
    ties.push(...ranked.ties.map((tie) => ({ ...tie, side: at })));
    return {
      side: at,
      places,
      reserve,
      rows: ranked.rows.map(({ hostSide: _side, median, spread, ...row }) => ({
        ...row,
        outcome: row.outcome as RankOutcome,
        median: median ?? row.score,
        spread: spread ?? 0,
      })),
      ties: ranked.ties
        .filter((tie) => tie.toOrder && tie.ordered)
        .map((tie) => ({
          score: tie.score,
          references: tie.applicationIds.map(
            (id) => own.find((one) => one.applicationId === id)?.reference ?? '',
          ),
          reason: choices.ties[tie.key]?.reason ?? { en: '', ru: '' },
        })),
    };
  });
  return { sides, ties };
}

/** Names what the committee had before it when it filled the form. */
export const standingsHash = (standings: readonly Standing[]) => contentHash({ standings: [...standings] });

/**
 * Whether a fixed ranking still says what the reviews say: an application that was withdrawn, a review that was
 * reopened, or one more that came in make another ranking.
 */
export function isUpToDate(
  content: RankingContent,
  of: Pick<Call, 'placesToIn' | 'placesToRu'>,
  standings: readonly Standing[],
): boolean {
  const rows = (sides: readonly SideRanking[]) =>
    canonicalJson(sides.map((one) => ({ side: one.side, places: one.places, rows: one.rows })));
  return rows(rankingSides(of, standings, choicesOf(content, standings)).sides) === rows(content.sides);
}

/** What the committee chose in a protocol, to be held against the standings of another moment. */
export function choicesOf(content: RankingContent, standings: readonly Standing[]): Choices {
  const idOf = new Map(standings.map((one) => [one.reference, one.applicationId]));
  return {
    reserve: Object.fromEntries(content.sides.map((one) => [one.side, one.reserve])),
    ties: Object.fromEntries(
      content.sides.flatMap((one) =>
        one.ties.map((tie) => [
          `${one.side}-${tie.score}`,
          { order: tie.references.map((reference) => idOf.get(reference) ?? reference), reason: tie.reason },
        ]),
      ),
    ),
  };
}
