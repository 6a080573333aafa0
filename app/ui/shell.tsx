import { Menu } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { formatCount } from './format-count.ts';
import type { Language } from './language.ts';
import { Mark } from './mark.tsx';
import { useWords } from './words.ts';

export interface NavigationItem {
  href: string;
  label: string;
  current?: boolean;
  /** Unread or waiting things; no mark when zero or absent. */
  count?: number;
}

interface ShellProps {
  navigation: NavigationItem[];
  /** This same page in the other language: the present path and query with `lng`. */
  languageHref: (language: Language) => string;
  /** Name, link to the account and the sign-out form; or the link to sign in. See `AccountMenu`. */
  account?: ReactNode;
  homeHref?: string;
  privacyHref?: string;
  /** The demonstration runs: the footer says that people and facts are invented. */
  demo?: boolean;
  /** Message of the last act, above the page. */
  flash?: ReactNode;
  children: ReactNode;
}

/** More than this does not fit beside the mark: the navigation then takes a row of its own. */
const oneRow = 6;

/** Header, page and footer. On a phone the navigation is the browser's own popover and needs no script. */
export function Shell(props: ShellProps) {
  const {
    navigation,
    languageHref,
    account,
    homeHref = '/',
    privacyHref = '/privacy',
    demo = false,
    flash,
    children,
  } = props;
  const { t, language } = useWords();
  const hasMenu = navigation.length > 0 || account !== undefined;
  return (
    <>
      <a className="skip" href="#main">
        {t('shell.skip')}
      </a>
      <header className={classNames('top', navigation.length > oneRow && 'two-rows')}>
        <a className="mark" href={homeHref}>
          <Mark />
          <span translate="no">{t('product')}</span>
        </a>
        {hasMenu && (
          <>
            <button className="menu-button" type="button" popoverTarget="menu">
              <Menu size={18} strokeWidth={2} aria-hidden="true" focusable="false" />
              {t('shell.menu')}
            </button>
            <div className="menu" id="menu" popover="auto">
              {navigation.length > 0 && (
                <nav aria-label={t('shell.navigation')}>
                  {navigation.map((item) => (
                    <a key={item.href} href={item.href} aria-current={item.current ? 'page' : undefined}>
                      {item.label}
                      {item.count ? <NavigationCount count={item.count} language={language} /> : null}
                    </a>
                  ))}
                </nav>
              )}
              {account !== undefined && <div className="account">{account}</div>}
            </div>
          </>
        )}
        <LanguageSwitch language={language} href={languageHref} />
      </header>
      <main id="main" tabIndex={-1}>
        {flash}
        {children}
      </main>
      <footer className="bottom">
        <p>{t('shell.partners')}</p>
        {demo && <p className="demo">{t('shell.demo')}</p>}
        <p>
          <a href={privacyHref}>{t('shell.privacy')}</a>
        </p>
      </footer>
    </>
  );
}

function NavigationCount({ count, language }: { count: number; language: Language }) {
  const { t } = useWords();
  return (
    <>
      {' '}
      <span className="count" aria-hidden="true">
        {formatCount(Math.min(count, 99), language, count > 99)}
      </span>
      <span className="sr-only">{t('shell.waiting', { count })}</span>
    </>
  );
}

function LanguageSwitch({ language, href }: { language: Language; href: (language: Language) => string }) {
  const { t } = useWords();
  return (
    <nav className="language" aria-label={t('shell.language')}>
      {(['en', 'ru'] as const).map((one) => (
        <a
          key={one}
          href={href(one)}
          hrefLang={one}
          lang={one}
          aria-current={one === language ? 'true' : undefined}
        >
          <span aria-hidden="true">{one.toUpperCase()}</span>
          <span className="sr-only">{t(`languageName.${one}`)}</span>
        </a>
      ))}
    </nav>
  );
}
