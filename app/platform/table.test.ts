import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from './outcome.ts';
import { readTable } from './table.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
/** Windows-1251 of Russian letters and ASCII: enough for a test, and written out so that it is not the reader's own table. */
const windows1251 = (text: string) =>
  Uint8Array.from(text, (letter) => {
    const code = letter.charCodeAt(0);
    if (letter === 'ё') return 0xb8;
    return code >= 0x410 ? code - 0x350 : code;
  });
const refusal = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
  return 'accepted';
};

describe('a table as people send it', () => {
  it('is read with a byte-order mark, semicolons and quoted separators', () => {
    const table = readTable(bytes('\uFEFFName;City\r\n"Kumari; Deepika";Dhanbad\r\n'));
    expect(table.separator).toBe(';');
    expect(table.header).toEqual(['name', 'city']);
    expect(table.rows).toEqual([{ row: 2, values: { name: 'Kumari; Deepika', city: 'Dhanbad' } }]);
  });

  it('is read in the encoding of a Russian-locale spreadsheet, and says so', () => {
    const table = readTable(windows1251('имя;город\nВоробьёв;Москва\n'));
    expect(table.encoding).toBe('Windows-1251');
    expect(table.rows[0]?.values).toEqual({ имя: 'Воробьёв', город: 'Москва' });
  });

  it('numbers rows as the spreadsheet does, empty ones included', () => {
    expect(readTable(bytes('a,b\n\n1,2\n')).rows).toEqual([{ row: 3, values: { a: '1', b: '2' } }]);
  });

  it('is refused with its own reason when it is empty, binary, cut off or no table', () => {
    expect(refusal(() => readTable(bytes('')))).toBe('table.empty');
    expect(refusal(() => readTable(bytes('a,b\n')))).toBe('table.empty');
    expect(refusal(() => readTable(Uint8Array.of(0x50, 0x4b, 0, 4)))).toBe('table.notTable');
    expect(refusal(() => readTable(bytes('only words here\nand here')))).toBe('table.notTable');
    expect(refusal(() => readTable(bytes('a,b\n"never closed,1\n2,3\n')))).toBe('table.malformed');
    expect(refusal(() => readTable(bytes('a,b, A \n1,2,3\n')))).toBe('table.columnTwice');
  });

  it('loses no cell, whatever the cells hold', () => {
    const cell = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((text) => !text.includes('\0') && text === text.trim());
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 20 }), (rows) => {
        const quoted = rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(','));
        const table = readTable(bytes(`a,b\n${quoted.join('\n')}\n`));
        expect(table.rows.map(({ values }) => [values.a, values.b])).toEqual(rows);
      }),
    );
  });
});
