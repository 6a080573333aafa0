/**
 * Something wrong in a row of an imported table.
 *
 * `stop`: the row waits until it is put right. `note`: the row is taken in with this gap. `fixed`: read as the suggestion
 * says. `elsewhere`: the row is somebody else's to import; such rows are counted, not listed.
 */
export type CellProblem<Code extends string = string> = {
  /** As a spreadsheet numbers it. */
  row: number;
  column: string;
  code: Code;
  weight: 'stop' | 'note' | 'fixed' | 'elsewhere';
  value: string;
  /** What would put the cell right; nobody but a person decides that it does. */
  suggestion: string | null;
  params: Record<string, string | number>;
};

/** Which correction of a table is meant, in a form or an address: it names no value. */
export function correctionKey({ row, column, code }: Pick<CellProblem, 'row' | 'column' | 'code'>): string {
  return `${row}.${column}.${code}`;
}

/**
 * What may be taken with one press: for each cell the first suggestion that has not been followed by the reader itself.
 * Another of the same cell shows when the table is looked at again.
 */
export function offeredCorrections<Problem extends CellProblem>(problems: readonly Problem[]): Problem[] {
  const cells = new Set<string>();
  return problems.filter(({ row, column, weight, suggestion }) => {
    if (suggestion === null || (weight !== 'stop' && weight !== 'note')) return false;
    const cell = `${row}.${column}`;
    if (cells.has(cell)) return false;
    cells.add(cell);
    return true;
  });
}

/** All but the last two characters hidden; a short value whole. */
export function maskedCell(value: string): string {
  const letters = [...value];
  const shown = letters.length > 4 ? 2 : 0;
  return letters.map((letter, index) => (index < letters.length - shown ? '•' : letter)).join('');
}
