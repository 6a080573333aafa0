import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import type { Tone } from './side.ts';

const signs: Record<Tone, string> = { ok: '✓', risk: '!', stop: '✕', idle: '—' };

/**
 * A state with its sign. Where only the sign fits (a board's cell), give `label`: it is read aloud in place of the sign.
 */
export function Chip({ tone, children, label }: { tone: Tone; children?: ReactNode; label?: string }) {
  return (
    <span className={classNames('chip', tone)}>
      <span aria-hidden="true">{signs[tone]}</span>
      {children !== undefined && <> {children}</>}
      {label !== undefined && <span className="sr-only">{label}</span>}
    </span>
  );
}
