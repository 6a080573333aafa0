import { useTranslation } from 'react-i18next';
import { personName } from '#app/people/person-name.ts';
import { Chip } from '#app/ui/chip.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { languageOf } from '#app/ui/language.ts';
import { inLanguage } from '../localized.ts';
import type { BoardRow } from './board-queries.ts';
import { formatScore } from './format-score.ts';
import { REVIEW_TONES } from './review-tones.ts';

interface BoardTableProps {
  /** Reference of the call. */
  call: string;
  caption: string;
  rows: readonly BoardRow[];
  now: Date;
}

/** The eligible applications of one side, the best first: reviewers with their state, and what the reviews come to. */
export function BoardTable({ call, caption, rows, now }: BoardTableProps) {
  const { t, i18n } = useTranslation('reviews');
  const language = languageOf(i18n);
  return (
    <DataTable
      caption={caption}
      rows={rows}
      rowKey={(row) => row.id}
      columns={[
        {
          key: 'application',
          head: t('board.application'),
          cell: (row) => (
            <>
              <a href={`/calls/${call}/reviews/${row.reference}`}>{personName(row.name, language)}</a>
              <div className="note">
                {row.reference}, {inLanguage(row.home, language)}
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
              <b>{formatScore(row.standing.score, language)}</b>
              {row.tied && (
                <div>
                  <Chip tone="risk">{t('board.tied')}</Chip>
                </div>
              )}
            </>
          ),
        },
        {
          key: 'median',
          head: t('board.median'),
          align: 'end',
          cell: (row) => formatScore(row.standing.median, language),
        },
        {
          key: 'spread',
          head: t('board.spread'),
          align: 'end',
          cell: (row) => formatScore(row.standing.spread, language),
        },
        {
          key: 'given',
          head: t('board.reviews'),
          cell: (row) => (
            <>
              {t('board.givenOf', { given: row.standing.given, expected: row.standing.expected })}
              {row.unassigned > 0 && (
                <div>
                  <Chip tone="stop">{t('board.missing', { count: row.unassigned })}</Chip>
                </div>
              )}
            </>
          ),
        },
        {
          key: 'reviewers',
          head: t('board.reviewers'),
          cell: (row) => (
            <ul>
              {row.reviews
                .filter((one) => one.state !== 'released')
                .map((one) => {
                  const overdue = one.state === 'assigned' && one.dueAt < now;
                  return (
                    <li key={one.id}>
                      {personName(one.name, language)}{' '}
                      <Chip tone={overdue ? 'stop' : REVIEW_TONES[one.state]}>
                        {t(overdue ? 'state.overdue' : `state.${one.state}`)}
                      </Chip>
                    </li>
                  );
                })}
            </ul>
          ),
        },
      ]}
    />
  );
}
