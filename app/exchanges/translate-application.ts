import { permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { forbidden, stale } from '#app/platform/outcome.ts';
import type { Db } from '#db/client.server.ts';
import type { ApplicationState } from '#db/schema/exchanges.ts';
import { translation } from '#db/schema/platform.ts';
import { otherLocale, TRANSLATED } from './application-translation.ts';
import { exchangeRules } from './policy.ts';
import { checked, translationSchema } from './schemas.ts';
import { lockApplication } from './scope.ts';

/** Until the home institution nominates: from then on the host reads it. */
const BEFORE_HOST: readonly ApplicationState[] = ['submitted', 'returned', 'eligible', 'selected', 'reserve'];

/** Whether a translation can still be added or bettered. */
export const isTranslatable = (state: ApplicationState) => BEFORE_HOST.includes(state);

/**
 * Adds the translation of title and work plan to the version that was submitted, with the name of who translated it, or
 * betters the one that is there. The version and what was decided over it stay as they are.
 *
 * @throws Refusal `stale` once the host reads the application, or when it was submitted anew meanwhile.
 */
export async function translateApplication(
  db: Db,
  actor: PersonActor,
  input: { reference: string; versionId: string; fields: Record<string, unknown> },
): Promise<void> {
  await db.transaction(async (tx) => {
    const { record } = await lockApplication(tx, actor, input.reference);
    if (!permits(exchangeRules['exchanges.translate'], actor, record)) throw forbidden();
    if (!isTranslatable(record.state) || record.submittedVersionId === null) throw stale('staleState');
    if (record.submittedVersionId !== input.versionId) throw stale();
    const typed = checked(translationSchema, input.fields);
    const locale = otherLocale(record.workPlanLocale);
    for (const path of TRANSLATED) {
      const text = { body: typed[path], translatedBy: actor.personId, createdAt: new Date() };
      await tx
        .insert(translation)
        .values({ versionId: record.submittedVersionId, path, locale, ...text })
        .onConflictDoUpdate({
          target: [translation.versionId, translation.path, translation.locale],
          set: text,
        });
    }
    await audit(tx, {
      code: 'application.translated',
      actor,
      subject: { type: 'application', id: record.id },
      institutionId: record.homeInstitutionId,
      facts: { locale },
    });
  });
}
