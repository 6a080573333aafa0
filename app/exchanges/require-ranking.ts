import { invalid } from '#app/platform/outcome.ts';
import type { Application, Call } from './scope.ts';

/**
 * Where the call asks for reviews, whoever is eligible waits for the signed ranking before the home institution decides.
 *
 * @throws Refusal `invalid` with `exchanges.notRankedYet`.
 */
export function requireRanking(
  record: Pick<Application, 'state'>,
  call: Pick<Call, 'reviewersPerApplication'>,
) {
  if (awaitsRanking(record, call)) throw invalid('exchanges.notRankedYet');
}

/** Whether the committee still has to rank an application that has passed the check. */
export const awaitsRanking = (
  record: Pick<Application, 'state'>,
  call: Pick<Call, 'reviewersPerApplication'>,
): boolean => record.state === 'eligible' && call.reviewersPerApplication > 0;
