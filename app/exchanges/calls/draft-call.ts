import { inArray } from 'drizzle-orm';
import { permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { forbidden, invalid } from '#app/platform/outcome.ts';
import { nextReference } from '#app/platform/references.server.ts';
import { addVersion } from '#app/platform/versions.server.ts';
import type { Db, Tx } from '#db/client.server.ts';
import { call } from '#db/schema/exchanges.ts';
import { institution } from '#db/schema/people.ts';
import { exchangeRules } from '../policy.ts';
import { checked } from '../schemas.ts';
import { CALL_SCHEMA_VERSION, columnsOf } from './call-columns.ts';
import { type CallContent, callSchema } from './call-schema.ts';

/**
 * Drafts a call in both languages, as its first version; both coordinators sign it before it is public.
 *
 * @throws Refusal `forbidden` to anyone but a coordinator of one of the two signing institutions; `invalid`.
 */
export async function draftCall(
  db: Db,
  actor: PersonActor,
  input: { content: unknown },
  now = new Date(),
): Promise<{ reference: string }> {
  if (!permits(exchangeRules['calls.draft'], actor, null)) throw forbidden();
  const content = checked(callSchema, input.content);
  return db.transaction(async (tx) => {
    await checkSigners(tx, actor, content);
    const reference = await nextReference(tx, 'RE', now.getUTCFullYear());
    const [drafted] = await tx
      .insert(call)
      .values({
        ...columnsOf(content),
        reference,
        createdBy: actor.personId,
        stateBy: actor.personId,
        stateAt: now,
      })
      .returning({ id: call.id });
    if (!drafted) throw new Error('The call was not inserted');
    const subject = { type: 'call', id: drafted.id };
    await audit(tx, { code: 'call.draft', actor, subject, institutionId: actor.institutionId });
    await addVersion(tx, {
      subjectType: 'call',
      subjectId: drafted.id,
      schemaVersion: CALL_SCHEMA_VERSION,
      content,
      createdBy: actor,
      institutionId: actor.institutionId,
    });
    return { reference };
  });
}

/** One signing institution per side, and the author coordinates one of them. */
export async function checkSigners(tx: Tx, actor: PersonActor, content: CallContent): Promise<void> {
  const { signerIn, signerRu } = content;
  const found = await tx
    .select({ id: institution.id, side: institution.side })
    .from(institution)
    .where(inArray(institution.id, [signerIn, signerRu]));
  const sideOf = (id: string) => found.find((one) => one.id === id)?.side;
  const fields: Record<string, string[]> = {};
  if (sideOf(signerIn) !== 'in') fields.signerIn = ['choice'];
  if (sideOf(signerRu) !== 'ru') fields.signerRu = ['choice'];
  if (Object.keys(fields).length > 0) throw invalid('invalid', { fields });
  if (!permits(exchangeRules['calls.sign'], actor, content)) throw forbidden('exchanges.notASigner');
}
