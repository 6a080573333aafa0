import { useTranslation } from 'react-i18next';
import { formErrors } from '#app/platform/form-errors.ts';
import { answer, done, sentForm, signedIn, state, typed, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Card } from '#app/ui/card.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { TextArea } from '#app/ui/text-area.tsx';
import { ClosedStep } from '../closed-step.tsx';
import { errorOf } from '../field-errors.ts';
import { loadReportPage, reportNumber } from '../load-report-page.ts';
import { reportCrumbs } from '../report-crumbs.ts';
import { returnReport } from '../return-report.ts';
import type { Route } from './+types/report-return';

export async function loader({ context, params }: Route.LoaderArgs) {
  const page = await loadReportPage(context, params, 'supervision.return');
  return { ...page, title: words(context)('supervision:return.title') };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const actor = signedIn(context);
  const values = typed(await sentForm(context, request));
  return answer(context, values, async () => {
    const { reason = '', revision = '' } = values;
    const input = { reference: params.ref, number: reportNumber(params.number), revision, reason };
    await returnReport(platform().db, actor, input, state(context).now);
    return done(`/supervision/${params.ref}/reports/${params.number}`, 'supervision:flash.returned');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title, loaderData?.thesis.reference),
];

/** A supervisor sends the report back, and says what is to be corrected. */
export default function ReturnReport({ loaderData: page, actionData }: Route.ComponentProps) {
  const { t } = useTranslation('supervision');
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  return (
    <>
      <PageHeader crumbs={reportCrumbs(t, page, page.title)} title={page.title} lede={t('return.lede')} />
      <ErrorSummary errors={formErrors(refused, { reason: t('return.reason') })} />
      <Card>
        {page.report.state === 'submitted' || refused ? (
          <PortalForm hidden={{ revision: page.report.revision }}>
            <TextArea
              name="reason"
              label={t('return.reason')}
              hint={t('return.reasonHint')}
              value={refused?.values.reason ?? ''}
              rows={6}
              {...errorOf(refused, 'reason')}
            />
            {page.given.length > 0 && <p className="note">{t('return.setAside')}</p>}
            <FormActions>
              <SubmitButton>{t('return.submit')}</SubmitButton>
            </FormActions>
          </PortalForm>
        ) : (
          <ClosedStep address={page.address} />
        )}
      </Card>
    </>
  );
}
