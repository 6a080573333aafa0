import { institutionsOf, permits } from '#app/people/access.ts';
import { type PersonActor, system } from '#app/platform/actor.ts';
import { forbidden, stale } from '#app/platform/outcome.ts';
import { transition } from '#app/platform/transition.server.ts';
import { currentVersion, signVersion } from '#app/platform/versions.server.ts';
import type { Db, Tx } from '#db/client.server.ts';
import { call } from '#db/schema/exchanges.ts';
import type { Locale } from '#db/schema/shared.ts';
import { exchangeRules } from '../policy.ts';
import { callSchema } from '../schemas.ts';
import { type Call, lockCall } from '../scope.ts';
import { columnsOf, signingParties } from './call-columns.ts';
import { callWorkflow } from './call-workflow.ts';

/**
 * Signs the current version of a call for the actor's institution. When both sides have signed, the
 * system publishes it, or puts the successor of a published call into force.
 *
 * @param input.hashShown hash of the text that was on the screen.
 * @returns whether both sides have signed now.
 * @throws Refusal `stale` when another text is current; `forbidden` to anyone but the two coordinators.
 */
export async function signCall(
  db: Db,
  actor: PersonActor,
  input: { reference: string; hashShown: string; locale: Locale },
  now = new Date(),
): Promise<{ complete: boolean }> {
  return db.transaction(async (tx) => {
    const found = await lockCall(tx, actor, input.reference);
    if (!permits(exchangeRules['calls.sign'], actor, found)) throw forbidden();
    const version = await currentVersion(tx, 'call', found.id);
    if (!version || version.id === found.publishedVersionId) throw stale('staleState');
    const content = callSchema.parse(version.content);
    const coordinated = institutionsOf(actor, 'coordinator');
    const institutionId = [content.signerIn, content.signerRu].find((id) => coordinated.includes(id));
    // The successor may name other signers than the call in force.
    if (!institutionId) throw forbidden();
    const { complete } = await signVersion(tx, {
      versionId: version.id,
      hashShown: input.hashShown,
      actor,
      institutionId,
      capacity: 'coordinator',
      locale: input.locale,
      parties: signingParties(content),
    });
    if (complete) {
      const name = found.state === 'published' ? 'republish' : 'publish';
      const publishedAt = found.publishedAt ?? now;
      await move(tx, found, name, now, {
        ...columnsOf(content),
        publishedAt,
        publishedVersionId: version.id,
      });
    } else if (found.state === 'draft') {
      await move(tx, found, 'countSignature', now, {});
    }
    return { complete };
  });
}

/** What follows from signatures is the system's pen, not the signatory's. */
async function move(
  tx: Tx,
  record: Call,
  name: 'publish' | 'republish' | 'countSignature',
  now: Date,
  set: Partial<typeof call.$inferInsert>,
): Promise<void> {
  const actor = system('calls.signatures');
  const permitted = permits(exchangeRules['calls.publish'], actor, null);
  await transition(tx, { workflow: callWorkflow, table: call, record, name, actor, permitted, set, now });
}
