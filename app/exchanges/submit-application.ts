import { permits } from '#app/people/access.ts';
import { coordinatorsOf } from '#app/people/coordinator-queries.ts';
import { institutions } from '#app/people/queries.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { notify } from '#app/platform/notify.server.ts';
import { invalid, notFound, stale } from '#app/platform/outcome.ts';
import { transition } from '#app/platform/transition.server.ts';
import { addVersion } from '#app/platform/versions.server.ts';
import type { Db, DbOrTx, Tx } from '#db/client.server.ts';
import { application } from '#db/schema/exchanges.ts';
import { consent } from '#db/schema/people.ts';
import type { Locale } from '#db/schema/shared.ts';
import { documentsOf } from './attach-documents.ts';
import { missingIn } from './completeness.ts';
import { forgetCounts } from './count-cache.ts';
import { submittedMessage } from './messages.ts';
import { possibleParties } from './parties.ts';
import { exchangeRules } from './policy.ts';
import { ownDraft } from './save-application.ts';
import { type Application, type Call, findCall } from './scope.ts';
import { applicationWorkflow } from './workflow.ts';

/** Number of the shape of a submitted application's content. */
const APPLICATION_SCHEMA_VERSION = 1;
/** Which wording of the consent stands on the form; grows with its words. */
const CONSENT_TEXT_VERSION = '2026-11';

/**
 * Submits the applicant's draft: fixes what was submitted as a version, hands the pen to the home
 * institution and tells both. The deadline is exact: the moment of the deadline itself still counts.
 *
 * @throws Refusal `invalid` with `exchanges.deadlinePassed` (the draft stays), or naming what is missing.
 */
export async function submitApplication(
  db: Db,
  actor: PersonActor,
  input: { callReference: string; revision: string; locale: Locale; declared: boolean; consent: boolean },
  now = new Date(),
): Promise<{ reference: string }> {
  const submitted = await db.transaction(async (tx) => {
    const call = await findCall(tx, null, input.callReference);
    const draft = await ownDraft(tx, actor, call);
    if (!draft) throw notFound();
    if (draft.state !== 'draft') throw stale('exchanges.alreadySubmitted');
    if (draft.revision !== input.revision) throw stale();
    await checkSubmission(tx, actor, call, draft, now);
    checkDeclarations(input);
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
      set: {
        submittedAt: now,
        declaredAt: now,
        consentAt: now,
        submittedVersionId: await fixVersion(tx, actor, call, draft),
        consentLocale: input.locale,
        dueAt: call.nominateBy,
      },
    });
    await tx.insert(consent).values({
      personId: actor.personId,
      purpose: 'exchanges.application',
      textVersion: CONSENT_TEXT_VERSION,
      locale: input.locale,
      givenAt: now,
    });
    const home = row.homeInstitutionId;
    await notify(tx, submittedMessage, {
      to: [actor.personId, ...(home ? await coordinatorsOf(tx, home, actor.personId) : [])],
      params: { reference: row.reference },
      cause: `application:${row.id}:submitted`,
      institutionId: home,
    });
    return { reference: row.reference };
  });
  forgetCounts();
  return submitted;
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
  if (now > call.deadline) throw invalid('exchanges.deadlinePassed');
  const documents = await documentsOf(db, draft.id);
  const parties = possibleParties(await institutions(db), call.direction, actor);
  const kinds = documents.map((document) => document.kind);
  const fields = missingIn(draft, call, parties, kinds);
  if (Object.keys(fields).length === 0) return;
  const { weeksMin, weeksMax } = call;
  throw invalid('exchanges.incomplete', { fields, params: { min: weeksMin, max: weeksMax } });
}

function checkDeclarations(input: { declared: boolean; consent: boolean }): void {
  const fields: Record<string, string[]> = {};
  if (!input.declared) fields.declared = ['exchanges.declare'];
  if (!input.consent) fields.consent = ['exchanges.consent'];
  if (Object.keys(fields).length > 0) throw invalid('invalid', { fields });
}

async function fixVersion(tx: Tx, actor: PersonActor, call: Call, draft: Application): Promise<string> {
  const documents = await documentsOf(tx, draft.id);
  const version = await addVersion(tx, {
    subjectType: 'application',
    subjectId: draft.id,
    schemaVersion: APPLICATION_SCHEMA_VERSION,
    createdBy: actor,
    institutionId: draft.homeInstitutionId,
    content: {
      call: call.reference,
      title: draft.title,
      workPlan: draft.workPlan,
      workPlanLocale: draft.workPlanLocale,
      homeInstitutionId: draft.homeInstitutionId,
      hostInstitutionId: draft.hostInstitutionId,
      wishedStart: draft.wishedStart,
      weeks: draft.weeks,
      homeSupervisor: draft.homeSupervisor,
      documents: documents.map(({ kind, name, size, hash }) => ({ kind, name, size, hash })),
    },
  });
  return version.id;
}
