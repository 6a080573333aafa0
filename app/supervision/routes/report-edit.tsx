import { useTranslation } from 'react-i18next';
import { bothLabels, formErrors } from '#app/platform/form-errors.ts';
import { answer, done, sentForm, signedIn, state, typed, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { BilingualField } from '#app/ui/bilingual-field.tsx';
import { Card } from '#app/ui/card.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { Field } from '#app/ui/field.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { formatCount } from '#app/ui/format-count.ts';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { ClosedStep } from '../closed-step.tsx';
import { errorOf, textErrors } from '../field-errors.ts';
import { loadReportPage, reportNumber } from '../load-report-page.ts';
import { reportCrumbs } from '../report-crumbs.ts';
import { saveReport } from '../save-report.ts';
import { bilingual, reportInput, TEXT_MAX } from '../schemas.ts';
import { submitReport } from '../submit-report.ts';
import type { Route } from './+types/report-edit';

export async function loader({ context, params }: Route.LoaderArgs) {
  const page = await loadReportPage(context, params, 'supervision.report');
  const title = words(context)('supervision:edit.title', { halfYear: page.halfYear });
  return { ...page, title };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const actor = signedIn(context);
  const values = typed(await sentForm(context, request));
  const page = `/supervision/${params.ref}/reports/${params.number}`;
  return answer(context, values, async () => {
    const input = {
      reference: params.ref,
      number: reportNumber(params.number),
      revision: values.revision ?? '',
      texts: reportInput(values),
    };
    if (values.intent === 'draft') {
      await saveReport(platform().db, actor, input);
      return done(`${page}/edit`, 'supervision:flash.saved');
    }
    await submitReport(platform().db, actor, input, state(context).now);
    return done(page, 'supervision:flash.submitted');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title, loaderData?.thesis.reference),
];

const TEXTS = [
  { name: 'done', optional: false, rows: 8 },
  { name: 'publications', optional: true, rows: 5 },
  { name: 'plan', optional: false, rows: 6 },
  { name: 'difficulties', optional: true, rows: 4 },
] as const;

/** The candidate writes the report: draft or submit, one language is enough. */
export default function ReportEdit({ loaderData: page, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation(['supervision', 'common']);
  const { report } = page;
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  const values = refused?.values;
  const [first, ...others] = TEXTS;
  const languages = { en: t('common:form.inLanguage.en'), ru: t('common:form.inLanguage.ru') };
  const labels = {
    ...Object.assign({}, ...TEXTS.map(({ name }) => bothLabels(name, t(`edit.${name}`), languages))),
    shareDone: t('edit.share'),
  };
  const text = ({ name, optional, rows }: (typeof TEXTS)[number]) => (
    <BilingualField
      key={name}
      name={name}
      label={t(`edit.${name}`)}
      hint={t(`edit.${name}Hint`)}
      value={values ? bilingual(values, name) : report[name]}
      {...textErrors(refused, name)}
      rows={rows}
      optional={optional}
    />
  );
  return (
    <>
      <PageHeader
        crumbs={reportCrumbs(t, page, t('act.edit'))}
        title={page.title}
        lede={t('edit.lede', { max: formatCount(TEXT_MAX, languageOf(i18n)) })}
      />
      <ErrorSummary errors={formErrors(refused, labels)} />
      <Card>
        {report.state === 'draft' || refused ? (
          <>
            {report.stateReason && (
              <p className="why whitespace-pre-line wrap-anywhere">{report.stateReason}</p>
            )}
            <PortalForm hidden={{ revision: report.revision }}>
              {text(first)}
              <Field
                name="shareDone"
                label={t('edit.share')}
                hint={t('edit.shareHint')}
                value={values ? (values.shareDone ?? '') : (report.shareDone ?? '')}
                inputMode="numeric"
                width="short"
                {...errorOf(refused, 'shareDone')}
              />
              {others.map(text)}
              <FormActions>
                <SubmitButton name="intent" value="submit">
                  {t('edit.submit')}
                </SubmitButton>
                <SubmitButton kind="quiet" name="intent" value="draft">
                  {t('common:button.saveDraft')}
                </SubmitButton>
              </FormActions>
            </PortalForm>
          </>
        ) : (
          <ClosedStep address={page.address} />
        )}
      </Card>
    </>
  );
}
