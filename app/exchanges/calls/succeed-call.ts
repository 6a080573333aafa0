import { eq } from 'drizzle-orm';
import { permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { forbidden, stale } from '#app/platform/outcome.ts';
import { addVersion, currentVersion } from '#app/platform/versions.server.ts';
import type { DbOrTx, Tx } from '#db/client.server.ts';
import type { CallState } from '#db/schema/exchanges.ts';
import { version } from '#db/schema/platform.ts';
import { exchangeRules } from '../policy.ts';
import { checked } from '../schemas.ts';
import { lockCall } from '../scope.ts';
import { CALL_SCHEMA_VERSION } from './call-columns.ts';
import { type CallContent, callSchema, callShape } from './call-schema.ts';

/**
 * Proposes a successor to the text of a call in force; it takes effect once both coordinators have signed it. A
 * successor that was proposed before and not signed by both is replaced: the difference shows from what is in force.
 *
 * @param input.hashShown hash of the newest version when the form was shown.
 * @param input.from states in which this can be proposed.
 * @throws Refusal `not-found`, `forbidden`; `stale` in another state, or when another version came meanwhile.
 */
export async function succeedCall(
  tx: Tx,
  actor: PersonActor,
  input: { reference: string; hashShown: string; from: readonly CallState[] },
  change: (inForce: CallContent) => unknown,
): Promise<void> {
  const found = await lockCall(tx, actor, input.reference);
  if (!permits(exchangeRules['calls.edit'], actor, found)) throw forbidden();
  if (!input.from.includes(found.state)) throw stale('staleState');
  const newest = await currentVersion(tx, 'call', found.id);
  if (newest?.hash !== input.hashShown) throw stale();
  const { extension, cancellation: _refused, ...inForce } = await contentInForce(tx, found);
  const content = checked(callSchema, change({ ...inForce, ...(extension && { extension }) }));
  await addVersion(tx, {
    subjectType: 'call',
    subjectId: found.id,
    schemaVersion: CALL_SCHEMA_VERSION,
    content,
    createdBy: actor,
    institutionId: actor.institutionId,
    standing: true,
  });
}

/** What both sides have signed and is in force. */
export async function contentInForce(
  tx: DbOrTx,
  call: { publishedVersionId: string | null },
): Promise<CallContent> {
  if (!call.publishedVersionId) throw stale('staleState');
  const [text] = await tx
    .select({ content: version.content })
    .from(version)
    .where(eq(version.id, call.publishedVersionId));
  if (!text) throw new Error('A published call has no version in force');
  return callShape.parse(text.content);
}
