import type { ReactNode } from 'react';
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
      <Part title={t('report.done')}>
        <EitherText text={report.done} />
      </Part>
      <Part title={t('report.share')}>
        {shareDone === null ? (
          <p className="note">{t('notGiven')}</p>
        ) : (
          <p>{t('thesis.percent', { percent: shareDone })}</p>
        )}
      </Part>
      <Part title={t('report.publications')}>
        <EitherText text={report.publications} />
      </Part>
      <Part title={t('report.plan')}>
        <EitherText text={report.plan} />
      </Part>
      <Part title={t('report.difficulties')}>
        <EitherText text={report.difficulties} />
      </Part>
    </Card>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="mt-5">
      <h3 className="mb-1">{title}</h3>
      {children}
    </div>
  );
}
