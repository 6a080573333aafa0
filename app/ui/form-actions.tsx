import type { ReactNode } from 'react';

/** The buttons at the foot of a form or a card, with room between them; the main one first. */
export function FormActions({ children }: { children: ReactNode }) {
  return <div className="actions">{children}</div>;
}
