import readWorkbook from 'read-excel-file/node';
import { expect, test } from 'vitest';
import { writeWorkbook } from '#app/platform/spreadsheet.server.ts';
import type { Bed } from './papers-queries.ts';
import { type Guest, roomingList } from './rooming-list.ts';

const leg = { carrier: 'SU 235', fromCode: 'DEL', toCode: 'SVO' };
const guest = (id: string, given: string, ru: string, more: Partial<Guest> = {}): Guest => ({
  id,
  personId: `person-${id}`,
  name: {
    givenName: given,
    familyName: 'Das',
    givenNameRu: ru,
    familyNameRu: ru && 'Дас',
    patronymicRu: null,
  },
  cyrillicSpelling: 'confirmed',
  sex: 'f',
  citizenship: 'IND',
  diet: 'jain',
  notes: null,
  mate: null,
  mutual: false,
  file: {
    legs: [
      {
        ...leg,
        direction: 'out',
        departsLocal: '2026-05-19 03:55',
        arrivesLocal: '2026-05-19 08:20',
      },
    ],
  },
  ...more,
});
const bed = (
  delegateId: string,
  number: number,
  kind: Bed['kind'],
  which: 1 | 2,
  from: string,
  to: string,
) => ({
  id: `${delegateId}-${from}`,
  delegateId,
  roomId: `room-${number}`,
  number,
  kind,
  bed: which,
  from,
  to,
});
const mateOf = (one: Guest) => one as unknown as Guest['mate'];

const neha = guest('a', 'Neha', 'Неха');
const sahu = guest('b', 'Asha', 'Аша', { cyrillicSpelling: 'proposed', notes: '=1+1' });
const alone = guest('c', 'Kavya', '');
const people = [
  { ...neha, mate: mateOf(sahu), mutual: true },
  { ...sahu, mate: mateOf(neha), mutual: true },
  // She has named somebody who has not named her.
  { ...alone, mate: mateOf(neha), mutual: false },
  guest('d', 'Rashmi', 'Рашми'),
];
const beds = [
  bed('a', 1, 'twin', 1, '2026-05-19', '2026-05-23'),
  bed('b', 1, 'twin', 2, '2026-05-19', '2026-05-24'),
  bed('c', 2, 'single', 1, '2026-05-19', '2026-05-20'),
  bed('c', 3, 'single', 1, '2026-05-20', '2026-05-22'),
];
const sheets = await readWorkbook(
  Buffer.from(await writeWorkbook(roomingList(['RAREMET-2026 · Москва'], people, beds))),
);
const rows = sheets[0]?.data ?? [];
const heads = rows[2]?.map(String) ?? [];
const column = (head: string) =>
  rows.slice(3, 7).map((row) => row[heads.findIndex((one) => one.startsWith(head))] ?? null);

test('a row per bed and stay, in both scripts, heads in both languages', () => {
  expect(sheets.map((one) => one.sheet)).toEqual(['Rooming · Размещение', 'By night · По ночам']);
  expect(heads).toContain('Check-in\nЗаезд');
  expect(column('Room')).toEqual([1, 1, 2, 3]);
  expect(column('Name, Latin')).toEqual(['Neha Das', 'Asha Das', 'Kavya Das', 'Kavya Das']);
  expect(column('Name, Cyrillic')).toEqual(['Неха Дас', 'Аша Дас', null, null]);
  expect(column('Kind')[0]).toBe('twin / двухместный с\u00a0раздельными кроватями');
  expect(column('Arrival')[0]).toBe('SU 235 SVO 2026-05-19 08:20');
});

test('an unconfirmed or missing Cyrillic spelling is marked', () => {
  expect(column('Cyrillic spelling')).toEqual([
    null,
    'not confirmed / не подтверждено',
    'missing / нет',
    'missing / нет',
  ]);
});

test('sharing stands there only where both agreed', () => {
  expect(column('Shares with')).toEqual(['Asha Das / Аша Дас', 'Neha Das / Неха Дас', null, null]);
});

test('nights are summed by guest and by room, a shared room once', () => {
  expect(column('Nights')).toEqual([4, 5, 1, 2]);
  expect(rows.slice(7).map((row) => [row[1], row[10]])).toEqual([
    ['Nights of all guests / Ночей всех гостей', 12],
    ['Nights of single rooms / Ночей одноместных номеров', 3],
    ['Nights of twin rooms / Ночей двухместных номеров', 5],
  ]);
  const nights = sheets[1]?.data.slice(2) ?? [];
  expect(nights[0]).toEqual([new Date('2026-05-19T00:00:00Z'), 1, 1, 3]);
  expect(nights[4]).toEqual([new Date('2026-05-23T00:00:00Z'), 0, 1, 1]);
  expect(nights.at(-1)?.slice(1)).toEqual([3, 5, 12]);
});

test('who has no bed is not passed over, and a note is no formula', () => {
  expect(String(rows[1]?.[0])).toBe(
    'Without a bed: Rashmi Das / Рашми Дас / Без места: Rashmi Das / Рашми Дас',
  );
  expect(column('Notes')[1]).toBe('=1+1');
});

test('a delegation without beds has an empty list', () => {
  const [list, nights] = roomingList([], [], []);
  expect([list?.rows, nights?.rows]).toEqual([[], []]);
});
