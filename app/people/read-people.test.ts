import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Refusal } from '#app/platform/outcome.ts';
import { readTable } from '#app/platform/table.ts';
import { isOrcid, PROBLEMS, REQUIRED_COLUMNS, readPeople } from './read-people.ts';

const places = new Map([
  ['IITISM', { id: 'a', mayAdd: true }],
  ['GIREDMET', { id: 'b', mayAdd: false }],
]);
const header =
  'given_name,family_name,given_name_ru,family_name_ru,patronymic_ru,sex,institution,email,locale,citizenship,role,orcid,phone';
const bytes = (text: string) => new TextEncoder().encode(text);
const readRows = (...rows: string[]) => readPeople(readTable(bytes([header, ...rows].join('\r\n'))), places);
const sound = 'Asha,Das,,,,f,IITISM,asha.das@t.example,en,IND,expert,0000-0002-1825-0097,+91 88645 87474';

describe('a row of people', () => {
  test('is read with what it has, and nothing is made up', () => {
    const { people, problems } = readRows(
      sound,
      'Oleg,Vorobev,Олег,Воробьёв,Ильич,m,IITISM,O.V@T.example,ru,,,,',
    );
    expect(problems).toEqual([]);
    expect(people[0]).toMatchObject({ row: 2, institutionId: 'a', familyNameRu: null, occupation: 'expert' });
    expect(people[1]).toMatchObject({ email: 'o.v@t.example', citizenship: null, familyNameRu: 'Воробьёв' });
  });

  test.each([
    ['a missing name', ',Das,,,,f,IITISM,x@t.example,en,,,,', 'given_name', 'missing'],
    ['Cyrillic among the Latin', 'Аsha,Das,,,,f,IITISM,x@t.example,en,,,,', 'given_name', 'notLatin'],
    [
      'Latin among the Cyrillic',
      'Oleg,Das,,Воробьeв,,m,IITISM,x@t.example,en,,,,',
      'family_name_ru',
      'notCyrillic',
    ],
    ['an address that is none', 'Asha,Das,,,,f,IITISM,asha at t,en,,,,', 'email', 'email'],
    [
      'an address too long to be one',
      `Asha,Das,,,,f,IITISM,${'a'.repeat(300)}@t.example,en,,,,`,
      'email',
      'email',
    ],
    ['an unknown institution', 'Asha,Das,,,,f,MIT,x@t.example,en,,,,', 'institution', 'institution'],
    ['the other side', 'Asha,Das,,,,f,GIREDMET,x@t.example,en,,,,', 'institution', 'otherSide'],
    ['a third language', 'Asha,Das,,,,f,IITISM,x@t.example,hi,,,,', 'locale', 'locale'],
    ['a role no file may name', 'Asha,Das,,,,f,IITISM,x@t.example,en,,platform-admin,,', 'role', 'role'],
    [
      'an institution’s administrator',
      'Asha,Das,,,,f,IITISM,x@t.example,en,,institution-admin,,',
      'role',
      'role',
    ],
    ['a sex the passport does not know', 'Asha,Das,,,,woman,IITISM,x@t.example,en,,,,', 'sex', 'sex'],
    ['a country in words', 'Asha,Das,,,,f,IITISM,x@t.example,en,India,,,', 'citizenship', 'citizenship'],
    [
      'an ORCID of a wrong check digit',
      'Asha,Das,,,,f,IITISM,x@t.example,en,,,0000-0002-1825-0098,',
      'orcid',
      'orcid',
    ],
    ['a formula for a phone', 'Asha,Das,,,,f,IITISM,x@t.example,en,,,,=1+1', 'phone', 'phone'],
  ])('with %s is named by row and column, and holds no other up', (_, row, column, problem) => {
    const { people, problems } = readRows(row, sound);
    expect(problems.map((one) => [one.row, one.column, one.code])).toEqual([[2, column, problem]]);
    expect(people.map((who) => who.row)).toEqual([3]);
  });

  test('with several faults has them all named', () => {
    const { problems } = readRows('Аша,Das,,,,x,MIT,none,hi,,,,');
    expect(problems.map(({ column }) => column)).toEqual([
      'given_name',
      'email',
      'institution',
      'locale',
      'sex',
    ]);
  });

  test('whose address stands there already is named, whatever its letters', () => {
    const { people, problems } = readRows(sound, sound.replace('asha.das', 'ASHA.das'));
    expect(people).toHaveLength(1);
    expect(problems).toMatchObject([{ row: 3, column: 'email', code: 'twice' }]);
  });

  test('is numbered as the spreadsheet numbers it, over empty lines and lines in a cell', () => {
    const { problems } = readRows(
      '',
      `"Asha\nRani",Das,,,,f,IITISM,a@t.example,en,,,,`,
      sound,
      'Asha,,,,,f,IITISM,b@t.example,en,,,,',
    );
    expect(problems).toMatchObject([{ row: 5, column: 'family_name', code: 'missing' }]);
  });
});

describe('a table', () => {
  test('without a needed column says which', () => {
    const { missingColumns, people } = readPeople(
      readTable(bytes('given_name,family_name\nAsha,Das')),
      places,
    );
    expect(missingColumns).toEqual(['institution', 'email', 'locale']);
    expect(people).toEqual([]);
    expect(REQUIRED_COLUMNS).toHaveLength(5);
  });

  test('of Windows-1251 with semicolons is read as the one of UTF-8 with commas', () => {
    const text = `${header}\nOleg,Vorobev,Олег,Воробьёв,Ильич,m,IITISM,o@t.example,ru,,,,`;
    // Cyrillic letters stand in Windows-1251 at 0xC0 and in this order; «ё» at 0xB8.
    const old = Uint8Array.from(
      [...text.replaceAll(',', ';')].map((letter) => {
        const code = letter.codePointAt(0) ?? 0;
        return letter === 'ё' ? 0xb8 : code < 0x80 ? code : code - 0x410 + 0xc0;
      }),
    );
    const table = readTable(old);
    expect(table).toMatchObject({ encoding: 'Windows-1251', separator: ';' });
    expect(readPeople(table, places)).toEqual(readPeople(readTable(bytes(text)), places));
  });

  test('of anything at all is refused with a reason or read without harm', () => {
    const some = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.string({ unit: 'binary', maxLength: 200 }).map((text) => bytes(`${header}\n${text}`)),
    );
    fc.assert(
      fc.property(some, (content) => {
        let table: ReturnType<typeof readTable>;
        try {
          table = readTable(content);
        } catch (error) {
          expect((error as Refusal).reason).toMatch(/^table\./);
          return;
        }
        const { people, problems } = readPeople(table, places);
        for (const { code, row } of problems) {
          expect(PROBLEMS).toContain(code);
          expect(row).toBeGreaterThan(1);
        }
        expect(people.every((who) => who.institutionId === 'a')).toBe(true);
      }),
      { numRuns: 120 },
    );
  });
});

test('an ORCID is judged by its check digit', () => {
  expect(isOrcid('0000-0002-1694-233X')).toBe(true);
  expect(isOrcid('0000-0002-1694-2331')).toBe(false);
  expect(isOrcid('0000000216942330')).toBe(false);
});
