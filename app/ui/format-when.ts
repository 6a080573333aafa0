/**
 * Dates and times as the glossary writes them. An instant is shown in both cities' time, because each side works by its
 * own clock; a calendar date has no zone and is never converted. Spaces inside a date or a time do not break.
 */
import type { Language } from './language.ts';
import type { Side } from './side.ts';

/** An instant: a `Date` or an ISO 8601 string with an offset. */
export type Instant = Date | string;

/** A calendar date without zone: `YYYY-MM-DD`. */
export type CalendarDate = string;

export interface WhenOptions {
  /** The city whose clock comes first and whose date is shown; Moscow unless told. */
  lead?: Side;
  /** Whether the year is written; true unless told. */
  year?: boolean;
}

const zones: Record<Side, string> = { in: 'Asia/Kolkata', ru: 'Europe/Moscow' };
const locales: Record<Language, string> = { en: 'en-GB', ru: 'ru-RU' };
const gap = '\u00a0';
const made = new Map<string, Intl.DateTimeFormat>();

/** Formatters are dear to make and cheap to keep. */
function formatter(
  language: Language,
  key: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const name = `${language} ${key}`;
  let found = made.get(name);
  if (!found) {
    found = new Intl.DateTimeFormat(locales[language], options);
    made.set(name, found);
  }
  return found;
}

/** The moment as a `Date`. Throws `RangeError` when the text is not a date. */
function toDate(at: Instant): Date {
  const date = at instanceof Date ? at : new Date(at);
  if (Number.isNaN(date.getTime())) throw new RangeError(`not an instant: ${String(at)}`);
  return date;
}

/** The day of an instant in a side's city. */
function dayIn(side: Side, at: Instant, language: Language, year: boolean): string {
  return formatDate(calendarDateOf(at, side), language, { year });
}

/** “2026-12-12” of an instant in a side's city. */
export function calendarDateOf(at: Instant, side: Side): CalendarDate {
  const options: Intl.DateTimeFormatOptions = {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    timeZone: zones[side],
  };
  const [day, month, year] = formatter('en', `date ${side}`, options).format(toDate(at)).split('/');
  return `${year}-${month}-${day}`;
}

/** The wall clock in a side's city: “14:30”. */
export function clockIn(at: Instant, side: Side): string {
  const options: Intl.DateTimeFormatOptions = {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: zones[side],
  };
  return formatter('en', `clock ${side}`, options).format(toDate(at));
}

/** Names of the months as they stand after a day: «декабря», not «декабрь». */
const monthNames = new Map<string, string[]>();

function monthName(month: number, language: Language, style: 'long' | 'short'): string {
  const key = `${language} ${style}`;
  let names = monthNames.get(key);
  if (!names) {
    const format = new Intl.DateTimeFormat(locales[language], {
      day: 'numeric',
      month: style,
      timeZone: 'UTC',
    });
    names = Array.from({ length: 12 }, (_, index) => {
      const parts = format.formatToParts(new Date(Date.UTC(2026, index, 1)));
      return parts.find((part) => part.type === 'month')?.value ?? '';
    });
    monthNames.set(key, names);
  }
  return names[month - 1] ?? '';
}

/** Year, month and day of a calendar date. Throws `RangeError` when the text is none. */
function partsOf(on: CalendarDate): { year: number; month: number; day: number } {
  const [, year, month, day] = /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.exec(on) ?? [];
  if (!year) throw new RangeError(`not a calendar date: ${on}`);
  return { year: Number(year), month: Number(month), day: Number(day) };
}

/**
 * A calendar date: “12 December 2026”, «12 декабря 2026 г.»; without its year “12 December”, «12 декабря». Put together
 * by hand, because lists show hundreds of them and the library's formatter is the dearest thing on such a page.
 */
export function formatDate(on: CalendarDate, language: Language, options: { year?: boolean } = {}): string {
  const { year, month, day } = partsOf(on);
  const short = `${day}${gap}${monthName(month, language, 'long')}`;
  if (options.year === false) return short;
  return `${short}${gap}${year}${language === 'ru' ? `${gap}г.` : ''}`;
}

/** A short date for narrow places: “18 Nov”, «18 нояб.». */
export function formatShortDate(on: CalendarDate, language: Language): string {
  const { month, day } = partsOf(on);
  return `${day}${gap}${monthName(month, language, 'short')}`;
}

/** First and last day together: “20–22 May 2027”, «20–22 мая 2027 г.», «30 апреля – 2 мая 2027 г.». */
export function formatDateRange(from: CalendarDate, to: CalendarDate, language: Language): string {
  if (from === to) return formatDate(from, language);
  const sameYear = from.slice(0, 4) === to.slice(0, 4);
  const last = formatDate(to, language);
  if (sameYear && from.slice(0, 7) === to.slice(0, 7)) return `${Number(from.slice(8))}–${last}`;
  return `${formatDate(from, language, { year: !sameYear })} – ${last}`;
}

/**
 * The time alone, both cities: “14:30 Moscow (17:00 Dhanbad)”, «14:30 (мск), 17:00 в Дханбаде». Where midnight lies
 * between the clocks, the second city says its own day.
 */
export function formatTime(at: Instant, language: Language, options: WhenOptions = {}): string {
  const lead = options.lead ?? 'ru';
  const other: Side = lead === 'ru' ? 'in' : 'ru';
  const differs = calendarDateOf(at, lead) !== calendarDateOf(at, other);
  const otherDay = differs ? dayIn(other, at, language, false) : '';
  return `${oneClock(at, language, lead)}${secondClock(at, language, other, otherDay)}`;
}

/** The first clock: “14:30 Moscow”, «14:30 (мск)», «17:00 в Дханбаде». */
function oneClock(at: Instant, language: Language, side: Side): string {
  const clock = clockIn(at, side);
  if (language === 'en') return `${clock}${gap}${side === 'ru' ? 'Moscow' : 'Dhanbad'}`;
  return side === 'ru' ? `${clock}${gap}(мск)` : `${clock}${gap}в${gap}Дханбаде`;
}

function secondClock(at: Instant, language: Language, side: Side, day: string): string {
  if (language === 'en') return ` (${oneClock(at, 'en', side)}${day ? `, ${day}` : ''})`;
  if (!day) return `, ${oneClock(at, 'ru', side)}`;
  const clock = clockIn(at, side);
  return side === 'ru' ? `, ${clock}${gap}(мск) ${day}` : `, ${clock} ${day} в${gap}Дханбаде`;
}

/** Day and both clocks: “12 December 2026, 18:00 Moscow (20:30 Dhanbad)”, «12 декабря 2026 г., 18:00 (мск), 20:30 в Дханбаде». */
export function formatWhen(at: Instant, language: Language, options: WhenOptions = {}): string {
  const day = dayIn(options.lead ?? 'ru', at, language, options.year ?? true);
  return `${day}, ${formatTime(at, language, options)}`;
}

/** The last day to act: “by 12 December 2026”, «не позднее 12 декабря 2026 г.». The day itself still counts. */
export function formatDeadlineDate(
  on: CalendarDate,
  language: Language,
  options: { year?: boolean } = {},
): string {
  return `${language === 'en' ? 'by' : 'не\u00a0позднее'} ${formatDate(on, language, options)}`;
}

/**
 * The last moment to act: “by 12 December 2026, 18:00 Moscow (20:30 Dhanbad)”,
 * «до 18:00 (мск) 12 декабря 2026 г. (20:30 в Дханбаде)».
 */
export function formatDeadline(at: Instant, language: Language, options: WhenOptions = {}): string {
  if (language === 'en') return `by ${formatWhen(at, 'en', options)}`;
  const lead = options.lead ?? 'ru';
  const other: Side = lead === 'ru' ? 'in' : 'ru';
  const day = dayIn(lead, at, 'ru', options.year ?? true);
  const differs = calendarDateOf(at, lead) !== calendarDateOf(at, other);
  const otherDay = differs ? dayIn(other, at, 'ru', false) : '';
  const second = secondClock(at, 'ru', other, otherDay).slice(2);
  const first =
    lead === 'ru' ? `${clockIn(at, 'ru')}${gap}(мск) ${day}` : `${clockIn(at, 'in')} ${day} в${gap}Дханбаде`;
  return `до${gap}${first} (${lead === 'in' && !otherDay ? `${clockIn(at, 'ru')} мск`.replace(' ', gap) : second})`;
}

/** How much time is left, in the unit a person would say. */
export interface TimeLeft {
  unit: 'hours' | 'days' | 'weeks';
  /** Whole units, rounded down so that nobody is promised more than there is. */
  count: number;
  /** True once the moment has passed: `count` is then how long ago. */
  late: boolean;
}

const hour = 3_600_000;

/** Hours under two days, days under three weeks, then weeks. */
export function timeLeft(until: Instant, now: Instant): TimeLeft {
  const span = toDate(until).getTime() - toDate(now).getTime();
  const hours = Math.floor(Math.abs(span) / hour);
  const late = span < 0;
  if (hours < 48) return { unit: 'hours', count: hours, late };
  const days = Math.floor(hours / 24);
  if (days < 21) return { unit: 'days', count: days, late };
  return { unit: 'weeks', count: Math.floor(days / 7), late };
}
