import { useTranslation } from 'react-i18next';
import { formatCount } from './format-count.ts';
import { languageOf } from './language.ts';

interface PaginationProps {
  previousHref?: string;
  nextHref?: string;
  /** All rows of the list, as far as they were counted. */
  count?: number;
  /** Counting stopped at `count`: “1,000+”. */
  capped?: boolean;
}

/** Keyset paging: how many there are, the page before and the page after. */
export function Pagination({ previousHref, nextHref, count, capped }: PaginationProps) {
  const { t, i18n } = useTranslation('common');
  if (!previousHref && !nextHref && count === undefined) return null;
  return (
    <nav className="pagination" aria-label={t('pagination.label')}>
      {count !== undefined && (
        <span className="note">
          {t('pagination.total', { total: formatCount(count, languageOf(i18n), capped) })}
        </span>
      )}
      <span className="pages">
        {previousHref && (
          <a className="btn quiet" href={previousHref} rel="prev">
            {t('pagination.previous')}
          </a>
        )}
        {nextHref && (
          <a className="btn quiet" href={nextHref} rel="next">
            {t('pagination.next')}
          </a>
        )}
      </span>
    </nav>
  );
}
