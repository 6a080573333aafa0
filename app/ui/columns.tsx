import type { ReactNode } from 'react';

/** The record beside its 20rem column of “next” and “history”; one under the other on a phone. */
export function Columns({
  children,
  aside,
  asideLabel,
}: {
  children: ReactNode;
  aside: ReactNode;
  asideLabel?: string;
}) {
  return (
    <div className="columns">
      <div>{children}</div>
      <aside aria-label={asideLabel}>{aside}</aside>
    </div>
  );
}
