import { useTranslation } from 'react-i18next';
import { bothLabels, formErrors } from '#app/platform/form-errors.ts';
import { answer, done, sentForm, signedIn, state, typed, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { BilingualField } from '#app/ui/bilingual-field.tsx';
import { Card } from '#app/ui/card.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { formatCount } from '#app/ui/format-count.ts';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { ClosedStep } from '../closed-step.tsx';
import { errorOf, textErrors } from '../field-errors.ts';
import { giveOpinion } from '../give-opinion.ts';
import { loadReportPage, reportNumber } from '../load-report-page.ts';
import { OutcomeField } from '../outcome-field.tsx';
import { reportCrumbs } from '../report-crumbs.ts';
import { ReportTexts } from '../report-texts.tsx';
import { bilingual, TEXT_MAX } from '../schemas.ts';
import type { Route } from './+types/opinion';

export async function loader({ context, params }: Route.LoaderArgs) {
  const page = await loadReportPage(context, params, 'supervision.opinion');
  return {
    ...page,
    // One set aside when the report was returned is where its author goes on.
    own: page.opinions.find((opinion) => opinion.capacity === page.role) ?? null,
    title: words(context)('supervision:opinion.title'),
  };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const actor = signedIn(context);
  const values = typed(await sentForm(context, request));
  return answer(context, values, async () => {
    const { outcome = '', revision = '' } = values;
    const input = { reference: params.ref, number: reportNumber(params.number), revision };
    const said = { outcome, text: bilingual(values, 'text') };
    const open = await giveOpinion(platform().db, actor, { ...input, ...said }, state(context).now);
    const flash = open ? 'supervision:flash.opinionsOpen' : 'supervision:flash.opinionGiven';
    return done(`/supervision/${params.ref}/reports/${params.number}`, flash);
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title, loaderData?.thesis.reference),
];

/** A supervisor writes an opinion, with the report at hand below. */
export default function OpinionPage({ loaderData: page, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation(['supervision', 'common']);
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  const values = refused?.values;
  const languages = { en: t('common:form.inLanguage.en'), ru: t('common:form.inLanguage.ru') };
  return (
    <>
      <PageHeader crumbs={reportCrumbs(t, page, page.title)} title={page.title} lede={t('opinion.lede')} />
      <ErrorSummary
        errors={formErrors(refused, {
          ...bothLabels('text', t('opinion.text'), languages),
          outcome: t('opinion.outcome'),
        })}
      />
      <Card>
        {page.turn.act === 'opinion' || refused ? (
          <PortalForm hidden={{ revision: page.report.revision }}>
            <BilingualField
              name="text"
              label={t('opinion.text')}
              hint={t('opinion.textHint', { max: formatCount(TEXT_MAX, languageOf(i18n)) })}
              value={values ? bilingual(values, 'text') : (page.own?.text ?? {})}
              rows={9}
              {...textErrors(refused, 'text')}
            />
            <OutcomeField
              label={t('opinion.outcome')}
              value={values ? values.outcome : page.own?.outcome}
              {...errorOf(refused, 'outcome')}
            />
            <FormActions>
              <SubmitButton>{t('opinion.submit')}</SubmitButton>
            </FormActions>
          </PortalForm>
        ) : (
          <ClosedStep address={page.address} />
        )}
      </Card>
      <ReportTexts report={page.report} readable={page.textReadable} />
    </>
  );
}
