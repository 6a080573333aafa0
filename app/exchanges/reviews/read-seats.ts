import { validate as isUuid } from 'uuid';
import { invalid } from '#app/platform/outcome.ts';
import type { Seat } from './assign-balanced.ts';

/**
 * The seats a form sends, `application:reviewer` each; the same one twice counts once.
 *
 * @throws Refusal `invalid` for what is no such pair.
 */
export function readSeats(sent: readonly FormDataEntryValue[]): Seat[] {
  return [...new Set(sent.map(String))].map((one) => {
    const [applicationId = '', reviewerId = '', ...rest] = one.split(':');
    if (!isUuid(applicationId) || !isUuid(reviewerId) || rest.length > 0)
      throw invalid('invalid', { fields: { reviewer: ['choice'] } });
    return { applicationId, reviewerId };
  });
}
