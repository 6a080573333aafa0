import { limit } from '#app/platform/outcome.ts';
import { say, shown, signedIn, state } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { type SheetCell, sendWorkbook, writeWorkbook } from '#app/platform/spreadsheet.server.ts';
import { calendarDateOf, formatDate } from '#app/ui/format-when.ts';
import { EXPORT_COLUMNS, exportCells } from '../export-cells.ts';
import { readListFilter } from '../list-filter.ts';
import { exportApplications } from '../list-queries.ts';
import type { Route } from './+types/export-xlsx';

/** A workbook is built in memory; a longer list is downloaded as CSV, which streams. */
const MOST = 10_000;

/** The filtered list of the institutions the actor coordinates, as a workbook. */
export async function loader({ context }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { locale, now, url } = state(context);
  const word = say(context);
  const side = actor.side ?? 'ru';
  return shown(context, async () => {
    const rows: SheetCell[][] = [];
    const filter = readListFilter(url.searchParams);
    for await (const row of exportApplications(platform().db, actor, filter, locale, MOST + 1)) {
      const { texts, days } = exportCells(row, side, word(`exchanges:state.${row.stage}`));
      rows.push([...texts, ...days.map((day) => day && { day })]);
    }
    if (rows.length > MOST) throw limit('exchanges.exportTooLarge', { params: { most: MOST } });
    const date = formatDate(calendarDateOf(now, side), locale);
    const bytes = await writeWorkbook([
      {
        name: word('exchanges:export.sheet'),
        above: [word('exchanges:export.above', { date })],
        columns: EXPORT_COLUMNS.map(([key, width]) => ({ head: word(`exchanges:export.${key}`), width })),
        rows,
      },
    ]);
    return sendWorkbook('exchanges', bytes);
  });
}
