import { useTranslation } from 'react-i18next';
import { Card } from '#app/ui/card.tsx';
import { Chip } from '#app/ui/chip.tsx';
import { formatDate } from '#app/ui/format-when.ts';
import { languageOf } from '#app/ui/language.ts';
import { TypedLine } from '#app/ui/typed-line.tsx';
import { Deadline, When } from '#app/ui/when.tsx';
import { inLanguage } from './localized.ts';
import type { ExchangeParts } from './record-queries.ts';
import { SECTIONS } from './sections.ts';

/** What the home institution asked to be corrected, section by section; the open return first. */
export function CorrectionsCard({ corrections }: Pick<ExchangeParts, 'corrections'>) {
  const { t } = useTranslation('exchanges');
  if (corrections.length === 0) return null;
  return (
    <Card title={t('record.corrections')} id="corrections">
      {[...corrections].reverse().map((one) => (
        <section key={one.id} className="mb-4">
          <p className="note">
            {t('record.correctionNumber', { number: one.number })} · <When at={one.askedAt} />{' '}
            {one.answeredAt ? (
              <Chip tone="ok">{t('record.corrected')}</Chip>
            ) : (
              <Chip tone="risk">
                <Deadline at={one.dueAt} year={false} />
              </Chip>
            )}
          </p>
          {SECTIONS.map((section) => {
            const comment = one.comments[section];
            return comment && <Said key={section} term={t(`record.section.${section}`)} text={comment} />;
          })}
        </section>
      ))}
    </Card>
  );
}

/** Questions of the host with the replies of the home institution, the latest first. */
export function QuestionsCard({ questions }: Pick<ExchangeParts, 'questions'>) {
  const { t } = useTranslation('exchanges');
  if (questions.length === 0) return null;
  return (
    <Card title={t('record.questions')} id="questions">
      {[...questions].reverse().map((one) => (
        <section key={one.id} className="mb-4">
          <p className="note">
            <When at={one.askedAt} />
          </p>
          <Said term={t('record.question')} text={one.question} />
          {one.reply ? (
            <Said term={t('record.replied')} text={one.reply} />
          ) : (
            <p className="note">{t('record.noReply')}</p>
          )}
        </section>
      ))}
    </Card>
  );
}

/** Appeals with their outcome, the latest first. */
export function AppealsCard({ appeals }: Pick<ExchangeParts, 'appeals'>) {
  const { t } = useTranslation('exchanges');
  if (appeals.length === 0) return null;
  const tones = { upheld: 'ok', rejected: 'stop', open: 'risk' } as const;
  return (
    <Card title={t('appeal.title')} id="appeals">
      {appeals.map((one) => (
        <section key={one.id} className="mb-4">
          <p className="note">
            {t(`appeal.against.${one.against}`)} · <When at={one.madeAt} />{' '}
            <Chip tone={tones[one.outcome ?? 'open']}>{t(`appeal.outcome.${one.outcome ?? 'open'}`)}</Chip>
          </p>
          <Said term={t('appeal.words')} text={one.words} />
          {one.reason && <Said term={t('appeal.reason')} text={one.reason} />}
        </section>
      ))}
    </Card>
  );
}

/** The letters of an exchange; each is one paper in both languages. */
export function LettersCard({ reference, letters }: { reference: string } & Pick<ExchangeParts, 'letters'>) {
  const { t, i18n } = useTranslation('exchanges');
  const language = languageOf(i18n);
  if (letters.length === 0) return null;
  return (
    <Card title={t('record.letters')} id="letters">
      <ul>
        {letters.map(({ number, content }) => (
          <li key={number}>
            <a href={`/exchanges/${reference}/letters/${number}`}>{t(`record.letter.${content.kind}`)}</a>{' '}
            <span className="note">
              {t('record.letterNote', {
                number,
                date: formatDate(content.issuedOn, language),
                institution: inLanguage(content[content.signatory.party].name, language),
              })}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** What somebody wrote, under what it is: the width of the card, because it may be long. */
export const Said = ({ term, text }: { term: string; text: string }) => (
  <div className="mt-2">
    <p className="note">
      <b>{term}</b>
    </p>
    <p className="prose whitespace-pre-line">
      <TypedLine text={text} />
    </p>
  </div>
);
