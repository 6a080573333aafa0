import { z } from 'zod';
import { isCalendarDate } from '#app/platform/calendar.ts';
import { BOARD_FILTERS } from './board-rows.ts';

/** The filter of a board, from its address. What does not fit is passed over: an address is not a form. */
export const boardFilter = z.object({
  show: z.enum(BOARD_FILTERS).catch('everyone'),
  asOf: z.string().refine(isCalendarDate).optional().catch(undefined),
});

const text = z.string().trim().max(200, 'exchanges.nameTooLong').default('');

/** Beginning a delegation. Messages are keys of `errors.json`. */
export const delegationForm = z.object({
  event: z.string().min(1),
  institution: z.uuid('choice'),
  hotel: z.object({ en: text, ru: text }).default({ en: '', ru: '' }),
});
