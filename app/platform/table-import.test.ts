import { expect, test } from 'vitest';
import { type CellProblem, correctionKey, maskedCell, offeredCorrections } from './cell-problem.ts';
import { meantCountry, meantWord } from './read-cells.ts';
import { readTable } from './table.ts';
import {
  confirmTable,
  NO_CHOICES,
  previewTable,
  type TableImport,
  withCorrections,
} from './table-import.server.ts';

const problem = (of: Partial<CellProblem>): CellProblem => ({
  row: 2,
  column: 'name',
  code: 'wrong',
  weight: 'stop',
  value: 'x',
  suggestion: 'y',
  params: {},
  ...of,
});

test('one correction is offered for a cell, and none that was followed already', () => {
  const problems = [
    problem({ code: 'first' }),
    problem({ code: 'second' }),
    problem({ column: 'email', weight: 'fixed' }),
    problem({ column: 'phone', suggestion: null }),
    problem({ row: 3, weight: 'note' }),
    problem({ row: 4, weight: 'elsewhere' }),
  ];
  expect(offeredCorrections(problems).map(correctionKey)).toEqual(['2.name.first', '3.name.wrong']);
});

test.each([
  ['P2334292', '••••••92'],
  ['Р2334292', '••••••92'],
  ['P123', '••••'],
  ['', ''],
])('%j is masked as %j', (value, masked) => {
  expect(maskedCell(value)).toBe(masked);
});

test('a word is known by its capitals, its full stop and its other spellings', () => {
  expect(meantWord('Veg.', ['vegetarian', 'none'], { veg: 'vegetarian' })).toBe('vegetarian');
  expect(meantWord('iitism', ['IITISM'])).toBe('IITISM');
  expect(meantWord('constructor', ['IITISM'])).toBeNull();
  expect(meantCountry('India')).toBe('IND');
  expect(meantCountry('Indi')).toBeNull();
});

/** Names in capitals are suggested in small letters; a name that stands in an earlier row waits. */
function names(text: string) {
  const taken: string[][] = [];
  let shelf: Uint8Array | null = new TextEncoder().encode(text);
  const list: TableImport<{ row: number; name: string }, Awaited<ReturnType<typeof read>>, number> = {
    shelf: {
      put: async () => 'id',
      open: async () => shelf ?? Promise.reject(new Error('forgotten')),
      forget: async () => {
        shelf = null;
      },
    },
    read,
    async take({ fresh }) {
      taken.push(fresh.map(({ name }) => name));
      return fresh.length;
    },
  };
  return { list, taken, isForgotten: () => shelf === null };
}

async function read(table: ReturnType<typeof readTable>) {
  const seen = new Set<string>();
  const rows = table.rows.map(({ row, values }) => {
    const name = values.name ?? '';
    const small = name.toLowerCase();
    const found: CellProblem[] = [];
    if (name !== small) found.push(problem({ row, code: 'capitals', value: name, suggestion: small }));
    if (seen.has(small)) found.push(problem({ row, code: 'twice', value: name, suggestion: null }));
    seen.add(small);
    return { row, name, found };
  });
  const sound = rows.filter(({ found }) => found.length === 0);
  return { fresh: sound, known: [], problems: rows.flatMap(({ found }) => found), missingColumns: [] };
}

const now = new Date();
const confirm = async (
  { list }: ReturnType<typeof names>,
  ticked: { taken?: string[]; skipped?: number[] },
  shown = NO_CHOICES,
) => {
  const { seal } = await previewTable(list, 'id', shown);
  return confirmTable(list, 'id', { shown, ticked: { ...NO_CHOICES, ...ticked }, seal }, now);
};

test('what is confirmed is what was sound and what the ticks make sound', async () => {
  const some = names('name,x\nasha,\nRAVI,\nNINA,\nasha,');
  expect(await confirm(some, { taken: ['3.name.capitals'] })).toBe(2);
  expect(some.taken).toEqual([['asha', 'ravi']]);
  expect(some.isForgotten()).toBe(false);
  // The second of a name is sound without the first, but nobody saw it so.
  expect(await confirm(some, { skipped: [2, 4] })).toBe(0);
  expect(await confirm(some, {}, { taken: ['3.name.capitals'], skipped: [2, 4] })).toBe(2);
  expect(some.isForgotten()).toBe(true);
});

test('a seal of another reading, and a correction that was not offered, are stale', async () => {
  const { list } = names('name,x\nASHA,');
  const stale = { code: 'stale', reason: 'table.changed' };
  const none = { shown: NO_CHOICES, ticked: NO_CHOICES, seal: '' };
  await expect(confirmTable(list, 'id', none, now)).rejects.toMatchObject(stale);
  const { seal } = await previewTable(list, 'id', { taken: ['2.name.capitals'], skipped: [] });
  await expect(confirmTable(list, 'id', { ...none, seal }, now)).rejects.toMatchObject(stale);
  await expect(
    confirm({ list } as ReturnType<typeof names>, { taken: ['2.name.none'] }),
  ).rejects.toMatchObject(stale);
});

test('a correction changes its cell alone', () => {
  const table = readTable(new TextEncoder().encode('name,email\n A ,b\nC,d\n'));
  const mended = withCorrections(table, [problem({ suggestion: 'Asha' })]);
  expect(mended.rows).toEqual([
    { row: 2, values: { name: 'Asha', email: 'b' }, padded: [] },
    { row: 3, values: { name: 'C', email: 'd' } },
  ]);
  expect(table.rows[0]?.values.name).toBe('A');
});
