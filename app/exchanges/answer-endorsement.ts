import { eq } from 'drizzle-orm';
import { permits } from '#app/people/access.ts';
import type { LinkActor, PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { closeLink } from '#app/platform/links.server.ts';
import { notify } from '#app/platform/notify.server.ts';
import { forbidden, notFound, stale } from '#app/platform/outcome.ts';
import type { Db, Tx } from '#db/client.server.ts';
import { application, endorsement } from '#db/schema/exchanges.ts';
import type { Locale } from '#db/schema/shared.ts';
import { endorsementGivenMessage, endorsementRefusedMessage } from './endorsement-messages.ts';
import { exchangeRules } from './policy.ts';
import { isEditable } from './save-application.ts';
import { checked, endorsementSchema } from './schemas.ts';

/**
 * A supervisor's answer, given signed in or through the link: the endorsement with their words, or a refusal with the
 * reason. Either closes the link, so that it answers once.
 *
 * @throws Refusal `forbidden` to anybody else; `stale` when it was answered or taken back, or the application is not
 *   the applicant's to change any more; `invalid` without words.
 */
export async function answerEndorsement(
  db: Db,
  actor: PersonActor | LinkActor,
  input: { endorsementId: string; decision: unknown; words: unknown; locale: Locale },
  now = new Date(),
): Promise<'given' | 'refused'> {
  return db.transaction(async (tx) => {
    const { asked, record } = await lock(tx, input.endorsementId);
    const subject = { ...asked, applicantId: record.applicantId };
    if (!permits(exchangeRules['exchanges.endorse'], actor, subject)) throw forbidden();
    if (asked.state !== 'asked' || !isEditable(record.state)) throw stale('staleState');
    const { decision, words } = checked(endorsementSchema, { decision: input.decision, words: input.words });
    const state = decision === 'give' ? 'given' : 'refused';
    if (asked.linkId && !(await closeLink(tx, asked.linkId, now))) throw stale('staleState');
    await tx
      .update(endorsement)
      .set({ state, words, locale: input.locale, answeredAt: now })
      .where(eq(endorsement.id, asked.id));
    await audit(tx, {
      code: `endorsement.${state}`,
      actor,
      subject: { type: 'application', id: record.id },
      institutionId: record.homeInstitutionId,
      facts: { supervisor: asked.supervisorId },
    });
    await notify(tx, state === 'given' ? endorsementGivenMessage : endorsementRefusedMessage, {
      to: [record.applicantId],
      params: { reference: record.reference },
      cause: `endorsement:${asked.id}:${state}`,
      institutionId: record.homeInstitutionId,
    });
    return state;
  });
}

/** The application first, as everywhere: two acts on one application take turns. */
async function lock(tx: Tx, endorsementId: string) {
  const [where] = await tx
    .select({ applicationId: endorsement.applicationId })
    .from(endorsement)
    .where(eq(endorsement.id, endorsementId));
  if (!where) throw notFound();
  const [record] = await tx
    .select()
    .from(application)
    .where(eq(application.id, where.applicationId))
    .for('update');
  const [asked] = await tx.select().from(endorsement).where(eq(endorsement.id, endorsementId)).for('update');
  if (!record || !asked) throw notFound();
  return { record, asked };
}
