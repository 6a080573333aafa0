import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import type { Tone } from './side.ts';
import { useWords } from './words.ts';

const signs: Record<Tone, string> = { ok: '✓', risk: '!', stop: '✕', idle: '—' };

/** What just happened, once, at the top of the page. A refusal (`stop`) is announced at once, the rest politely. */
export function Flash({
  tone = 'ok',
  title,
  children,
}: {
  tone?: Tone;
  title?: string;
  children?: ReactNode;
}) {
  const { t } = useWords();
  return (
    <div className={classNames('flash', tone)} role={tone === 'stop' ? 'alert' : 'status'}>
      <span className="sign" aria-hidden="true">
        {signs[tone]}
      </span>
      <div>
        <p className="flash-title">{title ?? t(`flash.${tone}`)}</p>
        {children !== undefined && <div>{children}</div>}
      </div>
    </div>
  );
}
