import { cyrillicName, latinName } from '#app/people/person-name.ts';
import { calendarDateOf } from '#app/ui/format-when.ts';
import type { Side } from '#db/schema/shared.ts';
import type { ExportRow } from './list-queries.ts';

/** The columns of an exported list in their order, with their width in characters; heads are `exchanges:export.*`. */
export const EXPORT_COLUMNS = [
  ['reference', 14],
  ['call', 14],
  ['latin', 26],
  ['cyrillic', 30],
  ['home', 22],
  ['host', 22],
  ['title', 46],
  ['stage', 24],
  ['since', 12],
  ['due', 12],
  ['startsOn', 12],
  ['endsOn', 12],
] as const;

/** The cells of a row: texts as they were typed, then calendar dates of the reader's side. */
export function exportCells(row: ExportRow, side: Side, stage: string) {
  const day = (instant: string | null) => (instant ? calendarDateOf(instant, side) : null);
  return {
    texts: [row.reference, row.call, latinName(row), cyrillicName(row), row.home, row.host, row.title, stage],
    days: [day(row.stateAt), day(row.dueAt), row.startsOn, row.endsOn],
  };
}
