import { eq } from 'drizzle-orm';
import { institutionsOf, permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { forbidden, invalid, stale } from '#app/platform/outcome.ts';
import type { Db, Tx } from '#db/client.server.ts';
import { appeal } from '#db/schema/exchanges.ts';
import { type Appealable, appealAgainst, appealsOf } from './appeal-queries.ts';
import { forgetCounts } from './count-cache.ts';
import { dueFor, sideOf } from './due-dates.ts';
import { stepMessages } from './messages.ts';
import { moveLocked, type PersonStep, type Step, tell } from './move-application.ts';
import { exchangeRules } from './policy.ts';
import { promoteReserve } from './promote-reserve.ts';
import { type Application, type Call, lockApplication } from './scope.ts';
import { applicationWorkflow } from './workflow.ts';

/** What an appeal that is upheld leads back to; a refused nomination goes back to where it was decided from. */
function reopening(against: Appealable, record: Application): PersonStep {
  if (against === 'ineligible') return 'reopenCheck';
  if (against === 'not-selected') return 'reopenSelection';
  if (against === 'declined') return 'reopenAnswer';
  return record.rank === null ? 'reopenEligible' : 'reopenSelected';
}

/** The decision that is taken back is no longer on the record, and whoever takes it again has time to. */
async function taken(tx: Tx, name: PersonStep, record: Application, call: Call, now: Date) {
  const { homeInstitutionId, hostInstitutionId } = record;
  switch (name) {
    case 'reopenCheck':
      return {
        eligibilityDecidedAt: null,
        eligibilityDecidedBy: null,
        dueAt: await dueFor(tx, homeInstitutionId, call.nominateBy, now),
      };
    case 'reopenAnswer':
      return {
        hostDecidedAt: null,
        hostDecidedBy: null,
        dueAt: await dueFor(tx, hostInstitutionId, call.answerBy, now),
      };
    case 'reopenEligible':
    case 'reopenSelected':
      return {
        homeDecidedAt: null,
        homeDecidedBy: null,
        dueAt: await dueFor(tx, homeInstitutionId, call.nominateBy, now),
      };
    default:
      return { dueAt: null };
  }
}

/**
 * The institution whose pen took the decision decides on the appeal, with a reason. Upheld, the application goes back
 * to where it was before that decision.
 *
 * @throws Refusal `invalid` without a choice or a reason; `stale` where no appeal is open; `forbidden`, `not-found`.
 */
export async function decideAppeal(
  db: Db,
  actor: PersonActor,
  input: { reference: string; revision: string; outcome: string; reason: string },
  now = new Date(),
): Promise<void> {
  await db.transaction(async (tx) => {
    const { record, call } = await lockApplication(tx, actor, input.reference);
    if (!permits(exchangeRules['exchanges.decideAppeal'], actor, record)) {
      throw (await upheldMeanwhile(tx, actor, record, input.revision)) ? stale() : forbidden();
    }
    if (input.revision !== record.revision) throw stale();
    const made = await appealAgainst(tx, record);
    if (!made || made.decidedAt !== null) throw stale('staleState');
    const { outcome } = input;
    if (outcome !== 'upheld' && outcome !== 'rejected')
      throw invalid('invalid', { fields: { outcome: ['exchanges.decide'] } });
    const reason = input.reason.trim();
    if (!reason) throw invalid('reasonRequired', { fields: { reason: ['reasonRequired'] } });
    if (reason.length > 2000)
      throw invalid('tooLong', { params: { max: 2000 }, fields: { reason: ['tooLong'] } });
    await tx
      .update(appeal)
      .set({ outcome, reason, decidedBy: actor.personId, decidedAt: now })
      .where(eq(appeal.id, made.id));
    await audit(tx, {
      code: outcome === 'upheld' ? 'appeal.uphold' : 'appeal.reject',
      actor,
      subject: { type: applicationWorkflow.subject, id: record.id },
      institutionId: made.institutionId,
      facts: { against: made.against },
    });
    const parties = made.against === 'declined' ? (['home', 'host'] as const) : (['home'] as const);
    if (outcome === 'rejected') {
      const cause = `appeal:${made.id}:decided`;
      await tell(tx, record, stepMessages.appealRejected, parties, made.institutionId, cause);
      return;
    }
    const name = reopening(made.against, record);
    const step: Step = {
      name,
      message: stepMessages.appealUpheld,
      tell: () => [...parties],
      set: () => taken(tx, name, record, call, now),
    };
    const moved = await moveLocked(
      tx,
      actor,
      { record, call },
      { revision: input.revision, reason },
      step,
      now,
    );
    // Where the reserve list had run out before the places, nobody else would ever free one.
    if (name === 'reopenSelection') {
      const hostSide = await sideOf(tx, moved.hostInstitutionId);
      await promoteReserve(tx, { callId: moved.callId, hostSide, reason: 'placeFree', now });
    }
  });
  forgetCounts();
}

/** A colleague of the same institution was quicker, and upheld it: the form is old, the pen was the actor's. */
async function upheldMeanwhile(tx: Tx, actor: PersonActor, record: Application, revision: string) {
  if (revision === record.revision || actor.personId === record.applicantId) return false;
  const [latest] = await appealsOf(tx, record.id);
  return latest?.outcome === 'upheld' && institutionsOf(actor, 'coordinator').includes(latest.institutionId);
}
