import { formatCount } from './format-count.ts';
import { useWords } from './words.ts';

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
  const { t, language } = useWords();
  if (!previousHref && !nextHref && count === undefined) return null;
  return (
    <nav className="pagination" aria-label={t('pagination.label')}>
      {count !== undefined && (
        <span className="note">{t('pagination.total', { total: formatCount(count, language, capped) })}</span>
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
