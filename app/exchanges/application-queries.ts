import { and, eq } from 'drizzle-orm';
import { institutions, nameColumns, nameOf } from '#app/people/queries.ts';
import { supervisorsAt } from '#app/people/supervisor-queries.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { notFound } from '#app/platform/outcome.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { application } from '#db/schema/exchanges.ts';
import { institution, person } from '#db/schema/people.ts';
import { STEPS, type Step, stepOf } from './application-steps.ts';
import { documentsOf } from './attach-documents.ts';
import { earlierApplications } from './copy-application.ts';
import type { EligibilityCheck } from './eligibility.ts';
import { eligibilityOf } from './eligibility-queries.ts';
import { endorsementOf, openCorrection } from './endorsement-queries.ts';
import { possibleParties } from './parties.ts';
import { isEditable } from './save-application.ts';
import { type Application, findCall } from './scope.ts';
import { missingOf } from './submit-application.ts';

/** How a step of the task list stands. */
export type StepStatus = 'done' | 'todo' | 'correct' | 'waits' | 'look';

/**
 * An application as its applicant fills it in: the call, who can send and receive this person, the application so far,
 * what is missing, and what the home institution wrote where it was returned.
 *
 * @throws Refusal `not-found`
 */
export async function applicationForm(db: DbOrTx, actor: PersonActor, reference: string) {
  const call = await findCall(db, null, reference);
  const [own] = await db
    .select()
    .from(application)
    .where(and(eq(application.callId, call.id), eq(application.applicantId, actor.personId)));
  const draft = own ?? null;
  const parties = possibleParties(await institutions(db), call.direction, actor);
  const only = <T extends { id: string }>(list: readonly T[]) =>
    list.length === 1 ? (list[0]?.id ?? null) : null;
  const documents = draft ? await documentsOf(db, draft.id) : [];
  const endorsement = draft ? await endorsementOf(db, draft.id) : null;
  const correction = draft?.state === 'returned' ? await openCorrection(db, draft.id) : null;
  const checks = await eligibilityOf(
    db,
    draft ?? {
      id: null,
      applicantId: actor.personId,
      homeInstitutionId: only(parties.homes),
      hostInstitutionId: only(parties.hosts),
      wishedStart: null,
      weeks: null,
    },
    call,
  );
  const missing = draft ? await missingOf(db, actor, call, draft) : null;
  return {
    call,
    draft,
    documents,
    endorsement,
    correction,
    checks,
    missing,
    until: correction?.dueAt ?? call.deadline,
    editable: draft === null || isEditable(draft.state),
    ...parties,
  };
}

export type ApplicationForm = Awaited<ReturnType<typeof applicationForm>>;
/** The form once there is something in it. */
export type BegunApplication = Omit<ApplicationForm, 'missing'> & { draft: Application };

/** How each step stands, for the task list. */
export function stepStatuses(form: ApplicationForm): Record<Step, StepStatus> {
  const { draft, missing, endorsement, correction, homes, sponsored } = form;
  const lacking = new Set(Object.keys(missing?.fields ?? {}).map(stepOf));
  const plain = (step: Step): StepStatus => (draft === null || lacking.has(step) ? 'todo' : 'done');
  const statuses: Record<Step, StepStatus> = {
    person: draft === null && !sponsored && homes.length === 1 ? 'done' : plain('person'),
    eligibility: eligibilityStatus(form.checks),
    plan: plain('plan'),
    host: plain('host'),
    endorsement: endorsement?.state === 'asked' ? 'waits' : plain('endorsement'),
    documents:
      form.call.documents.length === 0
        ? 'done'
        : draft === null && form.call.documents.every((one) => !one.required)
          ? 'todo'
          : plain('documents'),
    declarations: plain('declarations'),
  };
  const comments: Partial<Record<Step, string>> = correction?.comments ?? {};
  return Object.fromEntries(
    STEPS.map((step) => [step, comments[step] ? 'correct' : statuses[step]]),
  ) as Record<Step, StepStatus>;
}

function eligibilityStatus(checks: readonly EligibilityCheck[]): StepStatus {
  return checks.every((check) => check.outcome === 'met') ? 'done' : 'look';
}

/** What the portal holds of the applicant: shown in the step “person”, changed in the account. */
export async function personFacts(db: DbOrTx, personId: string) {
  const [row] = await db
    .select({
      ...nameColumns,
      latinSpelling: person.latinSpelling,
      cyrillicSpelling: person.cyrillicSpelling,
      email: person.email,
      position: person.position,
      researchArea: person.researchArea,
      laboratory: person.laboratory,
      organisation: person.organisation,
      institution: institution.name,
    })
    .from(person)
    .innerJoin(institution, eq(institution.id, person.institutionId))
    .where(eq(person.id, personId));
  if (!row) throw notFound();
  return row;
}
export type PersonFacts = Awaited<ReturnType<typeof personFacts>>;

/** What a step shows besides the form: the person, supervisors to choose from, or applications to copy from. */
export async function stepExtras(db: DbOrTx, actor: PersonActor, form: ApplicationForm, step: Step) {
  const home = form.draft?.homeInstitutionId ?? null;
  const asksSupervisor = step === 'endorsement' && home !== null;
  const supervisor =
    step === 'endorsement' && form.endorsement ? await nameOf(db, form.endorsement.supervisorId) : null;
  return {
    person: step === 'person' ? await personFacts(db, actor.personId) : null,
    supervisor,
    supervisors: asksSupervisor
      ? (await supervisorsAt(db, home)).filter((one) => one.id !== actor.personId)
      : [],
  };
}
export type StepExtras = Awaited<ReturnType<typeof stepExtras>>;

/** Earlier applications that this one can be begun from; none once something stands in it. */
export async function copyable(db: DbOrTx, actor: PersonActor, form: ApplicationForm) {
  if (form.draft && (form.draft.title !== '' || form.draft.workPlan !== '')) return [];
  return earlierApplications(db, actor, form.call.id);
}
