import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

export interface Column<Row> {
  /** Unique in the table. */
  key: string;
  head: string;
  cell: (row: Row) => ReactNode;
  /** `end` for numbers. */
  align?: 'end' | 'center';
  /** The cell that names the row; the first column unless one says so. */
  rowHeader?: boolean;
  /** `aria-sort` of the column, with `sortHref` the head is a link that sorts. */
  sort?: 'ascending' | 'descending' | 'none';
  sortHref?: string;
}

interface DataTableProps<Row> {
  /** Names the table; hidden from sight where a heading above already says it. */
  caption: string;
  captionShown?: boolean;
  columns: Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** On a phone a row becomes a card, or (a board of many small cells) the table scrolls inside its own frame. */
  phone?: 'cards' | 'scroll';
  /** Rows that should be noticed. */
  rowTone?: (row: Row) => 'risk' | 'stop' | undefined;
  /** Shown in place of an empty table. */
  empty?: ReactNode;
}

/** A table that breathes, keeps its heads in sight and never makes the page scroll sideways. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, captionShown = false, columns, rows, rowKey, phone = 'cards', rowTone, empty } = props;
  if (rows.length === 0 && empty !== undefined) return <>{empty}</>;
  const header = columns.find((column) => column.rowHeader) ?? columns[0];
  const align = (column: Column<Row>) => column.align && `to-${column.align}`;
  // Where rows become cards, each cell brings its column's head along.
  const label = (column: Column<Row>) => (phone === 'cards' ? column.head : undefined);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reachable by the keyboard
    <section className={classNames('frame', phone)} aria-label={caption} tabIndex={0}>
      <table>
        <caption className={captionShown ? undefined : 'sr-only'}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={align(column)} aria-sort={column.sort}>
                {column.sortHref ? <a href={column.sortHref}>{column.head}</a> : column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className={rowTone?.(row)}>
              {columns.map((column) =>
                column === header ? (
                  <th key={column.key} scope="row" className={align(column)}>
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.key} className={align(column)} data-label={label(column)}>
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
