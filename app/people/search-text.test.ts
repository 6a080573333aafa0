import { expect, it } from 'vitest';
import { searchTerm, searchText } from './search-text.ts';

it('holds both scripts and their transliterations, in lower case, each word once', () => {
  const text = searchText({
    givenName: 'Oleg',
    familyName: 'Vorobyov',
    familyNameRu: 'Воробьёв',
    givenNameRu: 'Олег',
    email: 'Oleg@t.example',
  });
  for (const word of ['oleg', 'vorobyov', 'vorobev', 'воробьев', 'олег', 'oleg@t.example']) {
    expect(text.split(' ')).toContain(word);
  }
  expect(text.split(' ').filter((word) => word === 'oleg')).toHaveLength(1);
});

it('is found by what people type', () => {
  const text = searchText({ familyName: 'Kumari', givenName: 'Deepika' });
  expect(text).toContain(searchTerm('  КУМАРИ '));
  expect(searchText({ familyNameRu: 'Ёлкина' })).toContain(searchTerm('Ёлкина'));
});

it('is empty for nobody', () => {
  expect(searchText({})).toBe('');
});
