import { useTranslation } from 'react-i18next';
import { Card } from '#app/ui/card.tsx';
import { Radios } from '#app/ui/choices.tsx';
import { Field } from '#app/ui/field.tsx';
import { FileInput } from '#app/ui/file-input.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { formatSize } from '#app/ui/format-size.ts';
import { formatDateRange } from '#app/ui/format-when.ts';
import { languageOf } from '#app/ui/language.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { Select } from '#app/ui/select.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { TextArea } from '#app/ui/text-area.tsx';
import type { Locale } from '#db/schema/shared.ts';
import type { applyPage } from './calls/call-queries.ts';
import { inLanguage } from './localized.ts';
import type { Party } from './parties.ts';
import { DOCUMENT_MAX, lengthOf, TITLE_MAX } from './schemas.ts';

type Page = Awaited<ReturnType<typeof applyPage>> & { locale: Locale };

/**
 * The form of an application. Files stand last, so that whatever breaks off while they are sent,
 * everything typed has arrived before them.
 */
export function ApplicationForm({
  page,
  values: sent,
  errorOf,
}: {
  page: Page;
  /** What was typed, after a refusal. */
  values: Record<string, string | undefined> | undefined;
  errorOf: (field: string) => string | undefined;
}) {
  const { t, i18n } = useTranslation(['exchanges', 'common']);
  const language = languageOf(i18n);
  const { call, draft } = page;
  const values = sent ?? draftValues(page);
  const text = (name: string) => ({ name, value: values[name], error: errorOf(name) });
  const used = lengthOf(values.workPlan ?? '');
  return (
    <PortalForm
      encType="multipart/form-data"
      hidden={{ revision: draft?.revision, ...keptDocuments(call.documents, values) }}
    >
      <Card title={t('apply.plan')}>
        <Field
          {...text('title')}
          label={t('apply.field.title')}
          hint={t('apply.field.titleHint')}
          maxLength={TITLE_MAX}
        />
        <Radios
          {...text('workPlanLocale')}
          label={t('apply.field.workPlanLocale')}
          inline
          options={(['en', 'ru'] as const).map((locale) => ({
            value: locale,
            label: t(`common:languageName.${locale}`),
          }))}
        />
        <TextArea
          {...text('workPlan')}
          label={t('apply.field.workPlan')}
          hint={
            <>
              {t('apply.field.workPlanHint')} {used > 0 && t('apply.field.workPlanCount', { count: used })}
            </>
          }
          rows={14}
        />
      </Card>
      <Card title={t('apply.stay')}>
        <Parties page={page} values={values} errorOf={errorOf} />
        <Field
          {...text('wishedStart')}
          type="date"
          label={t('apply.field.wishedStart')}
          hint={t('apply.field.wishedStartHint', {
            window: formatDateRange(call.stayFrom, call.stayUntil, language),
          })}
          min={call.stayFrom}
          max={call.stayUntil}
        />
        <Field
          {...text('weeks')}
          type="number"
          inputMode="numeric"
          width="short"
          label={t('apply.field.weeks')}
          hint={t('apply.field.weeksHint', { min: call.weeksMin, max: call.weeksMax })}
          min={call.weeksMin}
          max={call.weeksMax}
        />
        <Field
          {...text('homeSupervisor')}
          label={t('apply.field.homeSupervisor')}
          hint={t('apply.field.homeSupervisorHint')}
          maxLength={TITLE_MAX}
        />
      </Card>
      {call.documents.length > 0 && (
        <Card title={t('apply.documents')}>
          {call.documents.map((document) => (
            <FileInput
              key={document.code}
              name={`document.${document.code}`}
              label={inLanguage(document.title, language)}
              hint={documentHint(document.code)}
              accept=".pdf,application/pdf"
              maxBytes={DOCUMENT_MAX}
              error={errorOf(`document.${document.code}`)}
              optional={!document.required}
            />
          ))}
        </Card>
      )}
      <FormActions>
        <SubmitButton name="intent" value="check">
          {t('apply.check')}
        </SubmitButton>
        <SubmitButton kind="quiet" name="intent" value="save">
          {t('apply.save')}
        </SubmitButton>
      </FormActions>
    </PortalForm>
  );

  function documentHint(code: string) {
    const stored = page.documents.find((one) => one.fileId === values[`documentId.${code}`]);
    if (stored) {
      return t('apply.kept', { name: stored.name, size: formatSize(stored.size, language) });
    }
    const name = values[`documentName.${code}`];
    return name ? t('apply.keptUnsaved', { name }) : t('apply.documentHint');
  }
}

/** Who sends and who receives: asked only where there is a choice. */
function Parties({
  page,
  values,
  errorOf,
}: {
  page: Page;
  values: Record<string, string | undefined>;
  errorOf: (field: string) => string | undefined;
}) {
  const { t, i18n } = useTranslation('exchanges');
  const language = languageOf(i18n);
  const option = (one: Party) => ({ value: one.id, label: inLanguage(one.shortName, language) });
  const [home] = page.homes;
  const [host] = page.hosts;
  return (
    <>
      {page.sponsored ? (
        <Select
          name="homeInstitutionId"
          label={t('apply.field.homeInstitutionId')}
          hint={t('apply.field.homeHint')}
          options={page.homes.map(option)}
          value={values.homeInstitutionId}
          error={errorOf('homeInstitutionId')}
        />
      ) : (
        home && (
          <p className="mb-2">
            {t('apply.home')}: <b>{inLanguage(home.shortName, language)}</b>
          </p>
        )
      )}
      {page.hosts.length === 1 && host ? (
        <p className="mb-4">
          {t('apply.hostOnly')}: <b>{inLanguage(host.shortName, language)}</b>
        </p>
      ) : (
        <Select
          name="hostInstitutionId"
          label={t('apply.field.hostInstitutionId')}
          options={page.hosts.map(option)}
          value={values.hostInstitutionId}
          error={errorOf('hostInstitutionId')}
        />
      )}
    </>
  );
}

/** The form filled from the draft. */
function draftValues({ draft, documents, locale }: Page): Record<string, string | undefined> {
  const values: Record<string, string | undefined> = {
    title: draft?.title,
    workPlan: draft?.workPlan,
    workPlanLocale: draft?.workPlanLocale ?? locale,
    homeInstitutionId: draft?.homeInstitutionId ?? undefined,
    hostInstitutionId: draft?.hostInstitutionId ?? undefined,
    wishedStart: draft?.wishedStart ?? undefined,
    weeks: draft?.weeks?.toString(),
    homeSupervisor: draft?.homeSupervisor,
  };
  for (const document of documents) values[`documentId.${document.kind}`] = document.fileId;
  return values;
}

/** The ids of documents that were sent before, so that they need not be sent again. */
function keptDocuments(asked: Page['call']['documents'], values: Record<string, string | undefined>) {
  return Object.fromEntries(
    asked.flatMap(({ code }) => [
      [`documentId.${code}`, values[`documentId.${code}`]],
      [`documentName.${code}`, values[`documentName.${code}`]],
    ]),
  );
}
