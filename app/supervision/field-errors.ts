import { fieldError } from '#app/platform/form-errors.ts';

type Refused = Parameters<typeof fieldError>[0];

/** What stands at one field, as the property its component takes. */
export function errorOf(refused: Refused, name: string): { error?: string } {
  const error = fieldError(refused, name);
  return error ? { error } : {};
}

/** What stands at the two inputs of a bilingual field. */
export function textErrors(refused: Refused, name: string): { error: { en?: string; ru?: string } } {
  const [en, ru] = [fieldError(refused, `${name}.en`), fieldError(refused, `${name}.ru`)];
  return { error: { ...(en ? { en } : {}), ...(ru ? { ru } : {}) } };
}
