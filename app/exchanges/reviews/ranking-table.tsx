import { useTranslation } from 'react-i18next';
import { Chip } from '#app/ui/chip.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { languageOf } from '#app/ui/language.ts';
import type { Tone } from '#app/ui/side.ts';
import { formatScore } from './format-score.ts';
import type { RankOutcome } from './ranking.ts';
import type { SideRanking } from './ranking-content.ts';

const TONES: Record<RankOutcome, Tone> = { selected: 'ok', reserve: 'risk', 'not-selected': 'idle' };

interface RankingTableProps {
  caption: string;
  rows: SideRanking['rows'];
  /** Name and home institution by application. */
  people: Record<string, { name: string; home: string } | undefined>;
  /** Applications whose order the committee still has to decide. */
  undecided?: readonly string[];
}

/** A ranking of one side: place, who, what the reviews come to, and what follows from it. */
export function RankingTable({ caption, rows, people, undecided = [] }: RankingTableProps) {
  const { t, i18n } = useTranslation('reviews');
  const language = languageOf(i18n);
  return (
    <DataTable
      caption={caption}
      rows={rows}
      rowKey={(row) => row.applicationId}
      columns={[
        { key: 'rank', head: t('ranking.rank'), align: 'end', cell: (row) => row.rank },
        {
          key: 'application',
          head: t('board.application'),
          rowHeader: true,
          cell: (row) => (
            <>
              {people[row.applicationId]?.name ?? row.reference}
              <div className="note">
                {row.reference}
                {people[row.applicationId] && `, ${people[row.applicationId]?.home}`}
              </div>
            </>
          ),
        },
        {
          key: 'score',
          head: t('board.score'),
          align: 'end',
          cell: (row) => (
            <>
              <b>{formatScore(row.score, language)}</b>
              {row.tied && <div className="note">{t('board.tied')}</div>}
            </>
          ),
        },
        {
          key: 'median',
          head: t('board.median'),
          align: 'end',
          cell: (row) => formatScore(row.median, language),
        },
        {
          key: 'spread',
          head: t('board.spread'),
          align: 'end',
          cell: (row) => formatScore(row.spread, language),
        },
        {
          key: 'given',
          head: t('board.reviews'),
          align: 'end',
          cell: (row) => t('board.givenOf', { given: row.given, expected: row.expected }),
        },
        {
          key: 'outcome',
          head: t('ranking.outcome'),
          cell: (row) =>
            undecided.includes(row.applicationId) ? (
              <Chip tone="stop">{t('outcome.undecided')}</Chip>
            ) : (
              <Chip tone={TONES[row.outcome]}>{t(`outcome.${row.outcome}`)}</Chip>
            ),
        },
      ]}
    />
  );
}
