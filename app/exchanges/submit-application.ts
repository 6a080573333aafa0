import { and, eq, isNull } from 'drizzle-orm';
import { permits } from '#app/people/access.ts';
import { coordinatorsOf } from '#app/people/coordinator-queries.ts';
import { institutions } from '#app/people/queries.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { notify } from '#app/platform/notify.server.ts';
import { invalid, notFound, stale } from '#app/platform/outcome.ts';
import { transition } from '#app/platform/transition.server.ts';
import { addVersion } from '#app/platform/versions.server.ts';
import type { Db, DbOrTx } from '#db/client.server.ts';
import { application, correction } from '#db/schema/exchanges.ts';
import { APPLICATION_SCHEMA_VERSION, contentOf } from './application-content.ts';
import { documentsOf } from './attach-documents.ts';
import { missingIn } from './completeness.ts';
import { forgetCounts } from './count-cache.ts';
import { eligibilityOf } from './eligibility-queries.ts';
import { endorsementOf, openCorrection } from './endorsement-queries.ts';
import { submittedMessage } from './messages.ts';
import { possibleParties } from './parties.ts';
import { exchangeRules } from './policy.ts';
import { isEditable, ownDraft } from './save-application.ts';
import { type Application, type Call, shareCall } from './scope.ts';
import { applicationWorkflow } from './workflow.ts';

/**
 * Submits the applicant's application, or submits it again where it was returned: fixes what was submitted as a
 * version, hands the pen to the home institution and tells both. The deadline is exact: its own moment still counts;
 * for a correction it is the date the coordinator gave.
 *
 * @throws Refusal `invalid` with `exchanges.deadlinePassed` (the draft stays), or naming what is missing.
 */
export async function submitApplication(
  db: Db,
  actor: PersonActor,
  input: { callReference: string; revision: string },
  now = new Date(),
): Promise<{ reference: string }> {
  const submitted = await db.transaction(async (tx) => {
    const call = await shareCall(tx, null, input.callReference);
    const draft = await ownDraft(tx, actor, call);
    if (!draft) throw notFound();
    if (!isEditable(draft.state)) throw stale('exchanges.alreadySubmitted');
    if (draft.revision !== input.revision) throw stale();
    await checkSubmission(tx, actor, call, draft, now);
    const version = await addVersion(tx, {
      subjectType: 'application',
      subjectId: draft.id,
      schemaVersion: APPLICATION_SCHEMA_VERSION,
      createdBy: actor,
      institutionId: draft.homeInstitutionId,
      content: await contentOf(tx, draft, call),
    });
    const row = await transition(tx, {
      workflow: applicationWorkflow,
      table: application,
      record: draft,
      name: 'submit',
      actor,
      permitted: permits(exchangeRules['exchanges.submit'], actor, draft),
      revision: input.revision,
      institutionId: draft.homeInstitutionId,
      now,
      set: { submittedAt: now, submittedVersionId: version.id, dueAt: call.nominateBy },
      facts: { version: version.number },
    });
    await tx
      .update(correction)
      .set({ answeredAt: now })
      .where(and(eq(correction.applicationId, draft.id), isNull(correction.answeredAt)));
    const home = row.homeInstitutionId;
    const again = version.number === 1 ? '' : `:${version.number}`;
    await notify(tx, submittedMessage, {
      to: [actor.personId, ...(home ? await coordinatorsOf(tx, home, actor.personId) : [])],
      params: { reference: row.reference },
      cause: `application:${row.id}:submitted${again}`,
      institutionId: home,
    });
    return { reference: row.reference };
  });
  forgetCounts();
  return submitted;
}

/** Until when this application can be handed in. */
export async function submitUntil(
  db: DbOrTx,
  call: Pick<Call, 'deadline'>,
  draft: Pick<Application, 'id' | 'state'> | null,
): Promise<Date> {
  const open = draft?.state === 'returned' ? await openCorrection(db, draft.id) : null;
  return open?.dueAt ?? call.deadline;
}

/**
 * What the check page asks before it offers to submit.
 *
 * @throws Refusal `invalid`, naming what is missing, or that the deadline has passed.
 */
export async function checkSubmission(
  db: DbOrTx,
  actor: PersonActor,
  call: Call,
  draft: Application,
  now: Date,
): Promise<void> {
  if (call.state === 'cancelled') throw invalid('exchanges.callCancelled');
  if (now > (await submitUntil(db, call, draft)))
    throw invalid(draft.state === 'returned' ? 'exchanges.correctionPassed' : 'exchanges.deadlinePassed');
  const { fields, params } = await missingOf(db, actor, call, draft);
  if (Object.keys(fields).length > 0) throw invalid('exchanges.incomplete', { fields, params });
}

/** What is missing or wrong, by field of the form, with what the sentences name. */
export async function missingOf(db: DbOrTx, actor: PersonActor, call: Call, draft: Application) {
  const documents = await documentsOf(db, draft.id);
  const endorsement = await endorsementOf(db, draft.id);
  const checks = await eligibilityOf(db, draft, call);
  const fields = missingIn(draft, call, {
    parties: possibleParties(await institutions(db), call.direction, actor),
    documentKinds: documents.map((document) => document.kind),
    endorsement: endorsement && endorsement.state !== 'taken-back' ? endorsement.state : null,
  });
  const overlap = checks.find((check) => check.code === 'overlap' && check.outcome === 'unmet');
  if (overlap) fields.wishedStart ??= ['exchanges.overlapsOther'];
  const params: Record<string, string | number> = {
    min: call.weeksMin,
    max: call.weeksMax,
    ...(overlap?.params ?? {}),
  };
  return { fields, params };
}
