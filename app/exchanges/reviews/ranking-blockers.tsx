import { useTranslation } from 'react-i18next';
import { Card } from '#app/ui/card.tsx';
import type { Blockers } from './standing-queries.ts';

/** What still stands between the committee and its protocol, each with where to see to it. */
export function RankingBlockers({ call, blockers }: { call: string; blockers: Blockers }) {
  const { t } = useTranslation('reviews');
  const board = `/calls/${call}/reviews`;
  return (
    <Card title={t('ranking.blocked')} tone="risk" id="blocked">
      <ul>
        {blockers.nothing && <li>{t('ranking.nothing')}</li>}
        {blockers.unchecked > 0 && (
          <li>
            <a href={`/exchanges?q=${encodeURIComponent(call)}`}>
              {t('ranking.unchecked', { count: blockers.unchecked })}
            </a>
          </li>
        )}
        {blockers.outstanding > 0 && (
          <li>
            <a href={board}>{t('ranking.outstanding', { count: blockers.outstanding })}</a>
          </li>
        )}
        {blockers.unreviewed.length > 0 && (
          <li>
            {t('ranking.unreviewed')}{' '}
            {blockers.unreviewed.map((reference, index) => (
              <span key={reference}>
                {index > 0 && ', '}
                <a href={`${board}/${reference}`}>{reference}</a>
              </span>
            ))}
          </li>
        )}
      </ul>
    </Card>
  );
}
