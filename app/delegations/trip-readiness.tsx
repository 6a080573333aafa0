import { useTranslation } from 'react-i18next';
import { byUrgency, type Cell } from '#app/travel/assess-readiness.ts';
import { Card } from '#app/ui/card.tsx';
import { Chip } from '#app/ui/chip.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { languageOf } from '#app/ui/language.ts';
import { DateOn } from '#app/ui/when.tsx';
import type { Say } from './say.ts';
import { reasonOf } from './shown-words.ts';

/** What a journey needs, what fails first on top, each with its reason, who acts and the last day. */
export function TripReadiness({ cells }: { cells: readonly Cell[] }) {
  const { t, i18n } = useTranslation(['delegations', 'travel']);
  const language = languageOf(i18n);
  const say = t as unknown as Say;
  return (
    <Card title={t('file.readiness')}>
      <DataTable
        caption={t('file.readiness')}
        rows={[...cells].sort(byUrgency)}
        rowKey={(cell) => cell.key}
        columns={[
          {
            key: 'requirement',
            head: t('file.requirement'),
            rowHeader: true,
            cell: (cell) => t(`travel:requirement.${cell.key}`),
          },
          {
            key: 'state',
            head: t('file.state'),
            cell: (cell) => <Chip tone={cell.tone}>{reasonOf(cell, language, say)}</Chip>,
          },
          {
            key: 'owner',
            head: t('file.owner'),
            cell: (cell) =>
              cell.tone === 'risk' || cell.tone === 'stop' ? t(`travel:owner.${cell.owner}`) : '—',
          },
          {
            key: 'actBy',
            head: t('file.actBy'),
            cell: (cell) => (cell.actBy ? <DateOn on={cell.actBy} /> : '—'),
          },
        ]}
      />
    </Card>
  );
}
