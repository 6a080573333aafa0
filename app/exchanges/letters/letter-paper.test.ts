import { extractText, getDocumentProxy } from 'unpdf';
import { describe, expect, it } from 'vitest';
import type { LetterContent } from './letter-content.ts';
import { letterPdf } from './letter-paper.tsx';

const content: LetterContent = {
  kind: 'nomination',
  refusal: null,
  number: 'LT-2026-0042',
  issuedOn: '2026-11-20',
  application: { reference: 'EX-2026-0007', title: 'Solvent extraction of heavy rare earths' },
  call: {
    reference: 'RE-2026-0001',
    title: { en: 'Rare earths: stays at GIREDMET', ru: 'Редкие земли: стажировки в Гиредмете' },
  },
  applicant: { latin: 'Deepika Kumari', cyrillic: 'Дипика Кумари', confirmed: true },
  salutation: { en: 'Dear Deepika Kumari,', ru: 'Уважаемая г-жа Кумари!' },
  home: {
    name: {
      en: 'Indian Institute of Technology (Indian School of Mines) Dhanbad',
      ru: 'Индийский технологический институт (Индийская горная школа), Дханбад',
    },
    city: { en: 'Dhanbad', ru: 'Дханбад' },
  },
  host: { name: { en: 'GIREDMET', ru: 'АО «Гиредмет»' }, city: { en: 'Moscow', ru: 'Москва' } },
  signatory: { latin: 'Sunita Roy', cyrillic: 'Сунита Рой', confirmed: true, party: 'home' },
  stay: null,
  wish: { start: '2027-01-29', weeks: 6 },
  reason: null,
};
const hash = 'a'.repeat(64);

/** The words of the paper, with every kind of space as one. */
async function wordsOf(letter: LetterContent) {
  const { text, totalPages } = await extractText(
    await getDocumentProxy(await letterPdf({ content: letter, hash })),
    { mergePages: true },
  );
  return { text: text.replace(/\s+/g, ' '), totalPages };
}

describe('a letter on paper', () => {
  it('nominates in both languages, names in both scripts and institutions in full', async () => {
    const { text, totalPages } = await wordsOf(content);
    expect(totalPages).toBe(1);
    for (const words of [
      'Letter of nomination',
      'Письмо о выдвижении',
      'LT-2026-0042',
      '20 November 2026',
      '20 ноября 2026 г.',
      'Deepika Kumari (Дипика Кумари)',
      'Дипика Кумари (Deepika Kumari)',
      'Indian Institute of Technology',
      'Индийская горная школа',
      'АО «Гиредмет»',
      'Уважаемые коллеги!',
      'Sunita Roy (Сунита Рой)',
      '6 недель',
      hash.slice(0, 40),
    ])
      expect(text).toContain(words);
    expect(text).not.toMatch(/\{\{|letters:|undefined|null/);
  });

  it('accepts with supervisor, laboratory and dates', async () => {
    const { text, totalPages } = await wordsOf({
      ...content,
      kind: 'acceptance',
      signatory: {
        latin: 'Olga Smirnova',
        cyrillic: 'Смирнова Ольга Игоревна',
        confirmed: true,
        party: 'host',
      },
      wish: null,
      stay: {
        from: '2027-02-01',
        until: '2027-03-14',
        laboratory: 'Laboratory 14',
        supervisor: { latin: 'Anna Petrova', cyrillic: 'Петрова Анна Сергеевна', confirmed: true },
      },
    });
    expect(totalPages).toBe(1);
    expect(text).toContain('Письмо-согласие принимающей организации');
    expect(text).toContain('Петрова Анна Сергеевна (Anna Petrova)');
    expect(text).toContain('1 февраля – 14 марта 2027 г.');
    expect(text).not.toContain('not been confirmed');
  });

  it('refuses with the reason as it was given, and marks a spelling nobody has confirmed', async () => {
    const { text } = await wordsOf({
      ...content,
      kind: 'refusal',
      refusal: 'notNominated',
      applicant: { ...content.applicant, confirmed: false },
      wish: null,
      reason: 'Полевой сезон совпадает со сроком стажировки.',
    });
    expect(text).toContain('Уважаемая г-жа Кумари!');
    expect(text.match(/Полевой сезон совпадает/g)).toHaveLength(2);
    expect(text).toContain('в течение пяти рабочих дней');
    expect(text).toContain('ещё не подтверждено');
  });

  it('guesses nothing: without the sex on record the Russian text has no salutation', async () => {
    const { text } = await wordsOf({
      ...content,
      kind: 'refusal',
      refusal: 'ineligible',
      salutation: { en: 'Dear Deepika Kumari,', ru: '' },
      wish: null,
      reason: 'No certificate.',
    });
    expect(text).not.toContain('Уважаем');
    expect(text).not.toContain('Здравствуйте');
    expect(text).toContain('Dear Deepika Kumari,');
  });
});
