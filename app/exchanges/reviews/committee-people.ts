import { coordinatorsOf } from '#app/people/coordinator-queries.ts';
import type { DbOrTx } from '#db/client.server.ts';
import type { Call } from '../scope.ts';

/** Who sits on the selection committee of a call: the coordinators of its two signing institutions, without `except`. */
export async function committeeOf(
  db: DbOrTx,
  of: Pick<Call, 'signerIn' | 'signerRu'>,
  except?: string,
): Promise<string[]> {
  return coordinatorsOf(db, [of.signerIn, of.signerRu], except);
}
