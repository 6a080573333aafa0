import { parse } from 'csv-parse/sync';
import { invalid } from './outcome.ts';

export type Table = {
  encoding: 'UTF-8' | 'Windows-1251';
  separator: ',' | ';' | '\t';
  header: string[];
  /** `row` is the number a spreadsheet shows: the header is row 1. */
  rows: TableRow[];
};

export type TableRow = {
  row: number;
  values: Record<string, string>;
  /** Columns whose cell had spaces around it; they are not in `values`. */
  padded?: string[];
};

/** More rows than any list of people here has; a larger file is a mistake. */
const MAX_ROWS = 20_000;

/**
 * Reads a table as people send it: UTF-8 with or without mark, or Windows-1251 from a Russian-locale
 * spreadsheet; separated by commas, semicolons or tabs. The header row says which.
 *
 * @throws Refusal `invalid` with `table.empty`, `table.notTable`, `table.malformed`, `table.tooMany` or `table.columnTwice`
 */
export function readTable(bytes: Uint8Array): Table {
  if (bytes.length === 0) throw invalid('table.empty');
  if (bytes.includes(0)) throw invalid('table.notTable');
  const { encoding, text } = decode(bytes);
  const separator = separatorOf(text);
  const records = parsed(text, separator);
  const [header, ...body] = records;
  if (!header || header.record.length < 2) throw invalid('table.notTable');
  if (body.length === 0) throw invalid('table.empty');
  if (body.length > MAX_ROWS) throw invalid('table.tooMany', { params: { max: MAX_ROWS } });
  const names = header.record.map((name) => name.trim().toLowerCase());
  // Of two columns with one name, one would be lost without a word.
  const twice = names.filter((name, index) => name !== '' && names.indexOf(name) !== index);
  if (twice.length > 0) {
    throw invalid('table.columnTwice', { params: { columns: [...new Set(twice)].join(', ') } });
  }
  const rows = body.map(({ record, row }): TableRow => {
    const padded = names.filter((_, column) => (record[column] ?? '') !== (record[column] ?? '').trim());
    const values = Object.fromEntries(names.map((name, column) => [name, (record[column] ?? '').trim()]));
    return padded.length > 0 ? { row, values, padded } : { row, values };
  });
  return { encoding, separator, header: names, rows };
}

function decode(bytes: Uint8Array): { encoding: Table['encoding']; text: string } {
  try {
    return { encoding: 'UTF-8', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { encoding: 'Windows-1251', text: new TextDecoder('windows-1251').decode(bytes) };
  }
}

function separatorOf(text: string): Table['separator'] {
  const line = text.slice(0, text.search(/\r?\n|$/));
  const count = (mark: string) => line.split(mark).length;
  const marks = [',', ';', '\t'] as const;
  return marks.reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

function parsed(text: string, separator: string): { record: string[]; row: number }[] {
  try {
    const records: string[][] = parse(text, {
      delimiter: separator,
      relax_column_count: true,
      max_record_size: 100_000,
    });
    // Empty rows are numbered, because the spreadsheet numbers them, and then passed over.
    return records
      .map((record, index) => ({ record, row: index + 1 }))
      .filter(({ record }) => record.some((cell) => cell.trim() !== ''));
  } catch (error) {
    const line = (error as { lines?: number }).lines ?? 0;
    throw invalid('table.malformed', { params: { row: line } });
  }
}
