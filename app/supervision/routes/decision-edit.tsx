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
import type { DecisionContent } from '../decision-content.ts';
import { errorOf, textErrors } from '../field-errors.ts';
import { loadReportPage, reportNumber } from '../load-report-page.ts';
import { OpinionCard } from '../opinion-card.tsx';
import { OutcomeField } from '../outcome-field.tsx';
import { proposeDecision } from '../propose-decision.ts';
import { reportCrumbs } from '../report-crumbs.ts';
import { bilingual, TEXT_MAX } from '../schemas.ts';
import type { Route } from './+types/decision-edit';

export async function loader({ context, params }: Route.LoaderArgs) {
  const page = await loadReportPage(context, params, 'supervision.decide');
  const former = page.decisions.at(-1)?.version ?? null;
  const t = words(context);
  return {
    ...page,
    number: former?.number ?? 0,
    former: former?.content as DecisionContent | undefined,
    title: former ? t('supervision:decide.titleChange') : t('supervision:decide.titleNew'),
  };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const actor = signedIn(context);
  const values = typed(await sentForm(context, request));
  return answer(context, values, async () => {
    const { outcome = '', revision = '' } = values;
    const input = { reference: params.ref, number: reportNumber(params.number), revision };
    const said = { outcome, text: bilingual(values, 'text') };
    await proposeDecision(platform().db, actor, { ...input, ...said }, state(context).now);
    return done(`/supervision/${params.ref}/reports/${params.number}/decision`, 'supervision:flash.proposed');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title, loaderData?.thesis.reference),
];

/** One of the supervisors writes the joint decision, or writes it anew, with both opinions at hand. */
export default function DecisionEdit({ loaderData: page, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation(['supervision', 'common']);
  const { former, number, report } = page;
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  const values = refused?.values;
  const languages = { en: t('common:form.inLanguage.en'), ru: t('common:form.inLanguage.ru') };
  const open = report.state === 'opinions-in' || report.state === 'decision-proposed';
  return (
    <>
      <PageHeader
        crumbs={reportCrumbs(t, page, page.title)}
        title={page.title}
        lede={t('decide.lede', { max: formatCount(TEXT_MAX, languageOf(i18n)) })}
      />
      <ErrorSummary
        errors={formErrors(refused, {
          ...bothLabels('text', t('decide.text'), languages),
          outcome: t('decide.outcome'),
        })}
      />
      <Card>
        {open || refused ? (
          <PortalForm hidden={{ revision: report.revision }}>
            {former && <p className="why">{t('decide.voids', { number: number + 1 })}</p>}
            <OutcomeField
              label={t('decide.outcome')}
              value={values ? values.outcome : former?.outcome}
              {...errorOf(refused, 'outcome')}
            />
            <BilingualField
              name="text"
              label={t('decide.text')}
              hint={t('decide.textHint')}
              value={values ? bilingual(values, 'text') : (former?.text ?? {})}
              rows={9}
              {...textErrors(refused, 'text')}
            />
            <FormActions>
              <SubmitButton>{t('decide.submit')}</SubmitButton>
            </FormActions>
          </PortalForm>
        ) : (
          <ClosedStep address={page.address} />
        )}
      </Card>
      <OpinionCard page={page} />
    </>
  );
}
