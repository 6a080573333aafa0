import { z } from 'zod';

// Messages are keys of `locales/*​/errors.json`.

const calendarDate = z
  .string()
  .min(1, { error: 'required', abort: true })
  .pipe(z.iso.date({ error: 'date', abort: true }));

/** A passport as it lies in the vault. */
export const passportSchema = z.object({
  number: z.string(),
  nationality: z.string(),
  issued: calendarDate,
  validUntil: calendarDate,
});
export type Passport = z.output<typeof passportSchema>;

/** Longest term of a passport anywhere, in years; a later date is a slip of the pen. */
const TERM_YEARS = 20;

/** A passport as a person types it. `today` is the calendar date against which it must be valid. */
export function passportForm(today: string) {
  const latest = `${Number(today.slice(0, 4)) + TERM_YEARS}${today.slice(4)}`;
  return z
    .object({
      number: z
        .string()
        .transform((text) => text.replaceAll(/\s/g, '').toUpperCase())
        .refine((text) => text !== '', { message: 'required', abort: true })
        .refine((text) => /^[A-Z0-9]{5,20}$/.test(text), 'travel.passportNumber'),
      nationality: z
        .string()
        .trim()
        .refine((text) => text !== '', { message: 'required', abort: true })
        .refine((text) => text.length <= 80, 'travel.nationality'),
      issued: calendarDate.refine((date) => date <= today, 'travel.issuedLater'),
      validUntil: calendarDate
        .refine((date) => date > today, { message: 'travel.expired', abort: true })
        .refine((date) => date <= latest, 'travel.validTooLong'),
    })
    .refine((passport) => passport.issued < passport.validUntil, {
      path: ['validUntil'],
      message: 'travel.validBeforeIssued',
    });
}
