import { useTranslation } from 'react-i18next';
import { Card } from '#app/ui/card.tsx';
import { Facts } from '#app/ui/facts.tsx';
import { formatSize } from '#app/ui/format-size.ts';
import { formatDate } from '#app/ui/format-when.ts';
import { languageOf } from '#app/ui/language.ts';
import { Paragraphs } from '#app/ui/paragraphs.tsx';
import { inLanguage } from '../localized.ts';
import type { reviewPage } from './review-queries.ts';

type Page = Omit<Awaited<ReturnType<typeof reviewPage>>, 'identity'> & {
  /** Who applies, in an open call alone; names as the reader writes them. */
  identity:
    | (Omit<NonNullable<Awaited<ReturnType<typeof reviewPage>>['identity']>, 'applicant' | 'endorsement'> & {
        applicant: string;
        endorsement: { name: string; words: string | null; locale: 'en' | 'ru' | null } | null;
      })
    | null;
};

/** What the reviewer judges: the plan for all, the person, endorsement and documents where the call is open. */
export function ReviewedApplication({ page }: { page: Page }) {
  const { t, i18n } = useTranslation(['reviews', 'exchanges']);
  const language = languageOf(i18n);
  const { application, identity } = page;
  const stay =
    application.weeks && application.wishedStart
      ? t('exchanges:stay', {
          length: t('exchanges:weeks', { count: application.weeks }),
          start: formatDate(application.wishedStart, language),
        })
      : '—';
  const { translated } = application;
  return (
    <>
      <Card title={t('reviews:application.title')} id="application">
        <Facts
          facts={[
            ...(identity
              ? [
                  { term: t('reviews:application.applicant'), value: identity.applicant },
                  { term: t('reviews:application.home'), value: inLanguage(identity.home, language) },
                  { term: t('reviews:application.host'), value: inLanguage(identity.host, language) },
                  { term: t('reviews:application.supervisor'), value: identity.homeSupervisor },
                ]
              : []),
            ...(translated?.title
              ? [{ term: t('reviews:application.translatedTitle'), value: translated.title }]
              : []),
            { term: t('reviews:application.stay'), value: stay },
            ...(application.laboratoryWishes.length > 0
              ? [
                  {
                    term: t('reviews:application.laboratories'),
                    value: application.laboratoryWishes.join('; '),
                  },
                ]
              : []),
          ]}
        />
      </Card>
      <Card title={t('reviews:application.plan')} id="plan">
        <div className="prose" lang={application.workPlanLocale}>
          <Paragraphs text={application.workPlan} />
        </div>
        {translated?.workPlan && (
          <>
            <h3 className="mt-4">{t('reviews:application.translation')}</h3>
            <div className="prose" lang={translated.locale}>
              <Paragraphs text={translated.workPlan} />
            </div>
          </>
        )}
      </Card>
      {identity?.endorsement?.words && (
        <Card title={t('reviews:application.endorsement')} note={identity.endorsement.name} id="endorsement">
          <div className="prose" lang={identity.endorsement.locale ?? undefined}>
            <Paragraphs text={identity.endorsement.words} />
          </div>
        </Card>
      )}
      {identity && identity.documents.length > 0 && (
        <Card title={t('reviews:application.documents')} id="documents">
          <ul>
            {identity.documents.map((document) => (
              <li key={document.fileId}>
                <a href={`/files/${document.fileId}`}>{document.name}</a>{' '}
                <span className="note">{formatSize(document.size, language)}</span>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}
