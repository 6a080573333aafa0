import type { ListProblem } from './delegation-problems.ts';

type Sharer = {
  row: number;
  email: string;
  shareWith: string | null;
  roomWish: 'single' | 'twin' | null;
  /** Their address has to be put right first. */
  unsure?: boolean;
};

/**
 * Who wants to share with whom: it counts only where each has named the other. All of it is a note: the people are
 * imported, and the rooming list gives each a bed of their own room until both agree.
 *
 * Nobody is suggested to two people, nor are both of a pair: whoever takes every suggestion ends with pairs.
 */
export function checkSharing(rows: readonly Sharer[]): ListProblem[] {
  const byEmail = new Map<string, Sharer>();
  const namedBy = new Map<string, Sharer[]>();
  for (const one of rows) {
    // A second row of the same person was named as such; the first one counts.
    if (byEmail.has(one.email)) continue;
    byEmail.set(one.email, one);
    if (one.shareWith) namedBy.set(one.shareWith, [...(namedBy.get(one.shareWith) ?? []), one]);
  }
  const promised = new Set<string>();
  return [...byEmail.values()].flatMap((one) => {
    const { row, shareWith } = one;
    if (!shareWith) return [];
    const note = (
      code: 'shareSelf' | 'shareSingle' | 'shareUnknown' | 'shareNotMutual',
      suggestion: string | null,
      params: ListProblem['params'] = {},
    ): ListProblem[] => [
      { row, column: 'share_with', code, weight: 'note', value: shareWith, suggestion, params },
    ];
    if (shareWith === one.email) return note('shareSelf', null);
    if (one.roomWish === 'single') return note('shareSingle', null);
    const other = byEmail.get(shareWith);
    if (other?.shareWith === one.email && other.roomWish !== 'single') return [];
    const isFree = (who: Sharer) => !who.unsure && !promised.has(who.email);
    const suitor = (namedBy.get(one.email) ?? [])
      .filter((who) => who.email !== one.email && who.roomWish === 'twin')
      .find((who) => isFree(one) && isFree(who));
    for (const { email } of suitor ? [one, suitor] : []) promised.add(email);
    if (!other) return note('shareUnknown', suitor?.email ?? null);
    return note('shareNotMutual', suitor?.email ?? null, { other: shareWith });
  });
}
