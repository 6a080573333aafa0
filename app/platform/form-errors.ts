import type { Refused } from './request.server.ts';
import type { FormError } from '#app/ui/error-summary.tsx';

type Answer = Partial<Refused> | undefined;

/** The lines of the error summary: one per field, or the sentence where no field is to blame. */
export function formErrors(answer: Answer): FormError[] {
  if (!answer?.refused) return [];
  const { fields, sentence } = answer.refused;
  const lines = Object.entries(fields).map(([field, reasons]) => ({ field, message: reasons.join(' ') }));
  return lines.length > 0 ? lines : [{ message: sentence }];
}

/** What stands at one field. */
export function fieldError(answer: Answer, field: string): string | undefined {
  return answer?.refused?.fields[field]?.join(' ');
}
