import { z } from 'zod';

/** The years a calendar can hold days of. */
export const CALENDAR_YEARS = { first: 2020, last: 2099 };

/** Which calendar is looked at, from the address. What does not fit is passed over: an address is not a form. */
export const calendarFilter = z.object({
  side: z.enum(['in', 'ru']).optional().catch(undefined),
  year: z.coerce
    .number()
    .int()
    .min(CALENDAR_YEARS.first)
    .max(CALENDAR_YEARS.last)
    .optional()
    .catch(undefined),
});

const line = (max: number) => z.string().trim().min(1, 'required').max(max, 'exchanges.textTooLong');
const inRange = (day: string) =>
  Number(day.slice(0, 4)) >= CALENDAR_YEARS.first && Number(day.slice(0, 4)) <= CALENDAR_YEARS.last;

/** A day that differs from the week. Messages are keys of `errors.json`. */
export const calendarDayForm = z.object({
  day: z.iso.date('date').refine(inRange, 'date'),
  kind: z.enum(['holiday', 'working'], 'choice'),
  name: z.object({ en: line(200), ru: line(200) }),
  source: line(500),
});

export const removeDayForm = z.object({ remove: z.uuid('choice') });
