import { invalid } from '#app/platform/outcome.ts';
import { passportValidUntil } from '#app/travel/queries.ts';
import type { DbOrTx } from '#db/client.server.ts';
import type { Placement } from './placement-scope.ts';

/**
 * Refuses dates that outlive the participant's passport, where it is known: it is asked for only after acceptance.
 * The sentence names no date of the passport, because not everybody who signs may know it.
 *
 * @throws Refusal `invalid` (`placements.outlivesPassport`) at the field given
 */
export async function demandPassport(
  db: DbOrTx,
  record: Pick<Placement, 'participantId'>,
  endsOn: string,
  field: string | null,
): Promise<void> {
  const validUntil = await passportValidUntil(db, record.participantId);
  if (validUntil === null || validUntil >= endsOn) return;
  throw invalid('placements.outlivesPassport', {
    fields: field ? { [field]: ['placements.outlivesPassport'] } : {},
  });
}
