import { useTranslation } from 'react-i18next';
import { Card } from '#app/ui/card.tsx';
import type { DecisionContent } from './decision-content.ts';
import { DecisionSignatures, DecisionText } from './decision-text.tsx';
import type { ReportPage } from './load-report-page.ts';

/** The joint decision on a report's own page: its text and who signed it. */
export function DecisionCard({ page }: { page: ReportPage }) {
  const { t } = useTranslation('supervision');
  const current = page.decisions.at(-1)?.version;
  if (!current) {
    return (
      <Card title={t('report.decision')}>
        <p className="note">{t('report.noDecision')}</p>
      </Card>
    );
  }
  return (
    <Card
      title={t('report.decision')}
      note={t('report.decisionVersion', { number: current.number })}
      aside={<a href={`${page.address}/decision`}>{t('report.openDecision')}</a>}
      id="decision"
    >
      <DecisionText content={current.content as DecisionContent} />
      <DecisionSignatures page={page} />
    </Card>
  );
}
