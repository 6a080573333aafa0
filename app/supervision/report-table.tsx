import { useTranslation } from 'react-i18next';
import { DataTable } from '#app/ui/data-table.tsx';
import { DateOn, When } from '#app/ui/when.tsx';
import type { ReportFacts } from './queries.ts';
import { ReportStateChip } from './report-state.tsx';

/** All reports of a thesis, the newest first. */
export function ReportTable({ reports, reference }: { reports: ReportFacts[]; reference: string }) {
  const { t } = useTranslation('supervision');
  return (
    <DataTable
      caption={t('thesis.reportsCaption')}
      rows={reports}
      rowKey={(report) => report.id}
      empty={<p className="note">{t('thesis.noReports')}</p>}
      columns={[
        {
          key: 'halfYear',
          head: t('thesis.halfYear'),
          cell: (report) => (
            <a href={`/supervision/${reference}/reports/${report.number}`}>
              {t(`halfYearTitle.${report.half}`, { year: report.year })}
            </a>
          ),
        },
        { key: 'due', head: t('thesis.due'), cell: (report) => <DateOn on={report.dueOn} /> },
        {
          key: 'submitted',
          head: t('thesis.submitted'),
          cell: (report) => (report.submittedAt ? <When at={report.submittedAt} /> : null),
        },
        {
          key: 'share',
          head: t('thesis.share'),
          align: 'end',
          cell: (report) =>
            report.state === 'draft' || report.shareDone === null
              ? null
              : t('thesis.percent', { percent: report.shareDone }),
        },
        {
          key: 'state',
          head: t('thesis.state'),
          cell: (report) => <ReportStateChip state={report.state} outcome={report.outcome} />,
        },
      ]}
    />
  );
}
