import {
  type CalendarDate,
  formatDate,
  formatDateRange,
  formatDeadline,
  formatDeadlineDate,
  formatTime,
  formatWhen,
  type Instant,
  timeLeft,
  type WhenOptions,
} from './format-when.ts';
import { useWords } from './words.ts';

/** In the last day, in seconds, a countdown runs by the second; before that a person counts days. */
const EXACT = 24 * 3600;

function iso(at: Instant): string {
  return at instanceof Date ? at.toISOString() : at;
}

/** An instant in both cities' time; `part="time"` leaves the day out. */
export function When({
  at,
  part = 'full',
  ...options
}: { at: Instant; part?: 'full' | 'time' } & WhenOptions) {
  const { language } = useWords();
  const format = part === 'time' ? formatTime : formatWhen;
  return <time dateTime={iso(at)}>{format(at, language, options)}</time>;
}

/** A calendar date, or a range when `to` is given. Never converted between zones. */
export function DateOn({ on, to, year = true }: { on: CalendarDate; to?: CalendarDate; year?: boolean }) {
  const { language } = useWords();
  if (to) return <span>{formatDateRange(on, to, language)}</span>;
  return <time dateTime={on}>{formatDate(on, language, { year })}</time>;
}

/** The last moment (`at`) or the last day (`on`) to act, worded so that the day itself is never in doubt. */
export function Deadline(props: ({ at: Instant } | { on: CalendarDate }) & WhenOptions) {
  const { language } = useWords();
  if ('on' in props) return <time dateTime={props.on}>{formatDeadlineDate(props.on, language, props)}</time>;
  return <time dateTime={iso(props.at)}>{formatDeadline(props.at, language, props)}</time>;
}

/** “3 weeks left”, «осталось 3 недели»; past the moment “2 days late”, «просрочено на 2 дня». `now` comes from the loader. */
export function TimeRemaining({ until, now }: { until: Instant; now: Instant }) {
  const { t } = useWords();
  const { unit, count, late } = timeLeft(until, now);
  return <span>{t(`when.${late ? 'late' : 'left'}.${unit}`, { count })}</span>;
}

/**
 * As `TimeRemaining`, but in its last day to the second: “Time left: 21:12:05”. The server says how many seconds are
 * left, whatever the reader's own clock shows; where there is a script it counts on, else it says what it was.
 */
export function Countdown({ until, now }: { until: Instant; now: Instant }) {
  const { t } = useWords();
  const left = Math.floor((Date.parse(iso(until)) - Date.parse(iso(now))) / 1000);
  if (left < 0 || left >= EXACT) return <TimeRemaining until={until} now={now} />;
  return (
    <span>
      {t('when.exactly')}{' '}
      <span className="tabular-nums" data-left={left}>
        {new Date(left * 1000).toISOString().slice(11, 19)}
      </span>
    </span>
  );
}
