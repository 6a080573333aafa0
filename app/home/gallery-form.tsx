import { BilingualField } from '#app/ui/bilingual-field.tsx';
import { Checkbox, Checkboxes, Radios } from '#app/ui/choices.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { Field } from '#app/ui/field.tsx';
import { FileInput } from '#app/ui/file-input.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import type { Language } from '#app/ui/language.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { Select } from '#app/ui/select.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { gallerySamples } from './gallery-samples.ts';

/** Every kind of field, two of them refused. Ids carry the language: the gallery may show both on one page. */
export function GalleryForm({ language }: { language: Language }) {
  const say = gallerySamples[language];
  const id = (name: string) => `${name}-${language}`;
  const options = (labels: readonly string[]) =>
    labels.map((label, index) => ({ value: String(index), label }));
  return (
    <>
      <ErrorSummary
        id={`errors-${language}`}
        errors={[
          { field: id('start'), message: say.error.start },
          { field: id('consent'), message: say.error.consent },
        ]}
      />
      <PortalForm hidden={{ version: 2 }} encType="multipart/form-data" label={`${say.form} (${language})`}>
        <BilingualField name={id('title')} label={say.field.title} value={{ en: 'P507', ru: 'P507' }} />
        <BilingualField name={id('summary')} label={say.field.summary} hint={say.hint.summary} rows={4} />
        <Field
          id={id('start')}
          name="start"
          type="date"
          label={say.field.start}
          hint={say.hint.start}
          error={say.error.start}
          value="2027-02-01"
        />
        <Field id={id('email')} name="email" type="email" autoComplete="email" label={say.field.email} />
        <Radios
          id={id('weeks')}
          name={id('weeks')}
          label={say.field.weeks}
          options={options(say.weeks)}
          value="2"
          inline
        />
        <Select
          id={id('institute')}
          name="institute"
          label={say.field.institute}
          options={options(say.institutes)}
          width="medium"
        />
        <Checkboxes
          id={id('languages')}
          name="languages"
          label={say.field.languages}
          optional
          options={[
            { value: 'en', label: 'English' },
            { value: 'ru', label: 'Русский' },
          ]}
          values={['en']}
        />
        <FileInput id={id('cv')} name="cv" label={say.field.cv} accept=".pdf" maxBytes={9_500_000} optional />
        <Checkbox id={id('consent')} name="consent" label={say.field.consent} error={say.error.consent} />
        <FormActions>
          <SubmitButton name="intent" value="submit">
            {say.submit}
          </SubmitButton>
          <SubmitButton kind="quiet" name="intent" value="draft">
            {say.draft}
          </SubmitButton>
          <SubmitButton kind="stop" name="intent" value="withdraw">
            {say.withdraw}
          </SubmitButton>
        </FormActions>
      </PortalForm>
    </>
  );
}
