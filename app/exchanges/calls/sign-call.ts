import { and, eq, inArray, notInArray } from 'drizzle-orm';
import { institutionsOf, permits } from '#app/people/access.ts';
import { type PersonActor, system } from '#app/platform/actor.ts';
import { forbidden, invalid, stale } from '#app/platform/outcome.ts';
import { transition } from '#app/platform/transition.server.ts';
import { currentVersion, signVersion } from '#app/platform/versions.server.ts';
import type { Db, Tx } from '#db/client.server.ts';
import { application, call } from '#db/schema/exchanges.ts';
import type { Locale } from '#db/schema/shared.ts';
import { forgetCounts } from '../count-cache.ts';
import { exchangeRules } from '../policy.ts';
import { type Call, lockCall } from '../scope.ts';
import { columnsOf, signingParties } from './call-columns.ts';
import { type CallContent, callShape } from './call-schema.ts';
import { callWorkflow } from './call-workflow.ts';
import { comesTooLate, type SignedStep, signedStep } from './signed-step.ts';
import { ENDED_STAGES, tellApplicants } from './tell-applicants.ts';

/**
 * Signs the current version of a call for the actor's institution. When both sides have signed, the system publishes
 * it, or puts the successor of a published call into force: changed, extended or cancelled.
 *
 * @param input.hashShown hash of the text that was on the screen.
 * @returns whether both sides have signed now, and what the version makes of the call.
 * @throws Refusal `stale` when another text is current or the call is past what this one says; `forbidden` to anyone
 *   but the two coordinators; `invalid` for an extension whose new deadline has passed before both signed.
 */
export async function signCall(
  db: Db,
  actor: PersonActor,
  input: { reference: string; hashShown: string; locale: Locale },
  now = new Date(),
): Promise<{ complete: boolean; step: SignedStep }> {
  const signed = await db.transaction(async (tx) => {
    const found = await lockCall(tx, actor, input.reference);
    if (!permits(exchangeRules['calls.sign'], actor, found)) throw forbidden();
    const version = await currentVersion(tx, 'call', found.id);
    if (!version || version.id === found.publishedVersionId) throw stale('staleState');
    const content = callShape.parse(version.content);
    const coordinated = institutionsOf(actor, 'coordinator');
    const institutionId = [content.signerIn, content.signerRu].find((id) => coordinated.includes(id));
    // The successor may name other signers than the call in force.
    if (!institutionId) throw forbidden();
    const name = signedStep(found, content);
    if (comesTooLate(found, name)) throw stale('exchanges.successorTooLate');
    if (name === 'extend' && now > new Date(content.deadline)) throw invalid('exchanges.extensionPassed');
    const { complete } = await signVersion(tx, {
      versionId: version.id,
      hashShown: input.hashShown,
      actor,
      institutionId,
      capacity: 'coordinator',
      locale: input.locale,
      parties: signingParties(content),
      now,
    });
    if (complete) await putIntoForce(tx, found, { ...version, content }, name, now);
    else if (found.state === 'draft') await move(tx, found, 'countSignature', now, {});
    return { complete, step: name };
  });
  forgetCounts();
  return signed;
}

async function putIntoForce(
  tx: Tx,
  found: Call,
  version: { id: string; number: number; content: CallContent },
  name: SignedStep,
  now: Date,
): Promise<void> {
  await move(tx, found, name, now, {
    ...columnsOf(version.content),
    publishedAt: found.publishedAt ?? now,
    publishedVersionId: version.id,
  });
  if (name === 'cancel') await releaseDesks(tx, found);
  if (name === 'extend' || name === 'republish') await moveDueDates(tx, found, version.content);
  if (name === 'cancel') await tellApplicants(tx, found, 'cancelled', version.number);
  if (name === 'extend') await tellApplicants(tx, found, 'extended', version.number);
}

/** Nobody is waited for in a cancelled call: its open applications keep their state and lose their date. */
async function releaseDesks(tx: Tx, found: Call): Promise<void> {
  await tx
    .update(application)
    .set({ dueAt: null })
    .where(
      and(
        eq(application.callId, found.id),
        notInArray(application.stage, [...ENDED_STAGES]),
        notInArray(application.state, ['draft', 'accepted']),
      ),
    );
}

/** Who decides by a date of the call decides by its new date; a date set for one application alone stays. */
async function moveDueDates(tx: Tx, found: Call, content: CallContent): Promise<void> {
  for (const name of ['nominateBy', 'answerBy'] as const) {
    const next = new Date(content[name]);
    if (next.getTime() === found[name].getTime()) continue;
    await tx
      .update(application)
      .set({ dueAt: next })
      .where(
        and(
          eq(application.callId, found.id),
          eq(application.dueAt, found[name]),
          inArray(
            application.state,
            name === 'nominateBy' ? ['submitted', 'eligible', 'selected'] : ['nominated'],
          ),
        ),
      );
  }
}

/** What follows from signatures is the system's pen, not the signatory's. */
async function move(
  tx: Tx,
  record: Call,
  name: SignedStep | 'countSignature',
  now: Date,
  set: Partial<typeof call.$inferInsert>,
): Promise<void> {
  const actor = system('calls.signatures');
  const permitted = permits(exchangeRules['calls.publish'], actor, null);
  await transition(tx, { workflow: callWorkflow, table: call, record, name, actor, permitted, set, now });
}
