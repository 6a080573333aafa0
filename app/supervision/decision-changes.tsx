import { useTranslation } from 'react-i18next';
import type { Change } from '#app/platform/difference.ts';
import { Card } from '#app/ui/card.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { REPORT_OUTCOMES } from '#db/schema/supervision.ts';

const PLACES = { '/outcome': 'outcome', '/text/en': 'text.en', '/text/ru': 'text.ru' } as const;

const isPlace = (path: string): path is keyof typeof PLACES => Object.hasOwn(PLACES, path);

/** What a new version of the decision changed: why a signature given before no longer holds. */
export function DecisionChanges({ changes, number }: { changes: Change[]; number: number }) {
  const { t } = useTranslation('supervision');
  const rows = changes.flatMap(({ path, before, after }) => (isPlace(path) ? [{ path, before, after }] : []));
  if (rows.length === 0) return null;
  const title = t('decision.changes', { before: number - 1, after: number });
  const said = (value: unknown) => {
    const outcome = REPORT_OUTCOMES.find((one) => one === value);
    return (
      <span className="whitespace-pre-line wrap-anywhere">
        {outcome ? t(`outcome.${outcome}`) : String(value)}
      </span>
    );
  };
  return (
    <Card title={title} tone="risk">
      <DataTable
        caption={title}
        rows={rows}
        rowKey={(row) => row.path}
        columns={[
          { key: 'place', head: t('decision.field'), cell: (row) => t(`decision.path.${PLACES[row.path]}`) },
          { key: 'before', head: t('decision.before'), cell: (row) => <del>{said(row.before)}</del> },
          { key: 'after', head: t('decision.after'), cell: (row) => <ins>{said(row.after)}</ins> },
        ]}
      />
    </Card>
  );
}
