import { fieldError } from '#app/platform/form-errors.ts';
import type { Refused } from '#app/platform/request.server.ts';

/**
 * What a field of a form is given: its label, what was typed or stands there, and what is wrong with it.
 *
 * @param labels by name, as the reader sees them
 * @param stands what the record holds; nothing for a new one
 */
export function fieldProps<N extends string>(
  labels: Record<N, string>,
  refused: Refused | undefined,
  stands: Partial<Record<N, string | null>> = {},
) {
  return (name: N) => {
    const error = fieldError(refused, name);
    const value = refused ? (refused.values[name] ?? '') : (stands[name] ?? '');
    return { name, label: labels[name], value, ...(error && { error }) };
  };
}
