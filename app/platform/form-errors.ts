import type { FormError } from '#app/ui/error-summary.tsx';
import type { Refused } from './request.server.ts';

type Answer = Partial<Refused> | undefined;

/**
 * The lines of the error summary: one per field, or the sentence where no field is to blame.
 *
 * @param labels the form's fields by name, as the reader sees them: the summary stands far from the fields
 */
export function formErrors(answer: Answer, labels: Record<string, string> = {}): FormError[] {
  if (!answer?.refused) return [];
  const { fields, sentence } = answer.refused;
  const lines = Object.entries(fields).map(([field, reasons]) => ({
    field,
    message: reasons.join(' '),
    label: labels[field],
  }));
  return lines.length > 0 ? lines : [{ message: sentence }];
}

/** Labels of a text typed in both languages: its two inputs share one label. */
export function bothLabels(name: string, label: string, languages: { en: string; ru: string }) {
  return {
    [`${name}.en`]: `${label} (${lowered(languages.en)})`,
    [`${name}.ru`]: `${label} (${lowered(languages.ru)})`,
  };
}

const lowered = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** What stands at one field. */
export function fieldError(answer: Answer, field: string): string | undefined {
  return answer?.refused?.fields[field]?.join(' ');
}
