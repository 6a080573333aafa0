import { useTranslation } from 'react-i18next';
import { byUrgency } from '#app/travel/assess-readiness.ts';
import { reasonOf } from '#app/travel/readiness-words.ts';
import { Card } from '#app/ui/card.tsx';
import { Chip } from '#app/ui/chip.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { formatDate } from '#app/ui/format-when.ts';
import { languageOf } from '#app/ui/language.ts';
import type { Say } from '#app/ui/say.ts';
import { DateOn } from '#app/ui/when.tsx';
import type { TravelFile } from './routes/person.tsx';

/** What a journey needs, what fails first on top, each with its reason, who acts, the last day, and what to move. */
export function TripReadiness({ file }: { file: TravelFile }) {
  const { t, i18n } = useTranslation(['delegations', 'travel']);
  const language = languageOf(i18n);
  const say = t as unknown as Say;
  const { cells, titles, red, earliestStart } = file;
  return (
    <Card title={t('file.readiness')}>
      {red && (
        <p className="why">
          {earliestStart
            ? t('travel:move.to', { date: formatDate(earliestStart, language) })
            : t('travel:move.never')}
        </p>
      )}
      <DataTable
        caption={t('file.readiness')}
        rows={[...cells].sort(byUrgency)}
        rowKey={(cell) => cell.code}
        columns={[
          {
            key: 'requirement',
            head: t('file.requirement'),
            rowHeader: true,
            cell: (cell) => titles[cell.code]?.[language] ?? cell.code,
          },
          {
            key: 'state',
            head: t('file.state'),
            cell: (cell) => (
              <>
                <Chip tone={cell.tone}>{reasonOf(cell, titles, language, say)}</Chip>
                {cell.startFrom && (
                  <span className="note block">
                    {t('travel:move.one', { date: formatDate(cell.startFrom, language) })}
                  </span>
                )}
              </>
            ),
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
