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
