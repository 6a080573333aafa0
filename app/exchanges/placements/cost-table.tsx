import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '#app/ui/data-table.tsx';
import { languageOf } from '#app/ui/language.ts';
import { formatAmount } from './money.ts';
import type { PlacementPage } from './placement-queries.ts';

type Row = PlacementPage['costs'][number];

/** What was spent against what the signed programme planned. */
export function CostTable({ page, field }: { page: PlacementPage; field?: (row: Row) => ReactNode }) {
  const { t, i18n } = useTranslation('placements');
  const language = languageOf(i18n);
  const difference = (row: Row) => {
    if (row.spent === null) return '—';
    const more = row.spent - row.planned;
    if (more === 0) return t('costs.asPlanned');
    return t(more > 0 ? 'costs.more' : 'costs.less', {
      amount: formatAmount(Math.abs(more), row.currency, language),
    });
  };
  return (
    <DataTable
      caption={t('costs.caption')}
      rows={page.costs}
      rowKey={(row) => row.heading}
      columns={[
        { key: 'heading', head: t('programme.heading'), cell: (row) => t(`programme.cost.${row.heading}`) },
        { key: 'payer', head: t('programme.payer'), cell: (row) => t(`payer.${row.payer}`) },
        {
          key: 'planned',
          head: t('costs.planned'),
          align: 'end',
          cell: (row) => formatAmount(row.planned, row.currency, language),
        },
        {
          key: 'spent',
          head: t('costs.spent'),
          align: 'end',
          cell: (row) =>
            field?.(row) ?? (row.spent === null ? '—' : formatAmount(row.spent, row.currency, language)),
        },
        { key: 'difference', head: t('costs.difference'), align: 'end', cell: difference },
      ]}
    />
  );
}
