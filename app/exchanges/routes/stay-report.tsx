import { useTranslation } from 'react-i18next';
import { permits } from '#app/people/access.ts';
import { fieldError, formErrors } from '#app/platform/form-errors.ts';
import { forbidden } from '#app/platform/outcome.ts';
import {
  answer,
  done,
  type Refused,
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
import { TextArea } from '#app/ui/text-area.tsx';
import { LanguageField } from '../placements/language-field.tsx';
import { OutputFields } from '../placements/output-fields.tsx';
import { stayPage } from '../placements/placement-queries.ts';
import { placementRules } from '../placements/policy.ts';
import { recordOutputs } from '../placements/record-outputs.ts';
import { stayCrumbs } from '../placements/stay-crumbs.ts';
import { writeReport } from '../placements/write-report.ts';
import type { Route } from './+types/stay-report';

const SPARE_ROWS = 3;

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  return shown(context, async () => {
    const page = await stayPage(platform().db, actor, params.ref, state(context).now);
    if (!permits(placementRules['placements.report'], actor, page.record)) throw forbidden();
    const rows: Record<string, string> = {};
    page.outputs.forEach((one, index) => {
      rows[`outputs.${index}.kind`] = one.kind;
      rows[`outputs.${index}.title`] = one.title;
      rows[`outputs.${index}.identifier`] = one.identifier ?? '';
    });
    return {
      page,
      rows,
      open: page.record.state === 'returned' && page.closing === null,
      title: words(context)('placements:report.title'),
    };
  });
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const values = typed(await sentForm(context, request));
  const { db } = platform();
  const here = `/exchanges/${params.ref}/report`;
  return answer(context, values, async () => {
    const common = { reference: params.ref, revision: values.revision ?? '' };
    if (values.intent === 'outputs') {
      const rows = Object.keys(values).flatMap((name) => /^outputs\.(\d{1,2})\.title$/.exec(name)?.[1] ?? []);
      const outputs = rows
        .sort((a, b) => Number(a) - Number(b))
        .map((row) => ({
          kind: values[`outputs.${row}.kind`] ?? '',
          title: values[`outputs.${row}.title`] ?? '',
          identifier: values[`outputs.${row}.identifier`] ?? '',
        }));
      await recordOutputs(db, actor, { ...common, outputs });
      return done(here, 'placements:flash.outputs');
    }
    const submit = values.intent === 'submit';
    const said = { report: values.report ?? '', locale: values.locale ?? '', submit };
    await writeReport(db, actor, { ...common, ...said }, state(context).now);
    return submit
      ? done(`/exchanges/${params.ref}`, 'placements:flash.reported')
      : done(here, 'placements:flash.saved');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title, loaderData?.page.record.reference),
];

/** The participant's report on the stay, and what came out of it. */
export default function StayReportPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation(['placements', 'exchanges']);
  const language = languageOf(i18n);
  const { page, title, open } = loaderData;
  const { record } = page;
  const refused = actionData && 'values' in actionData ? (actionData as Refused) : undefined;
  const ofOutputs = refused?.values.intent === 'outputs' ? refused : undefined;
  const ofReport = refused && !ofOutputs ? refused : undefined;
  const rows = ofOutputs?.values ?? loaderData.rows;
  const error = fieldError(ofReport, 'report');
  return (
    <>
      <PageHeader crumbs={stayCrumbs(t, record.reference, title)} title={title} lede={t('report.lede')} />
      <ErrorSummary
        errors={formErrors(refused, { report: t('report.text') })}
        title={refused?.refused.sentence}
      />
      {!open && (
        <Card tone="risk">
          <p>{t(record.state === 'returned' ? 'report.locked' : 'report.notOpen')}</p>
        </Card>
      )}
      {(open || ofReport) && (
        <Card title={t('report.text')} note={record.reportedAt ? t('report.submitted') : t('report.draft')}>
          <PortalForm hidden={{ revision: refused?.values.revision ?? record.revision }}>
            <TextArea
              name="report"
              label={t('report.text')}
              hint={t('report.hint')}
              value={ofReport?.values.report ?? record.report}
              rows={14}
              {...(error ? { error } : {})}
            />
            <LanguageField value={ofReport?.values.locale ?? record.reportLocale ?? language} />
            <FormActions>
              <SubmitButton name="intent" value="submit">
                {t(record.reportedAt ? 'report.resubmit' : 'report.submit')}
              </SubmitButton>
              {record.reportedAt === null && (
                <SubmitButton kind="quiet" name="intent" value="draft">
                  {t('report.save')}
                </SubmitButton>
              )}
            </FormActions>
          </PortalForm>
        </Card>
      )}
      {(open || ofOutputs) && (
        <Card title={t('outputs.title')} id="outputs">
          <p className="note">{t('outputs.hint')}</p>
          <PortalForm hidden={{ intent: 'outputs', revision: refused?.values.revision ?? record.revision }}>
            <OutputFields rows={page.outputs.length + SPARE_ROWS} values={rows} refused={ofOutputs} />
            <FormActions>
              <SubmitButton kind="quiet">{t('outputs.save')}</SubmitButton>
            </FormActions>
          </PortalForm>
        </Card>
      )}
    </>
  );
}
