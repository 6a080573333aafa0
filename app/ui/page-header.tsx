import type { ReactNode } from 'react';
import { useWords } from './words.ts';

export interface Crumb {
  label: string;
  /** Absent on the page itself. */
  href?: string;
}

interface PageHeaderProps {
  title: ReactNode;
  crumbs?: Crumb[];
  /** One soft line: who, where, since when. */
  lede?: ReactNode;
  /** Chips and badges of the record's state, under the title. */
  state?: ReactNode;
  /** The page's one action, at the right. */
  action?: ReactNode;
}

/** Path, heading, and the line that says what this is. */
export function PageHeader({ title, crumbs = [], lede, state, action }: PageHeaderProps) {
  const { t } = useWords();
  return (
    <div className="page-header">
      <div>
        {crumbs.length > 0 && (
          <nav className="crumbs" aria-label={t('crumbs')}>
            <ol>
              {crumbs.map((crumb) => (
                <li key={crumb.label}>
                  {crumb.href ? (
                    <a href={crumb.href}>{crumb.label}</a>
                  ) : (
                    <span aria-current="page">{crumb.label}</span>
                  )}
                </li>
              ))}
            </ol>
          </nav>
        )}
        <h1>{title}</h1>
        {lede !== undefined && <p className="lede">{lede}</p>}
        {state !== undefined && <p className="page-state">{state}</p>}
      </div>
      {action && <div className="page-action">{action}</div>}
    </div>
  );
}
