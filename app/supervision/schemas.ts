import { z } from 'zod';
import { invalid } from '#app/platform/outcome.ts';
import { lengthOf, plainText } from '#app/platform/plain-text.ts';
import { REPORT_OUTCOMES, REPORT_STATES } from '#db/schema/supervision.ts';

/** Longest text of one field in one language, in characters. About three typed pages. */
export const TEXT_MAX = 5000;

const text = z
  .string()
  .transform(plainText)
  .refine((typed) => lengthOf(typed) <= TEXT_MAX, 'tooLong');

const optionalText = z.object({ en: text, ru: text });

/** A text in one language or both. */
const eitherText = optionalText.refine((both) => both.en !== '' || both.ru !== '', {
  path: ['en'],
  message: 'supervision.eitherLanguage',
});

const written = text.refine((typed) => typed !== '', 'required');

/** A text in both languages: people of both sides sign it. */
const bothTexts = z.object({ en: written, ru: written });

/** A whole number of percent; empty where the field was left empty. */
const share = z
  .string()
  .trim()
  .regex(/^(\d{1,2}|100)?$/, 'supervision.share')
  .transform((typed) => (typed === '' ? null : Number(typed)));

const report = z.object({
  done: optionalText,
  shareDone: share,
  publications: optionalText,
  plan: optionalText,
  difficulties: optionalText,
});

/** A report on its way: nothing is required, nothing may be too long. */
export const draftForm = report;

/** A report that is handed in: what was done, how much, and what comes next; publications and difficulties may be none. */
export const reportForm = report.extend({
  done: eitherText,
  shareDone: share.refine((percent) => percent !== null, 'supervision.share'),
  plan: eitherText,
});

const outcome = z.enum(REPORT_OUTCOMES, 'choice');

export const opinionForm = z.object({ outcome, text: eitherText });

export const decisionForm = z.object({ outcome, text: bothTexts });

export type ReportInput = z.input<typeof draftForm>;
export type OpinionInput = { outcome: string; text: { en: string; ru: string } };
export type DecisionInput = OpinionInput;

/** A bilingual field of a form, which sends `<name>.en` and `<name>.ru`. */
export const bilingual = (values: Record<string, string>, name: string) => ({
  en: values[`${name}.en`] ?? '',
  ru: values[`${name}.ru`] ?? '',
});

/** The report's fields out of a form. */
export function reportInput(values: Record<string, string>): ReportInput {
  return {
    done: bilingual(values, 'done'),
    shareDone: values.shareDone ?? '',
    publications: bilingual(values, 'publications'),
    plan: bilingual(values, 'plan'),
    difficulties: bilingual(values, 'difficulties'),
  };
}

/**
 * What was typed, checked. Every field's failures are keys of `errors`.
 *
 * @throws Refusal `invalid`
 */
export function accepted<S extends z.ZodType>(schema: S, typed: unknown): z.output<S> {
  const parsed = schema.safeParse(typed);
  if (parsed.success) return parsed.data;
  const fields: Record<string, string[]> = {};
  for (const issue of parsed.error.issues) {
    const name = issue.path.join('.');
    fields[name] ??= [reasonOf(issue.message)];
  }
  throw invalid('invalid', { fields, params: { max: TEXT_MAX } });
}

/** Messages of our schemas are keys; the library's own (a field that is not there at all) are sentences. */
const reasonOf = (message: string) => (/^[\w.]+$/.test(message) ? message : 'required');

/** What the list can be narrowed to: the state of the newest report, or none yet. */
export const THESIS_STATES = ['none', ...REPORT_STATES] as const;

const one = <S extends z.ZodType>(schema: S) => schema.optional().catch(undefined);

const thesisFilter = z.object({
  search: one(z.string().trim().min(1).max(200)),
  state: one(z.enum(THESIS_STATES)),
  after: one(z.uuid()),
  before: one(z.uuid()),
});

/** The filter of the list out of its address; what makes no sense there counts as absent. */
export function readThesisFilter(query: URLSearchParams) {
  const get = (name: string) => query.get(name) ?? undefined;
  return thesisFilter.parse({
    search: get('q'),
    state: get('state'),
    after: get('after'),
    before: get('before'),
  });
}

const halfYear = z.object({
  year: z.coerce.number().int().min(2000).max(2100),
  half: z.enum(['1', '2']).transform((half) => (half === '1' ? 1 : 2)),
});

/**
 * The half-year a form names.
 *
 * @throws Refusal `invalid`
 */
export function readHalfYear(values: Record<string, string>): { year: number; half: 1 | 2 } {
  return accepted(halfYear, values);
}
