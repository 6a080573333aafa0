import i18next from 'i18next';
import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider, initReactI18next } from 'react-i18next';
import { expect, test } from 'vitest';
import en from '#locales/en/common.json';
import ru from '#locales/ru/common.json';
import { Gallery } from './gallery.tsx';

const languages = ['en', 'ru'] as const;

/** Every component at once, and the keys for which there were no words. */
function render(language: 'en' | 'ru') {
  const missing: string[] = [];
  const i18n = i18next.createInstance();
  i18n.use(initReactI18next).init({
    initAsync: false,
    lng: language,
    fallbackLng: false,
    defaultNS: 'common',
    resources: { en: { common: en }, ru: { common: ru } },
    interpolation: { escapeValue: false },
    parseMissingKeyHandler: (key) => {
      missing.push(key);
      return key;
    },
  });
  const html = renderToStaticMarkup(
    <I18nextProvider i18n={i18n}>
      <Gallery language={language} />
    </I18nextProvider>,
  );
  return { html, missing };
}

test.each(languages)('every component has its words in %s', (language) => {
  expect(render(language).missing).toEqual([]);
});

test.each(languages)('no component writes a style that the security policy forbids (%s)', (language) => {
  expect(render(language).html).not.toMatch(/\sstyle=|<script|\son\w+=/);
});

test.each(languages)('labels, hints and errors lead to what they name (%s)', (language) => {
  const { html } = render(language);
  const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
  expect(ids).toEqual([...new Set(ids)]);
  const named = [...html.matchAll(/\s(?:for|aria-describedby|aria-labelledby)="([^"]+)"/g)];
  for (const id of named.flatMap(([, list = '']) => list.split(' '))) expect(ids).toContain(id);
  for (const [, field] of html.matchAll(/<li><a href="#((?:start|consent)-[^"]+)"/g))
    expect(ids).toContain(field);
});

test('a pier tells its city and its state in words', () => {
  expect(render('en').html).toContain('Nominated<span class="sr-only">, Dhanbad, done</span>');
  expect(render('ru').html).toContain(', Москва, идёт сейчас</span>');
});

test('what was typed is given back', () => {
  const { html } = render('en');
  expect(html).toContain('value="2027-02-01"');
  expect(html).toMatch(/type="radio"[^>]*value="2"[^>]*checked=""|type="radio"[^>]*checked=""[^>]*value="2"/);
});
