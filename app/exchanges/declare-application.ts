import { eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { forbidden, invalid, notFound, stale } from '#app/platform/outcome.ts';
import type { Db } from '#db/client.server.ts';
import { application } from '#db/schema/exchanges.ts';
import { consent } from '#db/schema/people.ts';
import type { Locale } from '#db/schema/shared.ts';
import { exchangeRules } from './policy.ts';
import { isEditable, ownDraft } from './save-application.ts';
import { findCall } from './scope.ts';

/** Which wording of the consent stands on the form; grows with its words. */
const CONSENT_TEXT_VERSION = '2026-11-22';

/**
 * The applicant declares that what the application says is true, and consents to its being read by both institutions.
 * The consent is kept once with the wording that was shown.
 *
 * @throws Refusal `invalid` where one of the two is not given.
 */
export async function declareApplication(
  db: Db,
  actor: PersonActor,
  input: { callReference: string; declared: boolean; consent: boolean; locale: Locale },
  now = new Date(),
): Promise<void> {
  await db.transaction(async (tx) => {
    const draft = await ownDraft(tx, actor, await findCall(tx, null, input.callReference));
    if (!draft) throw notFound();
    if (!permits(exchangeRules['exchanges.submit'], actor, draft)) throw forbidden();
    if (!isEditable(draft.state)) throw stale('exchanges.alreadySubmitted');
    const fields: Record<string, string[]> = {};
    if (!input.declared) fields.declared = ['exchanges.declare'];
    if (!input.consent) fields.consent = ['exchanges.consent'];
    if (Object.keys(fields).length > 0) throw invalid('invalid', { fields });
    await tx
      .update(application)
      .set({ declaredAt: now, consentAt: now, consentLocale: input.locale, revision: uuidv7() })
      .where(eq(application.id, draft.id));
    if (draft.consentAt) return;
    await tx.insert(consent).values({
      personId: actor.personId,
      purpose: 'exchanges.application',
      textVersion: CONSENT_TEXT_VERSION,
      locale: input.locale,
      givenAt: now,
    });
  });
}
