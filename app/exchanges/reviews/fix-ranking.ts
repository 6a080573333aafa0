import type { PersonActor } from '#app/platform/actor.ts';
import { notify } from '#app/platform/notify.server.ts';
import { invalid, stale } from '#app/platform/outcome.ts';
import { lengthOf, plainText } from '#app/platform/plain-text.ts';
import { addVersion, currentVersion } from '#app/platform/versions.server.ts';
import type { Db } from '#db/client.server.ts';
import type { LocalizedText, Side } from '#db/schema/shared.ts';
import type { Call } from '../scope.ts';
import { committeeOf } from './committee-people.ts';
import type { Standing, Tie } from './ranking.ts';
import {
  type Choices,
  placesOf,
  RANKING,
  RANKING_SCHEMA_VERSION,
  type RankingContent,
  rankingSides,
  standingsHash,
} from './ranking-content.ts';
import { toSignMessage } from './review-messages.ts';
import { lockCommitteeCall } from './review-scope.ts';
import { isBlocked, rankingState } from './standing-queries.ts';

const TEXT_MAX = 6000;
const REASON_MAX = 2000;
const RESERVE_MAX = 500;

/** What the form of the protocol sends, by field: `reserve.ru`, `text.en`, `order.EX-2026-0042`, `tie.ru-433.en`. */
export type TypedRanking = Record<string, string | undefined>;

/**
 * The committee fixes the ranking protocol: the reserve lists, the order of ties that decide something with its reason,
 * and the text in both languages. A new version voids the signatures given to the one before.
 *
 * @param input.standings hash of the standings on the screen; `input.hash` that of the version, empty where none was.
 * @throws Refusal `invalid` naming the fields, or with `reviews.notComplete` while something is missing; `stale` when
 *   the reviews or the protocol changed meanwhile; `forbidden`, `not-found`.
 */
export async function fixRanking(
  db: Db,
  actor: PersonActor,
  input: { reference: string; standings: string; hash: string; typed: TypedRanking },
  now = new Date(),
): Promise<{ number: number }> {
  return db.transaction(async (tx) => {
    const found = await lockCommitteeCall(tx, actor, input.reference);
    if (found.state !== 'in-review') throw stale('staleState');
    const { standings, blockers } = await rankingState(tx, found, now);
    const before = await currentVersion(tx, RANKING, found.id);
    if ((before?.hash ?? '') !== input.hash) throw stale();
    if (standingsHash(standings) !== input.standings) throw stale('reviews.standingsChanged');
    if (isBlocked(blockers)) throw invalid('reviews.notComplete');
    const content: RankingContent = { call: found.reference, ...readProtocol(found, standings, input.typed) };
    const added = await addVersion(tx, {
      subjectType: RANKING,
      subjectId: found.id,
      schemaVersion: RANKING_SCHEMA_VERSION,
      content,
      createdBy: actor,
      institutionId: actor.institutionId,
    });
    await notify(tx, toSignMessage, {
      to: await committeeOf(tx, found, actor.personId),
      params: { call: found.reference },
      cause: `ranking:${added.id}`,
      institutionId: actor.institutionId,
    });
    return { number: added.number };
  });
}

function readProtocol(
  found: Call,
  standings: readonly Standing[],
  typed: TypedRanking,
): Pick<RankingContent, 'text' | 'sides'> {
  const fields: Record<string, string[]> = {};
  const text = readBoth(typed, 'text', TEXT_MAX, fields);
  const reserve: Partial<Record<Side, number>> = {};
  for (const { side } of placesOf(found)) reserve[side] = readReserve(typed, side, fields);
  const referenceOf = new Map(standings.map((one) => [one.applicationId, one.reference]));
  const ties: Record<string, { order: string[]; reason: LocalizedText }> = {};
  for (const tie of rankingSides(found, standings, { reserve, ties }).ties) {
    if (!tie.toOrder) continue;
    const order = readOrder(typed, tie, referenceOf, fields);
    ties[tie.key] = { order, reason: readBoth(typed, `tie.${tie.key}`, REASON_MAX, fields) };
  }
  if (Object.keys(fields).length > 0) throw invalid('invalid', { fields });
  const choices: Choices = { reserve, ties };
  return { text, sides: rankingSides(found, standings, choices).sides };
}

function readReserve(typed: TypedRanking, side: Side, fields: Record<string, string[]>): number {
  const name = `reserve.${side}`;
  const value = Number(typed[name]?.trim() || '0');
  if (Number.isInteger(value) && value >= 0 && value <= RESERVE_MAX) return value;
  fields[name] = ['number'];
  return 0;
}

/** Places 1, 2, 3 … of those who are tied, each once. */
function readOrder(
  typed: TypedRanking,
  tie: Tie,
  referenceOf: ReadonlyMap<string, string>,
  fields: Record<string, string[]>,
): string[] {
  const numbered = tie.applicationIds.map((id) => {
    const name = `order.${referenceOf.get(id) ?? ''}`;
    return { id, name, at: Number(typed[name]?.trim() || Number.NaN) };
  });
  const wanted = tie.applicationIds.map((_, index) => index + 1);
  const given = numbered.map((one) => one.at).toSorted((a, b) => a - b);
  if (wanted.some((at, index) => given[index] !== at)) {
    for (const { name } of numbered) fields[name] = ['reviews.orderTie'];
  }
  return numbered.toSorted((a, b) => a.at - b.at).map((one) => one.id);
}

function readBoth(
  typed: TypedRanking,
  name: string,
  max: number,
  fields: Record<string, string[]>,
): LocalizedText {
  const read = { en: '', ru: '' };
  for (const language of ['en', 'ru'] as const) {
    const field = `${name}.${language}`;
    const text = plainText(typed[field] ?? '');
    if (text === '') fields[field] = ['required'];
    else if (lengthOf(text) > max) fields[field] = ['exchanges.textTooLong'];
    read[language] = text;
  }
  return read;
}
