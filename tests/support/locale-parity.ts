import { closeCheck, readSources, type Sources } from './source-files.ts';

// English and Russian say the same things: same files, same keys, same values put into them, and the plural
// forms that each language needs (CLDR cardinal categories, as i18next v4 spells them).

const pluralForms = { en: ['one', 'other'], ru: ['one', 'few', 'many', 'other'] } as const;
const pluralSuffix = /_(zero|one|two|few|many|other)$/;

type Language = keyof typeof pluralForms;
type Texts = Map<string, string>;

/** Flattens nested keys to `a.b.c`; anything but a text is an error. */
function flatten(value: unknown, prefix: string, into: Texts, findings: string[], path: string): Texts {
  for (const [key, inner] of Object.entries(value as Record<string, unknown>)) {
    const name = prefix ? `${prefix}.${key}` : key;
    if (typeof inner === 'string') into.set(name, inner);
    else if (typeof inner === 'object' && inner !== null) flatten(inner, name, into, findings, path);
    else findings.push(`${path}: ${name} is not a text`);
  }
  return into;
}

/** The names put into a text: `{{count}}`, and the tags of `<Trans>` components. */
function placeholders(text: string): string {
  const values = [...text.matchAll(/\{\{-?\s*([\w.]+)[^}]*\}\}/g)].map((match) => match[1]);
  const tags = [...text.matchAll(/<(\w+)/g)].map((match) => `<${match[1]}>`);
  const nested = [...text.matchAll(/\$t\(([^),]+)/g)].map((match) => `$t(${match[1]})`);
  return [...new Set([...values, ...tags, ...nested])].sort().join(', ');
}

/** What typography forbids in a language, said to whoever wrote it. */
function typography(language: Language, text: string): string | undefined {
  if (text.trim() === '') return 'is empty';
  if (text.includes('...')) return 'has three dots; write “…”';
  // Quotes inside markup (`<a href="…">`) are not the reader's.
  const read = text.replace(/<[^>]*>/g, '');
  if (language === 'ru' && read.includes('"')) return 'has straight quotes; write «…»';
  return undefined;
}

/** Base keys of a file with the plural forms given for each (empty where the key is not a plural). */
function grouped(texts: Texts): Map<string, Map<string, string>> {
  // `step_one` is a plural only where `step_other` stands beside it.
  const groups = new Map<string, Map<string, string>>();
  for (const [key, text] of texts) {
    const base = key.replace(pluralSuffix, '');
    const plural = base !== key && texts.has(`${base}_other`);
    const name = plural ? base : key;
    const forms = groups.get(name) ?? new Map<string, string>();
    forms.set(plural ? key.slice(base.length + 1) : '', text);
    groups.set(name, forms);
  }
  return groups;
}

/** Compares one file in both languages. */
function compareFile(name: string, texts: Record<Language, Texts>): string[] {
  const findings: string[] = [];
  const groups = { en: grouped(texts.en), ru: grouped(texts.ru) };
  for (const language of ['en', 'ru'] as const) {
    const other = language === 'en' ? 'ru' : 'en';
    const path = `locales/${language}/${name}`;
    for (const [key, text] of texts[language]) {
      const fault = typography(language, text);
      if (fault) findings.push(`${path}: ${key} ${fault}`);
    }
    for (const [key, forms] of groups[language]) {
      const theirs = groups[other].get(key);
      if (!theirs) findings.push(`${path}: ${key} is missing in ${other}`);
      if (!forms.has('')) {
        const missing = pluralForms[language].filter((form) => !forms.has(form));
        const extra = [...forms.keys()].filter(
          (form) => !pluralForms[language].some((known) => known === form),
        );
        if (missing.length > 0) findings.push(`${path}: ${key} lacks the form ${missing.join(', ')}`);
        if (extra.length > 0)
          findings.push(`${path}: ${key} has the form ${extra.join(', ')}, which is unused`);
        if (theirs?.has('')) findings.push(`${path}: ${key} is a plural here and not in ${other}`);
      }
    }
  }
  for (const [key, forms] of groups.en) {
    const theirs = groups.ru.get(key);
    if (!theirs) continue;
    // “One” may be said without its number, so the full form carries the comparison.
    const [mine, yours] = [forms, theirs].map((all) => placeholders(all.get('other') ?? all.get('') ?? ''));
    if (mine !== yours) {
      findings.push(`locales/*/${name}: ${key} puts in “${mine}” in en, “${yours}” in ru`);
    }
  }
  return findings;
}

/**
 * Checks that both languages hold the same texts.
 * @param sources the files of `locales/en` and `locales/ru`
 * @returns one line for each difference
 */
export function findDisparities(sources: Sources): string[] {
  const findings: string[] = [];
  const byName = new Map<string, Partial<Record<Language, Texts>>>();
  for (const [path, source] of sources) {
    const [, language, name] = /^locales\/(en|ru)\/(.+\.json)$/.exec(path) ?? [];
    if (!language || !name) {
      findings.push(`${path}: locales hold en/*.json and ru/*.json only`);
      continue;
    }
    let content: unknown;
    try {
      content = JSON.parse(source);
    } catch (error) {
      findings.push(`${path}: ${error instanceof Error ? error.message : 'not JSON'}`);
      continue;
    }
    const texts = flatten(content, '', new Map(), findings, path);
    byName.set(name, { ...byName.get(name), [language]: texts });
  }
  for (const [name, { en, ru }] of byName) {
    if (en && ru) findings.push(...compareFile(name, { en, ru }));
    else findings.push(`locales/${en ? 'ru' : 'en'}/${name} is missing`);
  }
  return findings;
}

if (import.meta.main) {
  const sources = readSources(['locales/*/**/*.json']);
  closeCheck('Locale parity', findDisparities(sources), `${sources.size} files`);
}
