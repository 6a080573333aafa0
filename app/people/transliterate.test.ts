import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cyrillicFromLatin, latinFromCyrillic } from './transliterate.ts';

const cyrillicWord = fc.stringMatching(/^[А-ЯЁ][а-яё]{0,20}$/);
const latinWord = fc.stringMatching(/^[A-Z][a-z]{0,20}$/);

describe('Latin from Cyrillic', () => {
  // ICAO Doc 9303, part 3: Щ = SHCH, Ц = TS, Ю = IU, Я = IA, Ъ = IE, Й = I, Ё = E.
  it.each([
    ['Воробьёв Олег Александрович', 'Vorobev Oleg Aleksandrovich'],
    ['Щербаков', 'Shcherbakov'],
    ['ЦВЕТКОВА ЮЛИЯ', 'TSVETKOVA IULIIA'],
    ['Подъячев Андрей', 'Podieiachev Andrei'],
    ['Хижняк-Ёлкина', 'Khizhniak-Elkina'],
    ['Deepika Кумари', 'Deepika Kumari'],
  ])('%s is %s', (cyrillic, latin) => {
    expect(latinFromCyrillic(cyrillic)).toBe(latin);
  });

  it('leaves no Cyrillic letter and loses no word', () => {
    fc.assert(
      fc.property(fc.array(cyrillicWord, { minLength: 1, maxLength: 4 }), (words) => {
        const latin = latinFromCyrillic(words.join(' '));
        expect(latin).not.toMatch(/\p{Script=Cyrillic}/u);
        expect(latin.split(' ')).toHaveLength(words.length);
      }),
    );
  });

  it('rewrites letter by letter: a text is its parts', () => {
    fc.assert(
      fc.property(cyrillicWord, cyrillicWord, (first, second) => {
        const [one, two] = [first.toLowerCase(), second.toLowerCase()];
        expect(latinFromCyrillic(one + two)).toBe(latinFromCyrillic(one) + latinFromCyrillic(two));
      }),
    );
  });
});

describe('Cyrillic from Latin', () => {
  it.each([
    ['Deepika Kumari', 'Дипика Кумари'],
    ['Chatterjee', 'Чаттерджи'],
    ['Rajesh', 'Раджеш'],
    ['Reddy', 'Редди'],
    ['Bhattacharya', 'Бхаттачаря'],
    ['Ekta Roy', 'Экта Рой'],
    ['SINGH', 'СИНГХ'],
    ['Jha', 'Джха'],
    ['Zoë', 'Зое'],
  ])('%s is %s', (latin, cyrillic) => {
    expect(cyrillicFromLatin(latin)).toBe(cyrillic);
  });

  it('leaves no Latin letter, loses no word and keeps the capital', () => {
    fc.assert(
      fc.property(fc.array(latinWord, { minLength: 1, maxLength: 4 }), (words) => {
        const cyrillic = cyrillicFromLatin(words.join(' '));
        expect(cyrillic).not.toMatch(/\p{Script=Latin}/u);
        for (const word of cyrillic.split(' ')) expect(word).toMatch(/^\p{Lu}/u);
        expect(cyrillic.split(' ')).toHaveLength(words.length);
      }),
    );
  });

  it('touches nothing that is not Latin', () => {
    fc.assert(
      fc.property(cyrillicWord, (word) => {
        expect(cyrillicFromLatin(word)).toBe(word);
      }),
    );
  });
});
