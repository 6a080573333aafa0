import { expect, it } from 'vitest';
import { addressName, personName } from './person-name.ts';

const russian = {
  givenName: 'Oleg',
  familyName: 'Vorobev',
  givenNameRu: 'Олег',
  familyNameRu: 'Воробьёв',
  patronymicRu: 'Александрович',
};
const indian = { givenName: 'Deepika', familyName: 'Kumari', givenNameRu: null, familyNameRu: null };

it('writes a Russian surname first in Russian and last in English', () => {
  expect(personName(russian, 'ru')).toBe('Воробьёв Олег Александрович');
  expect(personName(russian, 'en')).toBe('Oleg Vorobev');
});

it('does not turn an Indian name round, and falls back to the script there is', () => {
  expect(personName({ ...indian, givenNameRu: 'Дипика', familyNameRu: 'Кумари' }, 'ru')).toBe(
    'Дипика Кумари',
  );
  expect(personName(indian, 'ru')).toBe('Deepika Kumari');
});

it('greets a Russian by given name and patronymic, an Indian by the whole name', () => {
  expect(addressName(russian, 'ru')).toBe('Олег Александрович');
  expect(addressName(russian, 'en')).toBe('Oleg Vorobev');
  expect(addressName({ ...indian, givenNameRu: 'Дипика', familyNameRu: 'Кумари' }, 'ru')).toBe(
    'Дипика Кумари',
  );
});
