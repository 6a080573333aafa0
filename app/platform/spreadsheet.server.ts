/**
 * What stands in a cell. `day` is a calendar date (`2026-05-19`) that a spreadsheet can sort and reckon with; `marked` is
 * text on gold, to be looked at before the paper goes out.
 */
export type SheetCell = string | number | null | { day: string } | { marked: string };

/** A sheet of a workbook. */
export type Sheet = {
  /** At most 31 characters, without `[ ] : * ? / \`, as spreadsheets want it. */
  name: string;
  /** Lines above the table: what it is, of which day. */
  above?: readonly string[];
  /** Width in characters. */
  columns: readonly { head: string; width: number }[];
  rows: readonly (readonly SheetCell[])[];
  /** Rows under the table, in bold: sums. */
  sums?: readonly (readonly SheetCell[])[];
};

const HEAD = '#f3f1ec';
const GOLD = '#fbeecb';
/** What a spreadsheet takes in one cell. */
const LONGEST = 32_767;

/**
 * Writes an XLSX workbook. What people typed stands in it as text, always: a cell that begins with `=`, `+`, `-`, `@` or
 * a tab is shown, never run. The library is loaded with the first workbook.
 */
export async function writeWorkbook(sheets: readonly Sheet[]): Promise<Uint8Array<ArrayBuffer>> {
  const { default: write } = await import('write-excel-file/node');
  const workbook = write(
    sheets.map(({ name, above = [], columns, rows, sums = [] }) => ({
      sheet: name,
      orientation: 'landscape' as const,
      stickyRowsCount: above.length + 1,
      columns: columns.map(({ width }) => ({ width })),
      data: [
        ...above.map((line) => [{ ...text(line), wrap: false, fontWeight: 'bold' as const }]),
        columns.map(({ head }) => ({ ...text(head), fontWeight: 'bold' as const, backgroundColor: HEAD })),
        ...rows.map((row) => row.map(cell)),
        ...sums.map((row) => row.map((one) => bold(cell(one)))),
      ],
    })),
  );
  return new Uint8Array(await workbook.toBuffer());
}

function cell(value: SheetCell) {
  if (value === null || value === '') return null;
  if (typeof value === 'number') return { value, type: Number, alignVertical: 'top' as const };
  if (typeof value === 'string') return text(value);
  if ('marked' in value) return { ...text(value.marked), backgroundColor: GOLD };
  return {
    value: new Date(`${value.day}T00:00:00Z`),
    type: Date,
    format: 'yyyy-mm-dd',
    alignVertical: 'top' as const,
  };
}

/** Text format as well as text type: a cell that is edited later does not turn into a formula. */
function text(value: string) {
  return {
    value: value.slice(0, LONGEST),
    type: String,
    format: '@',
    wrap: true,
    alignVertical: 'top' as const,
  };
}

function bold(styled: ReturnType<typeof cell>) {
  return styled && { ...styled, fontWeight: 'bold' as const };
}

/** An XLSX file as an answer; no browser and no proxy keeps it. */
export function sendWorkbook(name: string, bytes: Uint8Array<ArrayBuffer>): Response {
  return new Response(bytes, {
    headers: {
      'Content-Type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'Content-Disposition': `attachment; filename="${name}.xlsx"`,
      'Cache-Control': 'no-store',
    },
  });
}
