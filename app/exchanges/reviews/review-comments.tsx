import { useTranslation } from 'react-i18next';
import { Card } from '#app/ui/card.tsx';
import { Paragraphs } from '#app/ui/paragraphs.tsx';

/** What the reviewers wrote for the applicant, unnamed; nothing where there is nothing to read yet. */
export function ReviewComments({ comments }: { comments: readonly { id: string; comment: string }[] }) {
  const { t } = useTranslation('reviews');
  if (comments.length === 0) return null;
  return (
    <Card title={t('comments.title')} note={t('comments.note')} id="reviews">
      {comments.map((one, index) => (
        <section key={one.id} className="mb-5">
          <h3>{t('comments.of', { number: index + 1 })}</h3>
          <div className="prose">
            <Paragraphs text={one.comment} />
          </div>
        </section>
      ))}
    </Card>
  );
}
