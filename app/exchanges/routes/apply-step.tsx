import { useTranslation } from 'react-i18next';
import { redirect } from 'react-router';
import type { PersonActor } from '#app/platform/actor.ts';
import { eraseFile } from '#app/platform/files.server.ts';
import { fieldError, formErrors } from '#app/platform/form-errors.ts';
import { notFound } from '#app/platform/outcome.ts';
import {
  answer,
  done,
  sentForm,
  shown,
  signedIn,
  state,
  typed,
  words,
} from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Card } from '#app/ui/card.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import type { Locale } from '#db/schema/shared.ts';
import { applicationForm, stepExtras } from '../application-queries.ts';
import { FIELDS, isStep, isTypedStep, STEPS, type Step, valuesOf } from '../application-steps.ts';
import { DeadlineLine } from '../apply/deadline-line.tsx';
import { DeclarationsStep } from '../apply/declarations-step.tsx';
import { DocumentsStep } from '../apply/documents-step.tsx';
import { EligibilityStep } from '../apply/eligibility-step.tsx';
import { EndorsementStep } from '../apply/endorsement-step.tsx';
import { HostStep } from '../apply/host-step.tsx';
import { PersonStep } from '../apply/person-step.tsx';
import { PlanStep } from '../apply/plan-step.tsx';
import { askEndorsement, takeBackEndorsement } from '../ask-endorsement.ts';
import { declareApplication } from '../declare-application.ts';
import { formRevision } from '../form-revision.ts';
import { inLanguage } from '../localized.ts';
import { receiveDocument } from '../receive-document.ts';
import { saveApplication } from '../save-application.ts';
import type { Route } from './+types/apply-step';

function stepNamed(name: string): Step {
  if (!isStep(name)) throw notFound();
  return name;
}

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { now, locale } = state(context);
  const { db } = platform();
  return shown(context, async () => {
    const step = stepNamed(params.step);
    const form = await applicationForm(db, actor, params.ref);
    if (!form.editable) throw redirect(`/exchanges/${form.draft?.reference}`, 303);
    // Nobody fills in what cannot be handed in: the task list says why.
    const open = form.homes.length > 0 && now >= form.call.opensAt && (form.draft || now <= form.until);
    if (!open) throw redirect(`/calls/${params.ref}/apply`, 303);
    const extras = await stepExtras(db, actor, form, step);
    const revision = isTypedStep(step) ? formRevision(form.draft, FIELDS[step]) : '';
    const stored = valuesOf(form.draft);
    const given = form.draft?.declaredAt && form.draft.consentAt ? { declared: 'on', consent: 'on' } : {};
    const title = words(context)(`exchanges:apply.step.${step}`);
    const values = { ...stored, workPlanLocale: stored.workPlanLocale || locale, ...given };
    return { step, form, extras, revision, values, now, title };
  });
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const { now, locale } = state(context);
  const { db } = platform();
  const here = `/calls/${params.ref}/apply`;
  const step = await shown(context, async () => stepNamed(params.step));
  if (step === 'documents') {
    const { call } = await shown(context, () => applicationForm(db, actor, params.ref));
    return answer(context, {}, async () => {
      const document = await receiveDocument(request, actor, call);
      const given = { callReference: params.ref, fields: {}, documents: [document] };
      await saveApplication(db, actor, given, now).catch(async (refusal: unknown) => {
        await eraseFile(db, document.fileId, now);
        throw refusal;
      });
      return done(`${here}/documents`, 'exchanges:documents.stored');
    });
  }
  const form = await sentForm(context, request);
  const values = typed(form);
  return answer(context, values, async () => {
    await keep(actor, { step, callReference: params.ref, values, locale }, now);
    if (values.intent === 'ask') return done(`${here}/${step}`, 'exchanges:endorsement.sent');
    if (values.intent === 'take-back') return done(`${here}/${step}`, 'exchanges:endorsement.takenBack');
    if (values.intent === 'save') return done(here, 'exchanges:apply.saved');
    return redirect(`${here}/${STEPS[STEPS.indexOf(step) + 1] ?? 'check'}`, 303);
  });
}

/** What a step's form does, by step; what has nothing to be typed saves nothing. */
async function keep(
  actor: PersonActor,
  sent: { step: Step; callReference: string; values: Record<string, string>; locale: Locale },
  now: Date,
): Promise<void> {
  const { db } = platform();
  const { step, callReference, values, locale } = sent;
  if (isTypedStep(step)) {
    const fields = Object.fromEntries(
      FIELDS[step].flatMap((name) => (name in values ? [[name, values[name]]] : [])),
    );
    await saveApplication(db, actor, { callReference, fields, revision: values.revision }, now);
  } else if (step === 'endorsement' && values.intent === 'take-back') {
    await takeBackEndorsement(db, actor, callReference, now);
  } else if (step === 'endorsement') {
    await askEndorsement(db, actor, { callReference, fields: values }, now);
  } else if (step === 'declarations') {
    const { draft } = await applicationForm(db, actor, callReference);
    if (!draft) await saveApplication(db, actor, { callReference, fields: {} }, now);
    const [declared, consent] = [values.declared === 'on', values.consent === 'on'];
    await declareApplication(db, actor, { callReference, declared, consent, locale }, now);
  }
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title, loaderData?.form.call.reference),
];

const PAGES = {
  person: PersonStep,
  eligibility: EligibilityStep,
  plan: PlanStep,
  host: HostStep,
  endorsement: EndorsementStep,
  documents: DocumentsStep,
  declarations: DeclarationsStep,
} as const;

/** One step of an application, saved on its own. */
export default function ApplyStepPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation('exchanges');
  const language = languageOf(i18n);
  const { step, form, extras, now } = loaderData;
  const { call, correction } = form;
  const refused = actionData && 'values' in actionData ? actionData : undefined;
  const here = `/calls/${call.reference}/apply`;
  const Page = PAGES[step];
  const comments: Partial<Record<Step, string>> = correction?.comments ?? {};
  const labels = Object.fromEntries(
    call.documents.map(({ code, title }) => [`document.${code}`, inLanguage(title, language)]),
  );
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('calls.title'), href: '/calls' },
          { label: call.reference, href: `/calls/${call.reference}` },
          { label: t('apply.title'), href: here },
          { label: t(`apply.step.${step}`) },
        ]}
        title={t(`apply.step.${step}`)}
        lede={t('apply.stepOf', { number: STEPS.indexOf(step) + 1, of: STEPS.length + 1 })}
      />
      <ErrorSummary errors={formErrors(refused, labels)} title={refused?.refused?.sentence} />
      <DeadlineLine until={form.until} now={now} returned={correction !== null} />
      {comments[step] && (
        <Card tone="act" title={t('apply.comment')}>
          <p className="whitespace-pre-line">{comments[step]}</p>
        </Card>
      )}
      <Page
        form={form}
        extras={extras}
        values={{ ...loaderData.values, ...refused?.values }}
        errorOf={(name) => fieldError(refused, name)}
        // After a stale form the reader has seen what stands now: sending again goes on from there.
        revision={(refused?.refused?.code !== 'stale' && refused?.values?.revision) || loaderData.revision}
        here={here}
      />
    </>
  );
}
