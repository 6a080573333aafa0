import { expect, it } from 'vitest';
import { greetingFor, type Reader } from './letter.server.ts';

const olga: Reader = {
  locale: 'ru',
  givenName: 'Olga',
  familyName: 'Belskaia',
  givenNameRu: 'Ольга',
  familyNameRu: 'Бельская',
  patronymicRu: 'Игоревна',
  sex: 'f',
};
const deepika: Reader = {
  locale: 'ru',
  givenName: 'Deepika',
  familyName: 'Kumari',
  givenNameRu: 'Дипика',
  familyNameRu: 'Кумари',
  patronymicRu: null,
  sex: 'f',
};

it('turns to a Russian by given name and patronymic, to whoever has none by the family name', () => {
  expect(greetingFor(olga)).toBe('Уважаемая Ольга Игоревна!');
  expect(greetingFor(deepika)).toBe('Уважаемая г-жа\u00a0Кумари!');
  expect(greetingFor({ ...deepika, sex: null })).toBe('Здравствуйте, Дипика Кумари!');
});

it('writes the whole name in English, and greets whoever has no name', () => {
  expect(greetingFor({ ...deepika, locale: 'en' })).toBe('Dear Deepika Kumari,');
  const nobody = { givenName: null, familyName: null, givenNameRu: null, familyNameRu: null };
  expect(greetingFor({ ...olga, ...nobody, patronymicRu: null })).toBe('Здравствуйте!');
});
