import { cyrillicFromLatin, latinFromCyrillic } from './transliterate.ts';

/** What people look each other up by. */
export type Searchable = {
  givenName?: string | null;
  familyName?: string | null;
  givenNameRu?: string | null;
  familyNameRu?: string | null;
  patronymicRu?: string | null;
  email?: string | null;
};

/**
 * The text of `person.search`: both scripts and their transliterations, lower case, each word once.
 * «ё» stands as «е», because people type it so.
 */
export function searchText(person: Searchable): string {
  const latin = [person.givenName, person.familyName].filter(Boolean).join(' ');
  const cyrillic = [person.familyNameRu, person.givenNameRu, person.patronymicRu].filter(Boolean).join(' ');
  const all = [latin, cyrillic, cyrillicFromLatin(latin), latinFromCyrillic(cyrillic), person.email ?? ''];
  return [...new Set(searchTerm(all.join(' ')).split(' '))].join(' ').trim();
}

/** What a person typed into the search field, in the form in which the column is written. */
export function searchTerm(typed: string): string {
  return typed.normalize('NFC').toLowerCase().replaceAll('ё', 'е').replace(/\s+/g, ' ').trim();
}
