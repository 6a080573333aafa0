import readWorkbook from 'read-excel-file/node';
import { expect, test } from 'vitest';
import { type Sheet, writeWorkbook } from './spreadsheet.server.ts';

const sheet = (rows: Sheet['rows']): Sheet => ({
  name: 'Проба · Test',
  above: ['Конгресс'],
  columns: [
    { head: 'Name\nИмя', width: 20 },
    { head: 'Day', width: 12 },
  ],
  rows,
  sums: [['Всего', 2]],
});
const readBack = async (rows: Sheet['rows']) => {
  const [first] = await readWorkbook(Buffer.from(await writeWorkbook([sheet(rows)])));
  return first;
};

test('both scripts, numbers, days and sums come back as they went in', async () => {
  const back = await readBack([
    ['Ёлкина Ольга / Olga', { day: '2026-05-19' }],
    [{ marked: 'дхо' }, 3],
  ]);
  expect(back?.sheet).toBe('Проба · Test');
  expect(back?.data).toEqual([
    ['Конгресс', null],
    ['Name\nИмя', 'Day'],
    ['Ёлкина Ольга / Olga', new Date('2026-05-19T00:00:00Z')],
    ['дхо', 3],
    ['Всего', 2],
  ]);
});

const FORMULAS = [
  '=HYPERLINK("https://evil.example","x")',
  '+1+1',
  '-2+3',
  '@SUM(A1)',
  '\t=1+1',
  '=cmd|x!A1',
];

test('what begins like a formula stays text', async () => {
  const back = await readBack(FORMULAS.map((text) => [text, { marked: text }]));
  const cells = back?.data.slice(2, -1).map(([text, marked]) => [text, marked]);
  // The reader trims, and finds nothing at all in the cell of a formula.
  expect(cells).toEqual(FORMULAS.map((text) => [text.trim(), text.trim()]));
});

test('what no XML may hold is left out, and a cell of any length is taken', async () => {
  const back = await readBack([['a\u0000b\u0008c', 'x'.repeat(40_000)], [{ marked: '' }]]);
  expect(back?.data[2]?.[0]).toBe('abc');
  expect(String(back?.data[2]?.[1])).toHaveLength(32_767);
});
