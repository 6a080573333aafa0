import { and, eq } from 'drizzle-orm';
import { permits } from '#app/people/access.ts';
import { type PersonActor, system } from '#app/platform/actor.ts';
import { difference } from '#app/platform/difference.ts';
import { forbidden, invalid, stale } from '#app/platform/outcome.ts';
import { transition } from '#app/platform/transition.server.ts';
import { addVersion, currentVersion } from '#app/platform/versions.server.ts';
import type { Db, Tx } from '#db/client.server.ts';
import { call } from '#db/schema/exchanges.ts';
import { exchangeRules } from '../policy.ts';
import { checked } from '../schemas.ts';
import { type Call, lockCall } from '../scope.ts';
import { CALL_SCHEMA_VERSION, columnsOf } from './call-columns.ts';
import { type CallContent, callSchema } from './call-schema.ts';
import { EDITABLE } from './call-states.ts';
import { callWorkflow } from './call-workflow.ts';
import { checkSigners } from './draft-call.ts';
import { contentInForce } from './succeed-call.ts';

/**
 * Changes a call: a new version, which voids the signatures given. A published call stands as it is
 * until both sides have signed the successor; its deadline is moved by an extension alone, which gives the reason.
 *
 * @param input.hashShown hash of the version the form was filled from.
 * @throws Refusal `stale` when another version came meanwhile or the deadline has passed; `invalid` with
 *   `exchanges.nothingChanged`, or at `deadline` of a published call.
 */
export async function reviseCall(
  db: Db,
  actor: PersonActor,
  input: { reference: string; hashShown: string; content: unknown },
): Promise<void> {
  const typed = checked(callSchema, input.content);
  await db.transaction(async (tx) => {
    const found = await lockCall(tx, actor, input.reference);
    if (!permits(exchangeRules['calls.edit'], actor, found)) throw forbidden();
    await checkSigners(tx, actor, typed);
    if (!EDITABLE.includes(found.state)) throw stale('exchanges.callNotEditable');
    const content = { ...typed, ...(await standingReason(tx, found)) };
    const before = await currentVersion(tx, 'call', found.id);
    if (before?.hash !== input.hashShown) throw stale();
    if (difference(before.content, content).length === 0) throw invalid('exchanges.nothingChanged');
    if (found.state === 'published' && content.deadline !== found.deadline.toISOString()) {
      throw invalid('invalid', { fields: { deadline: ['exchanges.extendInstead'] } });
    }
    await addVersion(tx, {
      subjectType: 'call',
      subjectId: found.id,
      schemaVersion: CALL_SCHEMA_VERSION,
      content,
      createdBy: actor,
      institutionId: actor.institutionId,
      standing: found.state === 'published',
    });
    if (found.state === 'published') return;
    await tx
      .update(call)
      .set(columnsOf(content))
      .where(and(eq(call.id, found.id), eq(call.state, found.state)));
    if (found.state !== 'half-signed') return;
    const job = system('calls.signatures');
    const permitted = permits(exchangeRules['calls.publish'], job, null);
    await transition(tx, {
      workflow: callWorkflow,
      table: call,
      record: found,
      name: 'reopen',
      actor: job,
      permitted,
    });
  });
}

/** Why the deadline was moved stays part of the text for as long as that deadline does. */
async function standingReason(tx: Tx, found: Call): Promise<Pick<CallContent, 'extension'>> {
  if (!found.publishedVersionId) return {};
  const { extension } = await contentInForce(tx, found);
  return extension ? { extension } : {};
}
