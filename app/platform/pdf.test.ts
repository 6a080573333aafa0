import { createElement } from 'react';
import { extractText, getDocumentProxy } from 'unpdf';
import { describe, expect, it } from 'vitest';
import { PAPER_FONT, renderPdf } from './pdf.server.ts';

describe('a paper', () => {
  it('keeps Cyrillic and Latin readable in all four faces', async () => {
    const lines = [
      ['Съешь ещё этих мягких французских булок № 7', 400, 'normal'],
      ['Соглашение о совместном руководстве', 700, 'normal'],
      ['курсив и Ёлка', 400, 'italic'],
      ['Joint supervision — Dhanbad & Moscow', 700, 'italic'],
    ] as const;
    const bytes = await renderPdf(({ Document, Page, Text }) =>
      createElement(
        Document,
        { language: 'ru', title: 'Проба' },
        createElement(
          Page,
          { size: 'A4', style: { fontFamily: PAPER_FONT } },
          ...lines.map(([text, fontWeight, fontStyle]) =>
            createElement(Text, { key: text, style: { fontWeight, fontStyle } }, text),
          ),
        ),
      ),
    );
    expect(bytes.length).toBeLessThan(200_000);
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true });
    for (const [line] of lines) expect(text).toContain(line);
  });

  it('keeps every letter readable in the papers after the first, and when several are printed at once', async () => {
    const printed = (text: string) =>
      renderPdf(({ Document, Page, Text }) =>
        createElement(
          Document,
          {},
          createElement(
            Page,
            { size: 'A4', style: { fontFamily: PAPER_FONT } },
            createElement(Text, { style: { fontWeight: 700 } }, text),
          ),
        ),
      );
    // Letters which are drawn as parts of others come first.
    const texts = [
      'Ёлка, Йод, Ќ, Ў, №',
      'Kumari, Petrova',
      'Кумари Дипика, Петрова',
      'Kumari, Petrova, Yolka',
    ];
    const papers = await Promise.all(texts.map(printed));
    for (const [index, bytes] of papers.entries()) {
      const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true });
      expect(text).toContain(texts[index]);
    }
  });
});
