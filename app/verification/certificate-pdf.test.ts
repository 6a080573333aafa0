import { extractText, getDocumentProxy } from 'unpdf';
import { expect, test } from 'vitest';
import { certificatePdf } from './certificate-pdf.ts';
import { shownCode } from './code.ts';
import { newCode } from './new-code.server.ts';

const code = newCode();
const certificate = {
  number: 'CT-2027-0042',
  code,
  issuedOn: '2027-01-28',
  revokedAt: null,
  content: {
    name: { latin: 'Deepika Kumari', cyrillic: 'Дипика Кумари' },
    course: {
      code: 'TR-02',
      title: {
        en: 'Sintered Nd-Fe-B magnets: from alloy to block',
        ru: 'Спечённые магниты Nd-Fe-B: от сплава до блока',
      },
      language: 'ru' as const,
    },
    startsOn: '2027-01-18',
    endsOn: '2027-01-27',
    minutes: 40 * 60,
    grade: 87,
    host: { en: 'GIREDMET', ru: 'АО «Гиредмет»' },
    city: { en: 'Moscow', ru: 'Москва' },
    from: { en: 'IIT (ISM) Dhanbad', ru: 'ИТИ (ИГШ) Дханбад' },
  },
};

/** The words of the paper, with every kind of space as one. */
async function wordsOf(bytes: Uint8Array) {
  const { text, totalPages } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), {
    mergePages: true,
  });
  return { text: text.replace(/\s+/g, ' '), totalPages };
}

test('the paper says in both languages and scripts what was issued, on one page', async () => {
  const { text, totalPages } = await wordsOf(
    await certificatePdf(certificate, `https://portal.example/verify/${code}`),
  );
  expect(totalPages).toBe(1);
  const { name, course, host } = certificate.content;
  for (const words of [
    name.latin,
    name.cyrillic,
    course.title.en,
    course.title.ru,
    host.ru,
    'CT-2027-0042',
    '18–27 January 2027',
    '18–27 января 2027 г.',
    '40 hours',
    '40 часов',
    'Grade: 87 of 100',
    'Оценка: 87 из 100',
    shownCode(code),
  ]) {
    expect(text).toContain(words);
  }
  expect(text).not.toContain('REVOKED');
});

test('a revoked certificate says so on its face, in both languages', async () => {
  const { text } = await wordsOf(
    await certificatePdf(
      { ...certificate, revokedAt: new Date('2027-02-01T10:00:00Z') },
      'https://portal.example',
    ),
  );
  expect(text).toContain('REVOKED');
  expect(text).toContain('АННУЛИРОВАН');
});
