import { z } from 'zod';
import { invalid } from '#app/platform/outcome.ts';
import { APPLICANT_KINDS, DIRECTIONS } from '#db/schema/exchanges.ts';
import { LOCALES } from '#db/schema/shared.ts';

// Messages are keys of `locales/*​/errors.json`.

export const TITLE_MAX = 200;
export const WORK_PLAN_MAX = 6000;
/** Largest document of an application, in bytes. */
export const DOCUMENT_MAX = 20_000_000;

/** Characters as a reader counts them, not UTF-16 units; the database counts the same way. */
export const lengthOf = (text: string) => [...text].length;

/** Typed text with the line ends of browsers made plain. */
const prose = z.string().transform((text) => text.replaceAll('\r\n', '\n').normalize('NFC').trim());
const upTo = (max: number, reason: string) => prose.refine((text) => lengthOf(text) <= max, reason);
const required = (max: number, reason: string, missing = 'required') =>
  upTo(max, reason).refine((text) => text !== '', missing);
const calendarDate = z.iso.date('date');
const whole = z.coerce.number('number').int('number');
const chosen = z.uuid('choice');
const emptyIsNull = <T extends z.ZodType>(schema: T) =>
  z
    .union([z.literal('').transform(() => null), schema])
    .nullish()
    .transform((value) => value ?? null);

/** What a draft may hold: anything that fits, however little. */
export const draftSchema = z.object({
  title: upTo(TITLE_MAX, 'exchanges.titleTooLong').default(''),
  workPlan: upTo(WORK_PLAN_MAX, 'exchanges.workPlanTooLong').default(''),
  workPlanLocale: z.enum(LOCALES, 'choice').default('en'),
  homeInstitutionId: emptyIsNull(chosen),
  hostInstitutionId: emptyIsNull(chosen),
  wishedStart: emptyIsNull(calendarDate),
  weeks: emptyIsNull(z.coerce.number('number').int('number').min(1, 'number').max(104, 'number')),
  homeSupervisor: upTo(TITLE_MAX, 'exchanges.nameTooLong').default(''),
});
export type Draft = z.output<typeof draftSchema>;

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

const bothLanguages = (max: number) =>
  z.object({ en: required(max, 'exchanges.textTooLong'), ru: required(max, 'exchanges.textTooLong') });
const instant = z.iso.datetime('date');
const places = whole.refine((count) => count >= 0 && count <= 500, 'number');

const criterion = z.object({
  code: z.string().min(1),
  title: bothLanguages(TITLE_MAX),
  weight: z.number().min(0).max(100),
});

/**
 * What both sides sign in a call. Both languages are required: a call that one side cannot read is not
 * published. Instants are ISO 8601 in UTC.
 */
export const callSchema = z
  .object({
    direction: z.enum(DIRECTIONS, 'choice'),
    title: bothLanguages(TITLE_MAX),
    summary: bothLanguages(3000),
    conditions: bothLanguages(6000),
    areas: z.array(bothLanguages(TITLE_MAX)).min(1, 'required').max(30),
    eligible: z.array(z.enum(APPLICANT_KINDS, 'choice')).min(1, 'required'),
    opensAt: instant,
    deadline: instant,
    deadlineZone: z.enum(['Asia/Kolkata', 'Europe/Moscow'], 'choice'),
    nominateBy: instant,
    answerBy: instant,
    stayFrom: calendarDate,
    stayUntil: calendarDate,
    weeksMin: whole.refine((weeks) => weeks >= 1, 'number'),
    weeksMax: whole.refine((weeks) => weeks <= 104, 'number'),
    placesToIn: places,
    placesToRu: places,
    costs: z.object({ in: bothLanguages(1000), ru: bothLanguages(1000) }),
    documents: z
      .array(
        z.object({
          code: z.string().regex(/^[a-z][a-z-]*$/),
          title: bothLanguages(TITLE_MAX),
          required: z.boolean(),
        }),
      )
      .max(10),
    rubric: z
      .object({
        scale: z.object({ min: z.number(), max: z.number() }),
        criteria: z.array(criterion).min(1),
        grades: z.array(z.object({ value: z.number(), text: bothLanguages(TITLE_MAX) })),
      })
      .nullable(),
    reviewersPerApplication: whole,
    blindReview: z.boolean(),
    signerIn: chosen,
    signerRu: chosen,
  })
  .superRefine((call, context) => {
    const wrong = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (call.opensAt >= call.deadline) wrong('deadline', 'exchanges.deadlineBeforeOpening');
    if (call.deadline >= call.nominateBy) wrong('nominateBy', 'exchanges.nominateBeforeDeadline');
    if (call.nominateBy >= call.answerBy) wrong('answerBy', 'exchanges.answerBeforeNomination');
    if (call.stayFrom >= call.stayUntil) wrong('stayUntil', 'exchanges.stayBackwards');
    if (call.weeksMin > call.weeksMax) wrong('weeksMax', 'exchanges.weeksBackwards');
    if (call.placesToRu > 0 !== (call.direction !== 'ru-in'))
      wrong('placesToRu', 'exchanges.placesAndDirection');
    if (call.placesToIn > 0 !== (call.direction !== 'in-ru'))
      wrong('placesToIn', 'exchanges.placesAndDirection');
  });
export type CallContent = z.output<typeof callSchema>;

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
