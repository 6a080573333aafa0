import { z } from 'zod';
import { isCalendarDate } from '#app/platform/calendar.ts';
import { BOARD_FILTERS } from './board-rows.ts';

/** The filter of a board, from its address. What does not fit is passed over: an address is not a form. */
export const boardFilter = z.object({
  show: z.enum(BOARD_FILTERS).catch('everyone'),
  asOf: z.string().refine(isCalendarDate).optional().catch(undefined),
});

const text = z.string().trim().max(200, 'exchanges.nameTooLong').default('');

const bothTexts = (max: number) => {
  const written = z.string('required').trim().min(1, 'required').max(max, 'delegations.eventText');
  return z.object({ en: written, ru: written });
};
const calendarDate = z.string('required').refine(isCalendarDate, 'date');

/** An event as its host announces it: in both languages, because people outside read it. */
export const eventForm = z
  .object({
    reference: z
      .string('required')
      .trim()
      .toUpperCase()
      .regex(/^[A-Z0-9][A-Z0-9-]{2,39}$/, 'delegations.eventReference'),
    title: bothTexts(200),
    summary: bothTexts(2000),
    city: bothTexts(200),
    venue: bothTexts(200),
    institution: z.uuid('choice'),
    startsOn: calendarDate,
    endsOn: calendarDate,
  })
  .refine((event) => event.startsOn <= event.endsOn, {
    path: ['endsOn'],
    message: 'delegations.eventBackwards',
  });

/** Beginning a delegation. Messages are keys of `errors.json`. */
export const delegationForm = z.object({
  event: z.string().min(1),
  institution: z.uuid('choice'),
  hotel: z.object({ en: text, ru: text }).default({ en: '', ru: '' }),
});
