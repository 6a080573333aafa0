import { and, eq } from 'drizzle-orm';
import { permits } from '#app/people/access.ts';
import { type PersonActor, system } from '#app/platform/actor.ts';
import { difference } from '#app/platform/difference.ts';
import { forbidden, invalid, stale } from '#app/platform/outcome.ts';
import { transition } from '#app/platform/transition.server.ts';
import { addVersion, currentVersion } from '#app/platform/versions.server.ts';
import type { Db } from '#db/client.server.ts';
import { call } from '#db/schema/exchanges.ts';
import { exchangeRules } from '../policy.ts';
import { callSchema, checked } from '../schemas.ts';
import { lockCall } from '../scope.ts';
import { CALL_SCHEMA_VERSION, columnsOf } from './call-columns.ts';
import { callWorkflow } from './call-workflow.ts';
import { checkSigners } from './draft-call.ts';

/**
 * Changes a call: a new version, which voids the signatures given. A published call stands as it is
 * until both sides have signed the successor.
 *
 * @param input.hashShown hash of the version the form was filled from.
 * @throws Refusal `stale` when another version came meanwhile; `invalid` with `exchanges.nothingChanged`.
 */
export async function reviseCall(
  db: Db,
  actor: PersonActor,
  input: { reference: string; hashShown: string; content: unknown },
): Promise<void> {
  const content = checked(callSchema, input.content);
  await db.transaction(async (tx) => {
    const found = await lockCall(tx, actor, input.reference);
    if (!permits(exchangeRules['calls.edit'], actor, found)) throw forbidden();
    await checkSigners(tx, actor, content);
    const before = await currentVersion(tx, 'call', found.id);
    if (before?.hash !== input.hashShown) throw stale();
    if (difference(before.content, content).length === 0) throw invalid('exchanges.nothingChanged');
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
