import { z } from 'zod';
import { invalid } from '#app/platform/outcome.ts';
import { lengthOf, plainText } from '#app/platform/plain-text.ts';
import { LOCALES } from '#db/schema/shared.ts';

// Messages are keys of `locales/*​/errors.json`.

export const TITLE_MAX = 200;
export const WORK_PLAN_MAX = 6000;
/** Largest document of an application, in bytes. */
export const DOCUMENT_MAX = 20_000_000;

/** Typed text with the line ends of browsers made plain. */
const prose = z.string().transform(plainText);
export const upTo = (max: number, reason: string) => prose.refine((text) => lengthOf(text) <= max, reason);
export const required = (max: number, reason: string, missing = 'required') =>
  upTo(max, reason).refine((text) => text !== '', missing);
/** A day that a stay, an arrival or a duty can have: what lies outside was mistyped, and no calendar reckons with it. */
export const calendarDate = z.iso
  .date('date')
  .refine((day) => day >= '2000-01-01' && day <= '2099-12-31', 'dateFar');
export const whole = z.coerce.number('number').int('number');
export const chosen = z.uuid('choice');
/** An empty field is no value; anything else is judged by its own schema, so that the reader is told what is wrong. */
const emptyIsNull = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? null : value), schema.nullable());

/** How many laboratories an applicant may name, the one most wanted first. */
export const WISHES = ['wish1', 'wish2', 'wish3'] as const;

const wish = upTo(TITLE_MAX, 'exchanges.nameTooLong');

/** What a draft may hold: anything that fits, however little. Each step of the form sends its own fields. */
export const draftSchema = z.object({
  title: upTo(TITLE_MAX, 'exchanges.titleTooLong'),
  workPlan: upTo(WORK_PLAN_MAX, 'exchanges.workPlanTooLong'),
  workPlanLocale: z.enum(LOCALES, 'choice'),
  homeInstitutionId: emptyIsNull(chosen),
  hostInstitutionId: emptyIsNull(chosen),
  wish1: wish,
  wish2: wish,
  wish3: wish,
  wishedStart: emptyIsNull(calendarDate),
  weeks: emptyIsNull(
    z.coerce
      .number('number')
      .int('number')
      .min(1, 'exchanges.stayNoWeeks')
      .max(104, 'exchanges.weeksTooMany'),
  ),
});
export type DraftField = keyof typeof draftSchema.shape;
export type Draft = Partial<z.output<typeof draftSchema>>;

/** Most a supervisor writes about an applicant. */
export const ENDORSEMENT_MAX = 2000;

/** The choice of a supervisor who is not in the list and is named by hand. */
export const NOT_LISTED = 'other';

/** Somebody who is not in the portal yet, as the applicant names them. */
export const supervisorSchema = z.object({
  givenName: required(100, 'exchanges.nameTooLong', 'exchanges.giveName'),
  familyName: required(100, 'exchanges.nameTooLong', 'exchanges.giveName'),
  email: z.email('email').max(254, 'email'),
});

/** A supervisor's answer; without words it says nothing, whichever way it goes. */
export const endorsementSchema = z.discriminatedUnion(
  'decision',
  [
    z.object({
      decision: z.literal('give'),
      words: required(ENDORSEMENT_MAX, 'exchanges.endorsementTooLong', 'exchanges.giveEndorsement'),
    }),
    z.object({
      decision: z.literal('refuse'),
      words: required(ENDORSEMENT_MAX, 'exchanges.endorsementTooLong', 'exchanges.giveRefusal'),
    }),
  ],
  'exchanges.decide',
);

export const translationSchema = z.object({
  title: required(TITLE_MAX, 'exchanges.titleTooLong', 'exchanges.translationEmpty'),
  workPlan: required(WORK_PLAN_MAX, 'exchanges.workPlanTooLong', 'exchanges.translationEmpty'),
});

export const acceptanceSchema = z
  .object({
    hostSupervisorId: z.uuid('exchanges.giveHostSupervisor'),
    laboratory: required(TITLE_MAX, 'exchanges.nameTooLong', 'exchanges.giveLaboratory'),
    stayFrom: z.iso.date('exchanges.giveFirstDay'),
    stayUntil: z.iso.date('exchanges.giveLastDay'),
  })
  .refine((stay) => stay.stayFrom < stay.stayUntil, {
    path: ['stayUntil'],
    message: 'exchanges.stayBackwards',
  });

/** A text in both languages, neither of which may be missing. */
export const bothLanguages = (max: number) =>
  z.object({ en: required(max, 'exchanges.textTooLong'), ru: required(max, 'exchanges.textTooLong') });

/**
 * What was typed, checked.
 *
 * @throws Refusal `invalid` naming each field that is wrong; the names are those of the form (`title.ru`).
 */
export function checked<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const fields: Record<string, string[]> = {};
  for (const issue of result.error.issues) {
    const name = issue.path.join('.');
    fields[name] ??= [reasonOf(issue.message)];
  }
  throw invalid('invalid', { fields });
}

/** Messages of our schemas are keys; the library's own (a field that is not there at all) are sentences. */
const reasonOf = (message: string) => (/^[\w.]+$/.test(message) ? message : 'required');
