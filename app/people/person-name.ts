import type { Locale } from '#db/schema/shared.ts';

export type NameParts = {
  givenName: string | null;
  familyName: string | null;
  givenNameRu: string | null;
  familyNameRu: string | null;
  patronymicRu?: string | null;
};

const joined = (...parts: (string | null | undefined)[]) => parts.filter(Boolean).join(' ');

/** Latin, given name first: “Deepika Kumari”. Empty where there is no Latin spelling. */
export const latinName = (person: NameParts) => joined(person.givenName, person.familyName);

/**
 * Cyrillic as lists write it: surname first where there is a patronymic («Воробьёв Олег Александрович»);
 * a name without one is not turned round («Дипика Кумари»). GLOSSARY, “How we write Russian”.
 */
export const cyrillicName = (person: NameParts) =>
  person.patronymicRu
    ? joined(person.familyNameRu, person.givenNameRu, person.patronymicRu)
    : joined(person.givenNameRu, person.familyNameRu);

/**
 * How the portal turns to its reader: in Russian a Russian by given name and patronymic («Ольга Игоревна»),
 * anyone else by the whole name («Сунита Рой», “Sunita Roy”). GLOSSARY, “How we write Russian”.
 */
export function addressName(person: NameParts, locale: Locale): string {
  return locale === 'ru' && person.givenNameRu && person.patronymicRu
    ? joined(person.givenNameRu, person.patronymicRu)
    : personName(person, locale);
}

/** The name in the reader's script, else in the other: no name is ever left out for want of a spelling. */
export function personName(person: NameParts, locale: Locale): string {
  const [own, other] =
    locale === 'ru' ? [cyrillicName(person), latinName(person)] : [latinName(person), cyrillicName(person)];
  return own || other;
}
