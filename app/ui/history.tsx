import type { ReactNode } from 'react';
import {
  type CalendarDate,
  calendarDateOf,
  formatShortDate,
  formatWhen,
  type Instant,
} from './format-when.ts';
import type { Side } from './side.ts';
import { SideBadge } from './side-badge.tsx';
import { useWords } from './words.ts';

export interface HistoryEntry {
  key: string;
  /** The instant, or with `on` the day. The full time stands in the tooltip and in `datetime`. */
  at?: Instant;
  on?: CalendarDate;
  /** What happened, gender-neutral: “nominated by S. Roy”, «получена подпись: Чаттерджи Р.». */
  what: ReactNode;
  side?: Side;
  /** The reason, the difference, a link. */
  note?: ReactNode;
}

/** What happened, newest first. */
export function History({ entries }: { entries: HistoryEntry[] }) {
  const { language } = useWords();
  return (
    <ol className="history">
      {entries.map((entry) => (
        <li key={entry.key}>
          {entry.at !== undefined && (
            <time
              dateTime={entry.at instanceof Date ? entry.at.toISOString() : entry.at}
              title={formatWhen(entry.at, language)}
            >
              {formatShortDate(calendarDateOf(entry.at, 'ru'), language)}
            </time>
          )}
          {entry.at === undefined && entry.on !== undefined && (
            <time dateTime={entry.on}>{formatShortDate(entry.on, language)}</time>
          )}
          <div>
            {entry.what} {entry.side && <SideBadge side={entry.side} />}
            {entry.note !== undefined && <div className="note">{entry.note}</div>}
          </div>
        </li>
      ))}
    </ol>
  );
}
