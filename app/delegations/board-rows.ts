import { daysBetween } from '#app/platform/calendar.ts';
import { byUrgency, type Cell, firstToFail, type Tone, toneOf } from '#app/travel/assess-readiness.ts';

/** What a board can be narrowed to. */
export const BOARD_FILTERS = ['everyone', 'blocked', 'atRisk', 'ready', 'week'] as const;
export type BoardFilter = (typeof BOARD_FILTERS)[number];

export type Judged<T> = T & { cells: Cell[]; tone: Tone; first: Cell | null };

/** Adds the colour of a whole row and the cell that fails first. */
export function judge<T extends { cells: Cell[] }>(row: T): Judged<T> {
  return { ...row, tone: toneOf(row.cells), first: firstToFail(row.cells) };
}

const WEEK = 7;

/** Whether something has to be done within a week, or is overdue while it can still be done. */
function actThisWeek(row: Judged<unknown>, today: string): boolean {
  return (row as { cells: Cell[] }).cells.some(
    ({ tone, actBy }) =>
      (tone === 'risk' || tone === 'stop') &&
      actBy !== null &&
      daysBetween(today, actBy) <= WEEK &&
      daysBetween(today, actBy) >= 0,
  );
}

/** Rows that belong under a filter. */
export function underFilter<T extends { cells: Cell[] }>(
  rows: readonly Judged<T>[],
  filter: BoardFilter,
  today: string,
): Judged<T>[] {
  const belongs: Record<BoardFilter, (row: Judged<T>) => boolean> = {
    everyone: () => true,
    blocked: (row) => row.tone === 'stop',
    atRisk: (row) => row.tone === 'risk',
    ready: (row) => row.tone === 'ok',
    week: (row) => actThisWeek(row, today),
  };
  return rows.filter(belongs[filter]);
}

/** What fails first stands first; where two are alike, the order they came in stays. */
export function sortedByUrgency<T extends { cells: Cell[] }>(rows: readonly Judged<T>[]): Judged<T>[] {
  return [...rows].sort((a, b) => {
    if (a.first && b.first) return byUrgency(a.first, b.first);
    return (a.first ? 0 : 1) - (b.first ? 0 : 1);
  });
}

/** The requirements that at least one person of the board has to meet: its columns. */
export function columnsOf(rows: readonly { cells: Cell[] }[]): string[] {
  const codes = rows[0]?.cells.map((cell) => cell.code) ?? [];
  return codes.filter((_, index) => rows.some((row) => row.cells[index]?.reason !== 'notNeeded'));
}
