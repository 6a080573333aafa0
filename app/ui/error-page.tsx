import type { ReactNode } from 'react';
import { useWords } from './words.ts';

export type ErrorKind =
  | 'not-found'
  | 'forbidden'
  | 'server'
  | 'offline'
  | 'expired'
  | 'interrupted'
  | 'limit';

const codes: Record<ErrorKind, string> = {
  'not-found': '404',
  forbidden: '403',
  server: '500',
  offline: '',
  expired: '',
  interrupted: '400',
  limit: '429',
};

interface ErrorPageProps {
  kind: ErrorKind;
  /** Where “go back” leads; home unless told. */
  backHref?: string;
  /** What happened in this case, where more is known than the kind: stands in place of the general sentences. */
  what?: string;
  /** Number by which the keepers find this failure in their log. */
  reference?: string;
  /** For `limit`: how long to wait, in seconds. */
  retryAfter?: number;
  children?: ReactNode;
}

/** What happened, whether anything was lost, and what to do now. */
export function ErrorPage(props: ErrorPageProps) {
  const { kind, backHref = '/', what, reference, retryAfter, children } = props;
  const { t } = useWords();
  const minutes = retryAfter === undefined ? undefined : Math.max(1, Math.ceil(retryAfter / 60));
  return (
    <div className="error-page">
      {codes[kind] && <p className="error-code">{codes[kind]}</p>}
      <h1>{t(`errorPage.${kind}.title`)}</h1>
      <p className="lede">{what ?? t(`errorPage.${kind}.what`)}</p>
      {what === undefined && (
        <p>
          {minutes === undefined ? t(`errorPage.${kind}.do`) : t('errorPage.limit.wait', { count: minutes })}
        </p>
      )}
      {children}
      {reference !== undefined && <p className="note">{t('errorPage.reference', { reference })}</p>}
      <div className="actions">
        <a className="btn" href={backHref}>
          {t(kind === 'expired' || kind === 'offline' ? 'errorPage.again' : 'errorPage.home')}
        </a>
      </div>
    </div>
  );
}
