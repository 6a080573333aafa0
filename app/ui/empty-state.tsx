import type { ReactNode } from 'react';

/** Nothing here yet: says what will stand here, who puts it there, and the first step. */
export function EmptyState({
  title,
  children,
  action,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      {children !== undefined && <div>{children}</div>}
      {action && <div className="actions">{action}</div>}
    </div>
  );
}
