import { useTranslation } from 'react-i18next';
import { redirect } from 'react-router';
import { formErrors } from '#app/platform/form-errors.ts';
import { Refusal } from '#app/platform/outcome.ts';
import {
  answer,
  done,
  refused as inWords,
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
import { FormActions } from '#app/ui/form-actions.tsx';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { AnswerList } from '../answer-list.tsx';
import { applicationForm } from '../application-queries.ts';
import { DeadlineLine } from '../apply/deadline-line.tsx';
import { CallContacts } from '../calls/call-contact-list.tsx';
import { whomToWrite } from '../calls/call-contacts.ts';
import { inLanguage } from '../localized.ts';
import { checkSubmission, submitApplication } from '../submit-application.ts';
import type { Route } from './+types/check-answers';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { now } = state(context);
  const { db } = platform();
  const form = await shown(context, () => applicationForm(db, actor, params.ref));
  const { draft, call } = form;
  if (!draft) throw redirect(`/calls/${params.ref}/apply`, 303);
  if (!form.editable) throw redirect(`/exchanges/${draft.reference}`, 303);
  // What would be refused is said before the button is pressed, each at its answer.
  const missing = await checkSubmission(db, actor, call, draft, now).then(
    () => null,
    (error: unknown) => {
      if (error instanceof Refusal) return inWords(context, error, {}).refused;
      throw error;
    },
  );
  const contacts = now > form.until || call.state === 'cancelled' ? await whomToWrite(db, actor, call) : [];
  return { ...form, draft, missing, contacts, now, title: words(context)('exchanges:checkAnswers.title') };
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const { now } = state(context);
  const form = await sentForm(context, request);
  return answer(context, typed(form), async () => {
    const revision = String(form.get('revision'));
    const input = { callReference: params.ref, revision };
    const { reference } = await submitApplication(platform().db, actor, input, now);
    return done(`/exchanges/${reference}`, 'exchanges:checkAnswers.submitted');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title, loaderData?.call.reference),
];

/** Everything that will be submitted, each with what is still wrong and where to mend it. */
export default function CheckAnswersPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation('exchanges');
  const language = languageOf(i18n);
  const { call, draft, now, missing, until, correction } = loaderData;
  const refused = actionData && 'values' in actionData ? actionData : undefined;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('calls.title'), href: '/calls' },
          { label: call.reference, href: `/calls/${call.reference}` },
          { label: t('apply.title'), href: `/calls/${call.reference}/apply` },
          { label: t('checkAnswers.title') },
        ]}
        title={t('checkAnswers.title')}
        lede={t('apply.lede', { call: inLanguage(call.title, language) })}
      />
      <ErrorSummary errors={formErrors(refused)} title={refused?.refused?.sentence} />
      <DeadlineLine until={until} now={now} returned={correction !== null} />
      <Card>
        <p>{t(missing ? 'checkAnswers.ledeMissing' : 'checkAnswers.lede')}</p>
        <AnswerList page={loaderData} problems={missing?.fields ?? {}} />
      </Card>
      <Card title={t('checkAnswers.submitTitle')} tone={missing ? 'risk' : 'act'}>
        <p>{missing ? missing.sentence : t('checkAnswers.submitText')}</p>
        <CallContacts contacts={loaderData.contacts} />
        <PortalForm hidden={{ revision: draft.revision }}>
          <FormActions>
            <SubmitButton>{t(correction ? 'checkAnswers.submitAgain' : 'checkAnswers.submit')}</SubmitButton>
          </FormActions>
        </PortalForm>
      </Card>
    </>
  );
}
