import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correctionKey, offeredCorrections } from '#app/platform/cell-problem.ts';
import { looksLikeFormula, readDate, readDateTime } from '#app/platform/read-cells.ts';
import { readTable } from '#app/platform/table.ts';
import { withCorrections } from '#app/platform/table-import.server.ts';
import { projectRoot } from '#db/project-root.ts';
import { type ListFrame, readDelegation } from './read-delegation.ts';

const received = (name: string) => readFileSync(path.join(projectRoot, 'db/seed/data', name));
const CLEAN = received('raremet-2026-delegation.csv');
const MESSY = received('raremet-2026-delegation-as-received.csv');

const NO_PROBLEM = { code: 'x', weight: 'stop', value: '', params: {} } as const;
const WRONG_COLUMNS = [
  'email',
  'family_name',
  'passport_number',
  'passport_issued',
  'passport_expires',
  'date_of_birth',
  'leg1_departs',
  'hotel_in',
  'hotel_out',
  'room',
  'share_with',
  'sex',
  'citizenship',
  'delegation_role',
];
const WRONG_CELLS = [
  '',
  'head',
  'twin',
  'India',
  'Сіngh',
  'Р2334292',
  '=Р2334292',
  '+05/19/26',
  '31.02.1985',
  '05/19/2026',
  '19.05.26',
  '2018-01-01',
  '2026-05-19 25:00',
  '05/19/26 9:05',
  'rohit.singh@texmin.example',
  'neha.sahu@iitism.example',
  'neha.dаs@texmin.example',
  '@neha.das@texmin.example',
];

const frame: ListFrame = {
  institutions: new Map([
    ['TEXMIN', { id: 't', mayAdd: true }],
    ['IITISM', { id: 'i', mayAdd: true }],
    ['GIREDMET', { id: 'g', mayAdd: false }],
  ]),
  knownSex: new Map([['rashmi.dubey@iitism.example', 'f']]),
  elsewhere: new Set(['vorobyov@giredmet.example']),
  event: {
    startsOn: '2026-05-20',
    endsOn: '2026-05-22',
    firstDuty: new Date('2026-05-20T07:00:00Z'),
    lastDuty: new Date('2026-05-22T12:30:00Z'),
  },
  today: '2026-03-01',
};

/** Windows-1251 of Russian capitals and ASCII, written out so that it is not the reader's own table. */
const windows1251 = (text: string) =>
  Uint8Array.from(text, (letter) => {
    const code = letter.charCodeAt(0);
    return code >= 0x410 ? code - 0x350 : code;
  });

const read = (bytes: Uint8Array) => readDelegation(readTable(bytes), frame);
const named = (bytes: Uint8Array) =>
  read(bytes).problems.map(({ row, column, code, weight, suggestion }) => [
    row,
    column,
    code,
    weight,
    suggestion,
  ]);

/** A list with one cell changed. */
const changed = (row: number, column: string, value: string) => {
  const lines = new TextDecoder().decode(CLEAN).split('\r\n');
  const header = (lines[0] ?? '').split(',');
  const cells = (lines[row - 1] ?? '').split(',');
  cells[header.indexOf(column)] = value;
  lines[row - 1] = cells.join(',');
  return new TextEncoder().encode(lines.join('\r\n'));
};

const MISTAKES = [
  [5, 'passport_number', 'passport.lookAlike', 'stop', 'P2334292'],
  [7, 'passport_expires', 'passport.endsEarly', 'note', '2033-02-23'],
  [9, 'email', 'spaces', 'fixed', 'rashmi.dubey2@iitism.example'],
  [9, 'email', 'emailSpelling', 'fixed', 'rashmi.dubey2@iitism.example'],
  [11, 'date_of_birth', 'noSuchDate', 'stop', '1985-02-28'],
  [13, 'passport_number', 'passport.missing', 'note', null],
  [15, 'hotel_out', 'noNights', 'stop', '2026-05-23'],
  [17, 'leg1_arrives', 'leg.impossibleSpeed', 'stop', null],
  [19, 'family_name', 'capitals', 'fixed', 'Tiwari'],
  [20, 'share_with', 'shareNotMutual', 'note', 'sneha.sharma@iitism.example'],
  [22, 'share_with', 'shareNotMutual', 'note', null],
  [22, 'diet', 'choiceSpelling', 'fixed', 'vegetarian'],
  [23, 'sex', 'sexMissing', 'note', 'f'],
  [26, 'email', 'twice', 'stop', null],
];

describe('a delegation’s list', () => {
  it('is read without a word where it is sound', () => {
    const { delegates, problems } = read(CLEAN);
    expect(problems).toEqual([]);
    expect(delegates).toHaveLength(24);
    expect(delegates[1]).toMatchObject({
      email: 'deepika.murmu@texmin.example',
      visaRoute: 'invitation',
      hotelIn: '2026-05-18',
      legs: [
        { from: 'CCU', to: 'DOH' },
        { from: 'DOH', to: 'SVO' },
        { direction: 'back', to: 'DEL' },
      ],
    });
  });

  it('as it was received has every mistake named by row and column, and the sound rows read', () => {
    expect(named(MESSY)).toEqual(MISTAKES);
    const { delegates } = read(MESSY);
    expect(delegates).toHaveLength(20);
    expect(delegates.find((one) => one.row === 19)?.familyName).toBe('Tiwari');
    expect(delegates.find((one) => one.row === 22)?.diet).toBe('vegetarian');
    expect(delegates.find((one) => one.row === 13)?.passport).toBeNull();
  });

  it('says the same in Windows-1251, without a mark, with commas or tabs', () => {
    const text = new TextDecoder().decode(MESSY);
    expect(named(windows1251(text))).toEqual(MISTAKES);
    expect(named(new TextEncoder().encode(text))).toEqual(MISTAKES);
    expect(named(new TextEncoder().encode(text.replaceAll(';', '\t')))).toEqual(MISTAKES);
    expect(named(new TextEncoder().encode(text.replaceAll(';', ',')))).toEqual(MISTAKES);
  });

  it.each([
    [2, 'family_name', 'Sіngh', 'notLatin', 'Singh'],
    [2, 'notes', '=HYPERLINK("http://x")', 'formula', null],
    [2, 'employer', 'GIREDMET', 'otherSide', null],
    [2, 'employer', 'NASA', 'institution', null],
    [2, 'leg1_from', 'QQQ', 'leg.unknownAirport', null],
    [2, 'leg1_to', '', 'halfLeg', null],
    [2, 'leg1_departs', '2026-05-19 25:10', 'noSuchTime', null],
    [2, 'leg1_departs', '19 May', 'dateTimeForm', null],
    [2, 'leg1_departs', '05/19/2026 03:55', 'dateOrder', '2026-05-19 03:55'],
    [2, 'leg1_departs', '2025-05-19 03:55', 'outsideEvent', null],
    [2, 'hotel_in', '19.05.26', 'shortYear', '2026-05-19'],
    [2, 'hotel_in', '2026-05-20', 'lateNight', '2026-05-19'],
    [2, 'hotel_out', '2026-05-22', 'earlyMorning', '2026-05-23'],
    [2, 'delegation_role', 'boss', 'choice', null],
    [3, 'delegation_role', 'head', 'twoHeads', 'member'],
    [3, 'passport_number', 'P8005831', 'twice', null],
    [2, 'passport_issued', '2033-06-21', 'passport.issuedLater', null],
    [2, 'citizenship', 'India', 'citizenship', 'IND'],
    [2, 'email', 'rohit', 'email', null],
    [2, 'share_with', 'neha.das@texmin.example', 'shareSingle', null],
    [4, 'email', 'Vorobyov@giredmet.example', 'otherSidePerson', null],
    [4, 'share_with', 'nobody@texmin.example', 'shareUnknown', 'neha.sahu@iitism.example'],
    [3, 'leg2_departs', '2026-05-18 06:00', 'leg.overlap', null],
    [3, 'leg2_departs', '2026-05-18 07:00', 'leg.impossibleConnection', null],
    [3, 'leg2_from', 'DXB', 'leg.gap', null],
    [2, 'return_arrives', '2026-05-23 22:00', 'leg.landsBeforeTakeOff', null],
  ])('row %i, %s “%s” is named %s', (row, column, value, code, suggestion) => {
    const cell = value.includes('"') ? `"${value.replaceAll('"', '""')}"` : value;
    const found = read(changed(row, column, cell)).problems.filter(
      (one) => one.row === row && one.code === code,
    );
    expect(found).toMatchObject([{ column, ...(suggestion === null ? {} : { suggestion }) }]);
  });

  it('without its columns says which', () => {
    const { missingColumns } = read(new TextEncoder().encode('name,mail\nx,y\n'));
    expect(missingColumns).toEqual(['family_name', 'given_name', 'email', 'employer', 'delegation_role']);
  });

  it('loses no row: each is sound or is named, whatever the cells hold', () => {
    const columns = [
      'email',
      'passport_number',
      'date_of_birth',
      'leg1_departs',
      'hotel_out',
      'share_with',
      'diet',
    ];
    const text = fc.string({ unit: 'grapheme' }).filter((one) => !/[",\r\n\0]/.test(one));
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 25 }),
        fc.constantFrom(...columns),
        text,
        (row, column, value) => {
          const { delegates, problems } = read(changed(row, column, value));
          const waiting = new Set(problems.filter((one) => one.weight === 'stop').map((one) => one.row));
          expect(delegates.length + waiting.size).toBe(24);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('in which every suggestion is taken has none of those problems any more, whatever the cells hold', () => {
    const cells = fc.tuple(
      fc.constantFrom(2, 3, 4, 5, 8, 9, 12),
      fc.constantFrom(...WRONG_COLUMNS),
      fc.oneof(fc.constantFrom(...WRONG_CELLS), fc.string({ unit: 'grapheme', maxLength: 12 })),
    );
    fc.assert(
      fc.property(
        fc.array(cells, { minLength: 1, maxLength: 8 }),
        fc.constantFrom('clean', 'messy'),
        (some, which) => {
          let table = readTable(which === 'clean' ? CLEAN : MESSY);
          table = withCorrections(
            table,
            some.map(([row, column, suggestion]) => ({
              ...NO_PROBLEM,
              row,
              column,
              suggestion: suggestion.trim(),
            })),
          );
          // Behind one mistake of a cell another can hide; in a few looks there is nothing left to take.
          for (let look = 0; ; look += 1) {
            const offered = offeredCorrections(readDelegation(table, frame).problems);
            if (offered.length === 0) break;
            expect(look).toBeLessThan(6);
            table = withCorrections(table, offered);
            const left = new Set(readDelegation(table, frame).problems.map(correctionKey));
            expect(offered.filter((one) => left.has(correctionKey(one)))).toEqual([]);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('cells', () => {
  it('hold dates in the forms people write', () => {
    for (const text of ['2026-05-19', '19.05.2026', '19/05/2026', '19-5-2026', '19.05.2026 г.']) {
      expect(readDate(text)).toEqual({ date: '2026-05-19' });
    }
    expect(readDateTime('19.05.2026 3:55:00')).toEqual({ local: '2026-05-19 03:55' });
    expect(readDate('45000')).toMatchObject({ problem: 'dateForm' });
  });

  it('are never taken for a formula where they are a number', () => {
    expect(['=1+1', '@SUM(A1)', '-cmd', '+a'].every(looksLikeFormula)).toBe(true);
    expect(['+91 8864587474', '-5', '—', 'a=b'].some(looksLikeFormula)).toBe(false);
  });
});
