import { useTranslation } from 'react-i18next';
import { redirect } from 'react-router';
import { fieldError, formErrors } from '#app/platform/form-errors.ts';
import { answer, done, shown, signedIn, state, typed, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Card } from '#app/ui/card.tsx';
import { Checkbox } from '#app/ui/choices.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { formatDeadline } from '#app/ui/format-when.ts';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { TimeRemaining } from '#app/ui/when.tsx';
import { AnswerList } from '../answer-list.tsx';
import { applyPage } from '../calls/call-queries.ts';
import { inLanguage } from '../localized.ts';
import { submitApplication } from '../submit-application.ts';
import type { Route } from './+types/check-answers';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { now } = state(context);
  const page = await shown(context, () => applyPage(platform().db, actor, params.ref));
  if (!page.draft) throw redirect(`/calls/${params.ref}/apply`, 303);
  if (page.draft.state !== 'draft') throw redirect(`/exchanges/${page.draft.reference}`, 303);
  return { ...page, draft: page.draft, now, title: words(context)('exchanges:checkAnswers.title') };
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const { locale } = state(context);
  const form = await request.formData();
  return answer(context, typed(form), async () => {
    const { reference } = await submitApplication(platform().db, actor, {
      callReference: params.ref,
      revision: String(form.get('revision')),
      locale,
      declared: form.get('declared') === 'on',
      consent: form.get('consent') === 'on',
    });
    return done(`/exchanges/${reference}`, 'exchanges:checkAnswers.submitted');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title, loaderData?.call.reference),
];

/** Everything that will be submitted, with the declarations; nothing is sent before this page is. */
export default function CheckAnswersPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation('exchanges');
  const language = languageOf(i18n);
  const { call, draft, now } = loaderData;
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
      <p className="turn-until mb-4">
        <span>{t('apply.until', { when: formatDeadline(call.deadline, language) })}</span>
        <span className="note">
          <TimeRemaining until={call.deadline} now={now} />
        </span>
      </p>
      <Card>
        <p>{t('checkAnswers.lede')}</p>
        <AnswerList page={loaderData} />
      </Card>
      <Card title={t('declaration.title')}>
        <PortalForm hidden={{ revision: draft.revision }}>
          <Checkbox
            name="declared"
            label={t('declaration.declared')}
            checked={refused?.values?.declared === 'on'}
            error={fieldError(refused, 'declared')}
          />
          <Checkbox
            name="consent"
            label={t('declaration.consent')}
            hint={
              <>
                {t('declaration.note')} <a href="/privacy">{t('declaration.privacy')}</a>
              </>
            }
            checked={refused?.values?.consent === 'on'}
            error={fieldError(refused, 'consent')}
          />
          <FormActions>
            <SubmitButton>{t('checkAnswers.submit')}</SubmitButton>
          </FormActions>
        </PortalForm>
      </Card>
    </>
  );
}
