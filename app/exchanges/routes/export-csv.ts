import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import { say, signedIn, state } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { EXPORT_COLUMNS, exportCells } from '../export-cells.ts';
import { readListFilter } from '../list-filter.ts';
import { exportApplications } from '../list-queries.ts';
import type { Route } from './+types/export-csv';

/** More than the portal will ever hold; the list streams, so this bounds no memory. */
const MOST = 1_000_000;

/**
 * The filtered list as CSV in UTF-8 with its mark, separated as spreadsheets of the reader's language expect (`;` where
 * the comma is the decimal sign). What begins like a formula is escaped.
 */
export async function loader({ context }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { locale, url } = state(context);
  const word = say(context);
  const filter = readListFilter(url.searchParams);
  async function* lines() {
    yield EXPORT_COLUMNS.map(([key]) => word(`exchanges:export.${key}`));
    for await (const row of exportApplications(platform().db, actor, filter, locale, MOST)) {
      const { texts, days } = exportCells(row, actor.side ?? 'ru', word(`exchanges:state.${row.stage}`));
      yield [...texts, ...days];
    }
  }
  const csv = Readable.from(lines()).compose(
    stringify({ bom: true, delimiter: locale === 'ru' ? ';' : ',', escape_formulas: true }),
  );
  return new Response(Readable.toWeb(csv as Readable) as ReadableStream<Uint8Array>, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="exchanges.csv"',
      'Cache-Control': 'no-store',
    },
  });
}
