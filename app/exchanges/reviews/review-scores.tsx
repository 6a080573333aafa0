import { useTranslation } from 'react-i18next';
import { Facts } from '#app/ui/facts.tsx';
import { languageOf } from '#app/ui/language.ts';
import { Paragraphs } from '#app/ui/paragraphs.tsx';
import type { Rubric } from '#db/schema/exchanges.ts';
import { inLanguage } from '../localized.ts';
import { formatScore } from './format-score.ts';
import { gradesOf } from './rubric.ts';

interface GivenReviewProps {
  rubric: Rubric;
  review: { scores: Record<string, number>; mean: number | null; comment: string; confidential: string };
}

/** A submitted review: its grades with their texts, the weighted mean, both comments. */
export function GivenReview({ rubric, review }: GivenReviewProps) {
  const { t, i18n } = useTranslation('reviews');
  const language = languageOf(i18n);
  const grades = gradesOf(rubric);
  const gradeOf = (code: string) => {
    const value = review.scores[code];
    if (value === undefined) return '—';
    const text = grades.find((grade) => grade.value === value)?.text;
    return text ? t('form.grade', { value: String(value), text: inLanguage(text, language) }) : String(value);
  };
  return (
    <>
      <Facts
        facts={[
          ...rubric.criteria.map((criterion) => ({
            term: t('form.criterion', {
              title: inLanguage(criterion.title, language),
              weight: String(criterion.weight),
            }),
            value: gradeOf(criterion.code),
          })),
          { term: t('board.score'), value: <b>{formatScore(review.mean, language)}</b> },
        ]}
      />
      <h3 className="mt-4">{t('form.comment')}</h3>
      <div className="prose">
        <Paragraphs text={review.comment} />
      </div>
      {review.confidential && (
        <>
          <h3 className="mt-4">{t('form.confidential')}</h3>
          <div className="prose">
            <Paragraphs text={review.confidential} />
          </div>
        </>
      )}
    </>
  );
}
