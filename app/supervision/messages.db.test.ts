import { expect, test } from 'vitest';
import { composeMessage, messagesByCode } from '#app/platform/compose-message.server.ts';
import { useDatabase } from '#tests/support/database.ts';
import { addThesis } from '#tests/support/thesis.ts';
import { messages } from './messages.ts';

const { db } = await useDatabase();
const { reference } = await addThesis(db, { title: { en: 'Tailings recovery: study 1', ru: '' } });
const known = messagesByCode([{ messages }]);

const params = { reference, number: 1, year: 2026, half: 2, due: '2026-12-15' };

async function composed(code: string, locale: 'en' | 'ru') {
  const message = await composeMessage(
    db,
    known,
    { code, params, institutionId: null },
    { locale, personId: null },
  );
  if (!message) throw new Error(`${code} was not composed`);
  return message;
}

test.each(messages.map(({ code }) => code))(
  '%s says in both languages what it is about and leads there',
  async (code) => {
    for (const locale of ['en', 'ru'] as const) {
      const { subject, body, action, path } = await composed(code, locale);
      const all = `${subject}\n${body}\n${action}`;
      expect(subject).toContain(reference);
      expect(body).toContain('Tailings recovery: study 1');
      expect(body).toContain(locale === 'en' ? 'the second half of 2026' : 'второе полугодие 2026\u00a0г.');
      expect(all).not.toMatch(/\{\{|undefined|\.\.|by by/);
      expect(path).toMatch(new RegExp(`^/supervision/${reference}/reports/1(/decision)?$`));
    }
  },
);

test('the date stands as each language says it', async () => {
  expect((await composed('supervision.reportSubmitted', 'en')).body).toContain(
    'Please give your opinion by 15\u00a0December.',
  );
  expect((await composed('supervision.reportSubmitted', 'ru')).body).toContain(
    'Просим дать отзыв не\u00a0позднее 15\u00a0декабря. Отзыв',
  );
});
