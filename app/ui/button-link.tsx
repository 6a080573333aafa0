import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

/** A link that looks like a button: it leads somewhere, it changes nothing. One `act` on a page, the rest `quiet`. */
export function ButtonLink({
  href,
  kind = 'act',
  children,
}: {
  href: string;
  kind?: 'act' | 'quiet';
  children: ReactNode;
}) {
  return (
    <a className={classNames('btn', kind === 'quiet' && 'quiet')} href={href}>
      {children}
    </a>
  );
}
