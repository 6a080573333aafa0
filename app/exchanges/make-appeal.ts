import { permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { forbidden, invalid, stale } from '#app/platform/outcome.ts';
import { formatDate } from '#app/ui/format-when.ts';
import type { Db } from '#db/client.server.ts';
import { appeal } from '#db/schema/exchanges.ts';
import type { Locale } from '#db/schema/shared.ts';
import { appealAgainst, appealable, appealTerm, decidingInstitution } from './appeal-queries.ts';
import { appealSchema } from './decision-schemas.ts';
import { stepMessages } from './messages.ts';
import { tell } from './move-application.ts';
import { exchangeRules } from './policy.ts';
import { checked } from './schemas.ts';
import { lockApplication } from './scope.ts';
import { applicationWorkflow } from './workflow.ts';

/**
 * The applicant appeals against the decision that ended the application, once for each decision, within five working
 * days of the applicant's side.
 *
 * @param input.locale the language in which a refusal names the last day.
 * @throws Refusal `invalid` with `exchanges.appealLate` (the last day) or without words; `stale` where there is nothing
 *   to appeal against or an appeal was made; `forbidden`, `not-found`.
 */
export async function makeAppeal(
  db: Db,
  actor: PersonActor,
  input: { reference: string; revision: string; words: string; locale: Locale },
  now = new Date(),
): Promise<void> {
  await db.transaction(async (tx) => {
    const { record } = await lockApplication(tx, actor, input.reference);
    if (!permits(exchangeRules['exchanges.appeal'], actor, record)) throw forbidden();
    if (input.revision !== record.revision) throw stale();
    const against = appealable(record.state);
    if (!against) throw stale('staleState');
    if (await appealAgainst(tx, record)) throw stale('exchanges.appealOnce');
    const { lastDay, over } = await appealTerm(tx, record, now);
    if (over) throw invalid('exchanges.appealLate', { params: { date: formatDate(lastDay, input.locale) } });
    const { words } = checked(appealSchema, { words: input.words });
    const institutionId = decidingInstitution(record);
    const [made] = await tx
      .insert(appeal)
      .values({
        applicationId: record.id,
        against,
        decisionAt: record.stateAt,
        words,
        institutionId,
        madeAt: now,
      })
      .returning({ id: appeal.id });
    if (!made) throw new Error('The appeal was not inserted');
    await audit(tx, {
      code: 'appeal.make',
      actor,
      subject: { type: applicationWorkflow.subject, id: record.id },
      institutionId: record.homeInstitutionId,
      facts: { against },
    });
    const party = against === 'declined' ? 'host' : 'home';
    await tell(tx, record, stepMessages.appealed, [party], institutionId, `appeal:${made.id}:made`);
  });
}
