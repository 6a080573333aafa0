import { useTranslation } from 'react-i18next';
import { Card } from '#app/ui/card.tsx';
import { When } from '#app/ui/when.tsx';
import type { ProgressReport } from './queries.ts';
import { EitherText } from './shown-text.tsx';

/** What the candidate wrote; nothing of it while it is a draft of somebody else's. */
export function ReportTexts({ report, readable }: { report: ProgressReport; readable: boolean }) {
  const { t } = useTranslation('supervision');
  if (!readable) {
    return (
      <Card title={t('report.text')}>
        <p className="note">{t('report.sealedDraft')}</p>
      </Card>
    );
  }
  const { submittedAt, shareDone } = report;
  return (
    <Card
      title={t('report.text')}
      {...(submittedAt
        ? {
            note: (
              <>
                {t('report.submittedOn')} <When at={submittedAt} />
              </>
            ),
          }
        : {})}
    >
      <h3>{t('report.done')}</h3>
      <EitherText text={report.done} />
      <h3>{t('report.share')}</h3>
      {shareDone === null ? (
        <p className="note">{t('notGiven')}</p>
      ) : (
        <p>{t('thesis.percent', { percent: shareDone })}</p>
      )}
      <h3>{t('report.publications')}</h3>
      <EitherText text={report.publications} />
      <h3>{t('report.plan')}</h3>
      <EitherText text={report.plan} />
      <h3>{t('report.difficulties')}</h3>
      <EitherText text={report.difficulties} />
    </Card>
  );
}
