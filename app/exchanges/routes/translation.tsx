import { useTranslation } from 'react-i18next';
import { permits } from '#app/people/access.ts';
import { personName } from '#app/people/person-name.ts';
import { fieldError, formErrors } from '#app/platform/form-errors.ts';
import { forbidden } from '#app/platform/outcome.ts';
import { answer, done, sentForm, shown, signedIn, typed, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Card } from '#app/ui/card.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { Field } from '#app/ui/field.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { TextArea } from '#app/ui/text-area.tsx';
import { otherLocale, translationOf } from '../application-translation.ts';
import { exchangeRules } from '../policy.ts';
import { exchangeRecord } from '../record-queries.ts';
import { isTranslatable, translateApplication } from '../translate-application.ts';
import type { Route } from './+types/translation';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { db } = platform();
  return shown(context, async () => {
    const { record } = await exchangeRecord(db, actor, params.ref);
    if (!permits(exchangeRules['exchanges.translate'], actor, record)) throw forbidden();
    const { reference, title, workPlan, workPlanLocale, submittedVersionId } = record;
    return {
      record: { reference, title, workPlan, workPlanLocale, submittedVersionId },
      translation: await translationOf(db, submittedVersionId),
      open: isTranslatable(record.state) && submittedVersionId !== null,
      pageName: words(context)('exchanges:translation.title'),
    };
  });
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const form = await sentForm(context, request);
  const values = typed(form);
  return answer(context, values, async () => {
    const input = { reference: params.ref, versionId: values.versionId ?? '', fields: values };
    await translateApplication(platform().db, actor, input);
    return done(`/exchanges/${params.ref}`, 'exchanges:translation.saved');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.pageName, loaderData?.record.reference),
];

/** Title and work plan in the other language: a layer over what was submitted, with the translator's name. */
export default function TranslationPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation(['exchanges', 'common']);
  const language = languageOf(i18n);
  const { record, translation, open } = loaderData;
  const refused = actionData && 'values' in actionData ? actionData : undefined;
  const to = otherLocale(record.workPlanLocale);
  const values = {
    ...(translation && { title: translation.title, workPlan: translation.workPlan }),
    ...refused?.values,
  };
  const here = `/exchanges/${record.reference}`;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('title'), href: '/exchanges' },
          { label: record.reference, href: here },
          { label: t('translation.title') },
        ]}
        title={t('translation.title')}
        lede={t('translation.lede', { language: t(`common:languageName.${to}`) })}
      />
      <ErrorSummary errors={formErrors(refused)} title={refused?.refused?.sentence} />
      <Card title={t('translation.original')}>
        <p lang={record.workPlanLocale}>
          <b>{record.title}</b>
        </p>
        <div className="prose whitespace-pre-line" lang={record.workPlanLocale}>
          {record.workPlan}
        </div>
      </Card>
      {open ? (
        <Card title={t('translation.yours')}>
          {translation?.translatedBy && (
            <p className="note">
              {t('translation.by', { name: personName(translation.translatedBy, language) })}
            </p>
          )}
          <PortalForm hidden={{ versionId: record.submittedVersionId ?? undefined }}>
            <Field
              name="title"
              label={t('apply.field.title')}
              value={values.title}
              error={fieldError(refused, 'title')}
              lang={to}
            />
            <TextArea
              name="workPlan"
              label={t('apply.field.workPlan')}
              value={values.workPlan}
              error={fieldError(refused, 'workPlan')}
              lang={to}
              rows={14}
            />
            <FormActions>
              <SubmitButton>{t('translation.save')}</SubmitButton>
              <ButtonLink href={here} kind="quiet">
                {t('common:button.cancel')}
              </ButtonLink>
            </FormActions>
          </PortalForm>
        </Card>
      ) : (
        <Card tone="risk" title={t('translation.over')}>
          <p>{t('translation.overText')}</p>
        </Card>
      )}
    </>
  );
}
