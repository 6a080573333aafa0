import { createHash } from 'node:crypto';
import { type CellProblem, correctionKey, maskedCell, offeredCorrections } from './cell-problem.ts';
import { invalid, stale } from './outcome.ts';
import { receiveForm } from './receive-form.server.ts';
import { platform } from './runtime.server.ts';
import { readTable, type Table } from './table.ts';
import type { Shelf } from './waiting-table.server.ts';

/** What a room makes of a table. */
export type Reading<Row> = {
  /** Sound rows that bring something new, and those that are there already. */
  fresh: Row[];
  known: Row[];
  problems: CellProblem[];
  /** Columns without which nothing can be read. */
  missingColumns: readonly string[];
};

/** An import as its room opens it for one actor, whose right it has asked. */
export type TableImport<Row extends { row: number }, Of extends Reading<Row>, Done> = {
  /** Where the table waits between preview and confirmation. */
  shelf: Shelf;
  read(table: Table): Promise<Of>;
  /** Cells whose value no page shows whole. */
  isSecret?(cell: { column: string; value: string }): boolean;
  /** What confirming does. */
  take(rows: { fresh: Row[]; known: Row[] }): Promise<Done>;
};

/** What a person decided about a table so far: corrections by their key, rows left out by their number. */
export type Choices = { taken: readonly string[]; skipped: readonly number[] };

export const NO_CHOICES: Choices = { taken: [], skipped: [] };

/** What a person confirms: what was decided when the page was shown, what was ticked on it, and its seal. */
export type Confirmation = { shown: Choices; ticked: Choices; seal: string };

export type PreviewedProblem = CellProblem & {
  key: string;
  /** `offered`: may be taken; `taken`: was. */
  correction: 'offered' | 'taken' | null;
};

export type TablePreview<Of> = {
  encoding: Table['encoding'];
  separator: Table['separator'];
  /** Rows in the table. */
  size: number;
  reading: Of;
  problems: PreviewedProblem[];
  /** How many rows wait until they are put right, and how many are somebody else's to import. */
  waiting: number;
  elsewhere: number;
  choices: Choices;
  /** Stands for the file and all that is wrong in it: what was seen is what is confirmed. */
  seal: string;
};

/** A list that is put right in more steps than this is better put right at its source. */
const ROUNDS = 5;

/**
 * Receives a table with a form and has it wait for its preview. What is no such table is refused here, where another can
 * be chosen, and is not kept.
 *
 * @returns the id under which its preview stands
 * @throws Refusal `invalid` (`table.*`, `files.*`), `unavailable` when the place it waits in is away
 */
export async function receiveTable<Row extends { row: number }, Of extends Reading<Row>>(
  list: TableImport<Row, Of, unknown>,
  request: Request,
  maxBytes: number,
): Promise<string> {
  const store = platform().files;
  const received = await receiveForm(request, { accept: ['csv'], maxFileBytes: maxBytes });
  const [sent] = received.files;
  let id: string | undefined;
  try {
    if (!sent) throw invalid('invalid', { fields: { file: received.problems.file ?? ['required'] } });
    const bytes = new Uint8Array(await new Response(await store.open(sent.id)).arrayBuffer());
    await readingOf(list, readTable(bytes));
    id = await list.shelf.put(bytes, sent);
    return id;
  } finally {
    // Kept elsewhere or nowhere: the store holds it no longer.
    if (id !== sent?.id) await received.discard();
  }
}

/**
 * What an import would do, with the corrections taken and without the rows left out. Nothing is stored.
 *
 * @throws Refusal `not-found` for a table that is not the actor's, `stale` for one that is done with
 */
export async function previewTable<Row extends { row: number }, Of extends Reading<Row>>(
  list: TableImport<Row, Of, unknown>,
  id: string,
  choices: Choices,
): Promise<TablePreview<Of>> {
  const bytes = await list.shelf.open(id);
  const table = readTable(bytes);
  const { reading, applied } = await readWith(list, table, choices);
  const offered = new Set(offeredCorrections(reading.problems));
  const problems = [
    ...applied.map((one) => ({ ...one, weight: 'fixed' as const, correction: 'taken' as const })),
    ...reading.problems.map((one) => ({
      ...one,
      correction: offered.has(one) ? ('offered' as const) : null,
    })),
  ].map((one) => ({ ...masked(list, one), key: correctionKey(one) }));
  const rowsOf = (weight: CellProblem['weight']) =>
    new Set(reading.problems.filter((one) => one.weight === weight).map(({ row }) => row)).size;
  return {
    encoding: table.encoding,
    separator: table.separator,
    size: table.rows.length,
    reading,
    problems: problems
      .filter(({ weight }) => weight !== 'elsewhere')
      .toSorted((a, b) => a.row - b.row || columnOf(table, a) - columnOf(table, b)),
    waiting: rowsOf('stop'),
    elsewhere: rowsOf('elsewhere'),
    choices: { taken: applied.map(correctionKey), skipped: choices.skipped },
    seal: sealOf(bytes, reading),
  };
}

/**
 * Takes in the rows that were sound when the page was shown, and those that the corrections ticked on it make sound. A
 * table of which no row waits any more is done with; another one stays on its shelf until its week is over.
 *
 * @throws Refusal as `previewTable`, and `stale` when what is wrong with the table is not what was shown
 */
export async function confirmTable<Row extends { row: number }, Of extends Reading<Row>, Done>(
  list: TableImport<Row, Of, Done>,
  id: string,
  { shown, ticked, seal }: Confirmation,
  now: Date,
): Promise<Done> {
  const bytes = await list.shelf.open(id);
  const table = readTable(bytes);
  const seen = await readWith(list, table, shown);
  if (sealOf(bytes, seen.reading) !== seal) throw stale('table.changed');
  const offered = new Map(offeredCorrections(seen.reading.problems).map((one) => [correctionKey(one), one]));
  if (ticked.taken.some((key) => !offered.has(key))) throw stale('table.changed');
  const skipped = [...shown.skipped, ...ticked.skipped];
  const { reading } = await readWith(list, table, { taken: [...shown.taken, ...ticked.taken], skipped });
  // A row that became sound only because another was left out or put right has not been looked at as such.
  const looked = new Set([
    ...seen.reading.fresh.map(({ row }) => row),
    ...seen.reading.known.map(({ row }) => row),
    ...ticked.taken.map((key) => offered.get(key)?.row),
  ]);
  const isLooked = ({ row }: Row) => looked.has(row);
  const [fresh, known] = [reading.fresh.filter(isLooked), reading.known.filter(isLooked)];
  const done = await list.take({ fresh, known });
  const left =
    fresh.length < reading.fresh.length ||
    known.length < reading.known.length ||
    reading.problems.some(({ weight }) => weight === 'stop');
  if (!left) await list.shelf.forget(id, now);
  return done;
}

/** The choices in the address of a preview. */
export function choicesIn(params: URLSearchParams | FormData): Choices {
  return {
    taken: words(params, 'taken').concat(words(params, 'take')),
    skipped: numbers(params, 'skipped').concat(numbers(params, 'skip')),
  };
}

/** What the form of a preview confirms. */
export function confirmationIn(form: FormData): Confirmation {
  return {
    shown: { taken: words(form, 'taken'), skipped: numbers(form, 'skipped') },
    ticked: { taken: words(form, 'take'), skipped: numbers(form, 'skip') },
    seal: words(form, 'seal')[0] ?? '',
  };
}

const words = (form: URLSearchParams | FormData, name: string) =>
  form.getAll(name).filter((value) => typeof value === 'string');
const numbers = (form: URLSearchParams | FormData, name: string) =>
  words(form, name).map(Number).filter(Number.isInteger);

/** The table's rows as they are read with some choices, and the corrections that were there to be taken. */
async function readWith<Row extends { row: number }, Of extends Reading<Row>>(
  list: TableImport<Row, Of, unknown>,
  received: Table,
  { taken, skipped }: Choices,
): Promise<{ reading: Of; applied: CellProblem[] }> {
  const out = new Set(skipped);
  let table: Table = { ...received, rows: received.rows.filter(({ row }) => !out.has(row)) };
  let reading = await readingOf(list, table);
  const open = new Set(taken);
  const applied: CellProblem[] = [];
  for (let round = 0; round < ROUNDS && open.size > 0; round += 1) {
    const wanted = offeredCorrections(reading.problems).filter((one) => open.delete(correctionKey(one)));
    if (wanted.length === 0) break;
    table = withCorrections(table, wanted);
    applied.push(...wanted);
    reading = await readingOf(list, table);
  }
  return { reading, applied };
}

async function readingOf<Row extends { row: number }, Of extends Reading<Row>>(
  list: TableImport<Row, Of, unknown>,
  table: Table,
): Promise<Of> {
  const reading = await list.read(table);
  if (reading.missingColumns.length > 0) {
    throw invalid('table.columns', { params: { columns: reading.missingColumns.join(', ') } });
  }
  return reading;
}

/** The table with suggestions in place of the cells they are about. */
export function withCorrections(table: Table, corrections: readonly CellProblem[]): Table {
  const byRow = Map.groupBy(corrections, ({ row }) => row);
  return {
    ...table,
    rows: table.rows.map((one) => {
      const mine = byRow.get(one.row);
      if (!mine) return one;
      const cells = mine.flatMap(({ column, suggestion }) =>
        suggestion === null ? [] : [[column, suggestion] as const],
      );
      const mended = new Set(cells.map(([column]) => column));
      const padded = one.padded?.filter((column) => !mended.has(column));
      return { row: one.row, values: { ...one.values, ...Object.fromEntries(cells) }, padded };
    }),
  };
}

const columnOf = (table: Table, { column }: { column: string }) => table.header.indexOf(column);

function masked<Row extends { row: number }, Problem extends CellProblem>(
  { isSecret }: Pick<TableImport<Row, Reading<Row>, unknown>, 'isSecret'>,
  problem: Problem,
): Problem {
  const hide = (value: string) => (isSecret?.({ column: problem.column, value }) ? maskedCell(value) : value);
  const { value, suggestion } = problem;
  return { ...problem, value: hide(value), suggestion: suggestion && hide(suggestion) };
}

function sealOf(bytes: Uint8Array, { problems }: Reading<unknown>): string {
  const wrong = problems.map(({ row, column, code, weight, suggestion }) => [
    row,
    column,
    code,
    weight,
    suggestion,
  ]);
  return createHash('sha256').update(bytes).update(JSON.stringify(wrong)).digest('hex');
}
