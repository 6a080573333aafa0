/**
 * Latin from Cyrillic, letter by letter, as in Russian passports.
 * Source: ICAO Doc 9303, part 3, section 6, table B “Transliteration of Cyrillic characters” (the column of
 * recommended transliterations for Russian; the same table is quoted in Russian passport orders). The table
 * gives nothing for the soft sign: it is left out.
 */
const ICAO: Record<string, string> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ё: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ъ: 'ie',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'iu',
  я: 'ia',
};

/**
 * Cyrillic from Latin, the longest group first. It follows the usual practice of writing Indian names, as
 * romanised in India (Hunterian spelling), in Russian: aspirates keep their «х», doubled vowels are long
 * and written once, «j» is «дж». No published table could be verified as binding, so what comes out is only
 * ever a proposal that a person confirms.
 */
const FROM_LATIN: [string, string][] = [
  ['shch', 'щ'],
  ['chh', 'чх'],
  ['ksh', 'кш'],
  ['sch', 'ш'],
  ['tch', 'тч'],
  ['gny', 'гнь'],
  ['aa', 'а'],
  ['ee', 'и'],
  ['ii', 'и'],
  ['oo', 'у'],
  ['uu', 'у'],
  ['ai', 'ай'],
  ['ei', 'ей'],
  ['oi', 'ой'],
  ['ui', 'уй'],
  ['ya', 'я'],
  ['ye', 'е'],
  ['yi', 'йи'],
  ['yo', 'йо'],
  ['yu', 'ю'],
  ['bh', 'бх'],
  ['ch', 'ч'],
  ['ck', 'к'],
  ['dh', 'дх'],
  ['gh', 'гх'],
  ['gy', 'гь'],
  ['jh', 'джх'],
  ['kh', 'кх'],
  ['ph', 'пх'],
  ['qu', 'кв'],
  ['sh', 'ш'],
  ['th', 'тх'],
  ['ts', 'ц'],
  ['zh', 'ж'],
  ['a', 'а'],
  ['b', 'б'],
  ['c', 'к'],
  ['d', 'д'],
  ['e', 'е'],
  ['f', 'ф'],
  ['g', 'г'],
  ['h', 'х'],
  ['i', 'и'],
  ['j', 'дж'],
  ['k', 'к'],
  ['l', 'л'],
  ['m', 'м'],
  ['n', 'н'],
  ['o', 'о'],
  ['p', 'п'],
  ['q', 'к'],
  ['r', 'р'],
  ['s', 'с'],
  ['t', 'т'],
  ['u', 'у'],
  ['v', 'в'],
  ['w', 'в'],
  ['x', 'кс'],
  ['y', 'й'],
  ['z', 'з'],
];
const TO_CYRILLIC = new Map(FROM_LATIN);
const LONGEST = Math.max(...FROM_LATIN.map(([latin]) => latin.length));
const VOWELS = 'aeiou';

/** Latin letters for Cyrillic ones; what is neither stays as it is. The case of each word is kept. */
export function latinFromCyrillic(text: string): string {
  return eachWord(text.normalize('NFC'), /[а-яё]+/giu, (word) =>
    [...word].map((letter) => ICAO[letter] ?? '').join(''),
  );
}

/** Cyrillic letters proposed for Latin ones; accents are dropped first, what is neither stays as it is. */
export function cyrillicFromLatin(text: string): string {
  return eachWord(withoutAccents(text), /[a-z]+/giu, cyrillicWord);
}

/** Latin letters lose their accents; «й» and «ё» are letters of their own and keep theirs. */
function withoutAccents(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[^\u0400-\u04ff]+/g, (part) => part.normalize('NFD').replace(/\p{M}+/gu, ''));
}

function cyrillicWord(word: string): string {
  let written = '';
  for (let at = 0; at < word.length; ) {
    let length = Math.min(LONGEST, word.length - at);
    while (length > 1 && !TO_CYRILLIC.has(word.slice(at, at + length))) length -= 1;
    const group = word.slice(at, at + length);
    written += atEnds(word, at, group) ?? TO_CYRILLIC.get(group) ?? '';
    at += length;
  }
  return written;
}

/** «э» opens a word (Ekta — Экта); a lone «y» between consonants or at the end after one is «и» (Roy, but Reddy — Редди). */
function atEnds(word: string, at: number, group: string): string | null {
  if (group === 'e' && at === 0) return 'э';
  const before = word[at - 1];
  if (group === 'y' && before !== undefined && !VOWELS.includes(before)) return 'и';
  return null;
}

/** Rewrites each run of letters and gives it back its case: all capitals, a capital first, or none. */
function eachWord(text: string, letters: RegExp, rewrite: (lower: string) => string): string {
  return text.replace(letters, (word) => {
    const lower = word.toLowerCase();
    const written = rewrite(lower);
    if (word === lower) return written;
    const capitals = word.length > 1 && word === word.toUpperCase();
    return capitals ? written.toUpperCase() : written.slice(0, 1).toUpperCase() + written.slice(1);
  });
}
