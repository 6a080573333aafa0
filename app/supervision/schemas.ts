import { z } from 'zod';
import { invalid } from '#app/platform/outcome.ts';
import { REPORT_OUTCOMES } from '#db/schema/supervision.ts';

/** Longest text of one field in one language, in characters. About three typed pages. */
export const TEXT_MAX = 5000;

// A browser sends line ends as two characters; the person counted one.
const text = z
  .string()
  .transform((typed) => typed.replaceAll('\r\n', '\n').normalize('NFC').trim())
  // Characters as a reader counts them, not UTF-16 units.
  .refine((typed) => [...typed].length <= TEXT_MAX, 'tooLong');

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

export type ReportTexts = z.output<typeof draftForm>;
export type ReportInput = z.input<typeof draftForm>;
export type OpinionInput = { outcome: string; text: { en: string; ru: string } };
export type DecisionInput = OpinionInput;

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
