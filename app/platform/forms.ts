import { parseWithZod } from '@conform-to/zod/v4';
import type { output, ZodType } from 'zod';
import { invalid } from './outcome.ts';

/** What a message of a schema is when it names no key of `errors.json` itself. */
const REASONS: Record<string, string> = {
  invalid_format: 'invalidValue',
  invalid_value: 'choice',
  invalid_union: 'choice',
  too_big: 'tooLong',
  too_small: 'required',
  not_multiple_of: 'number',
};

/**
 * What a form says, by its schema. Empty fields count as absent.
 *
 * @throws Refusal `invalid` with a key of `errors.json` for each field
 */
export function read<S extends ZodType>(schema: S, form: FormData | URLSearchParams): output<S> {
  const submission = parseWithZod(form, {
    schema,
    error: (issue) => {
      if (issue.code !== 'invalid_type') return REASONS[issue.code] ?? 'invalidValue';
      return issue.input === undefined ? 'required' : issue.expected === 'number' ? 'number' : 'invalidValue';
    },
  });
  if (submission.status === 'success') return submission.value;
  const fields = Object.fromEntries(
    Object.entries(submission.error ?? {}).flatMap(([name, reasons]) =>
      reasons ? [[name || 'form', reasons]] : [],
    ),
  );
  throw invalid('invalid', { fields });
}
