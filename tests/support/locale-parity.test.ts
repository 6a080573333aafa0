import { expect, test } from 'vitest';
import { findDisparities } from './locale-parity.ts';

const compare = (en: unknown, ru: unknown) =>
  findDisparities(
    new Map([
      ['locales/en/common.json', JSON.stringify(en)],
      ['locales/ru/common.json', JSON.stringify(ru)],
    ]),
  );

const people = { few: '{{count}} человека', many: '{{count}} человек', other: '{{count}} человека' };
const russianPlural = (rest: object = people) => ({
  p_one: '{{count}} человек',
  ...Object.fromEntries(Object.entries(rest).map(([form, text]) => [`p_${form}`, text])),
});
const englishPlural = { p_one: 'one person', p_other: '{{count}} people' };

test('equal files pass', () => {
  expect(compare({ a: { b: 'Yes' }, ...englishPlural }, { a: { b: 'Да' }, ...russianPlural() })).toEqual([]);
});

test.each([
  ['a missing key', { a: 'A', b: 'B' }, { a: 'А' }, 'b is missing in ru'],
  ['a key too many', { a: 'A' }, { a: 'А', b: 'Б' }, 'b is missing in en'],
  ['a missing form', englishPlural, russianPlural({ ...people, few: undefined }), 'lacks the form few'],
  ['another value', { a: 'Hi {{name}}' }, { a: 'Привет {{nom}}' }, 'puts in “name” in en, “nom” in ru'],
  ['an empty text', { a: 'A' }, { a: ' ' }, 'a is empty'],
  ['straight quotes', { a: 'The "A"' }, { a: 'Это "А"' }, 'straight quotes'],
  ['three dots', { a: 'Wait…' }, { a: 'Ждите...' }, 'three dots'],
  ['a number', { a: 1 }, { a: 'Один' }, 'is not a text'],
])('%s is found', (_name, en, ru, message) => {
  expect(compare(en, ru).join('\n')).toContain(message);
});

test('a missing file is found', () => {
  expect(findDisparities(new Map([['locales/en/mail.json', '{}']]))).toEqual([
    'locales/ru/mail.json is missing',
  ]);
});
