import { formatCount } from './format-count.ts';
import type { Tone } from './side.ts';
import { useWords } from './words.ts';

export interface PipeItem {
  /** What is counted; the page words it to agree with the number. */
  label: string;
  count: number;
  href: string;
  /** Counting stopped at this number: shown with a plus. */
  capped?: boolean;
  /** A second line: how the number divides. */
  note?: string;
  /** The filter in force. */
  current?: boolean;
  /** Colours the number where it should be noticed. */
  tone?: Exclude<Tone, 'idle'>;
}

/** Numbers that are links: a programme at a glance, and the filter of its list. */
export function Pipe({ items, label }: { items: PipeItem[]; label?: string }) {
  const { language } = useWords();
  return (
    <ul className="pipe" aria-label={label}>
      {items.map((item) => (
        <li key={item.href}>
          <a href={item.href} aria-current={item.current ? 'true' : undefined}>
            <b className={item.tone}>{formatCount(item.count, language, item.capped)}</b> {item.label}
            {item.note && <small className="note">{item.note}</small>}
          </a>
        </li>
      ))}
    </ul>
  );
}
