import { useTranslation } from 'react-i18next';
import { BilingualField } from '#app/ui/bilingual-field.tsx';
import { Card } from '#app/ui/card.tsx';
import { Checkboxes, Radios } from '#app/ui/choices.tsx';
import { Field } from '#app/ui/field.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { languageOf } from '#app/ui/language.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { Select } from '#app/ui/select.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { APPLICANT_KINDS, DIRECTIONS } from '#db/schema/exchanges.ts';
import { capitalised, inLanguage } from '../localized.ts';
import type { Party } from '../parties.ts';
import { DocumentFields } from './document-fields.tsx';
import { RubricFields } from './rubric-fields.tsx';

interface CallFormFieldsProps {
  values: Record<string, string | undefined>;
  errorOf: (field: string) => string | undefined;
  institutions: readonly Party[];
  /** Hash of the version the form is filled from; absent for a new call. */
  hash?: string;
  /** A published deadline is moved by an extension alone: it is shown, and sent back as it is. */
  deadlineFixed?: boolean;
}

/** The form of a call: what both sides will sign, in both languages. */
export function CallFormFields({
  values,
  errorOf,
  institutions,
  hash,
  deadlineFixed = false,
}: CallFormFieldsProps) {
  const { t, i18n } = useTranslation('exchanges');
  const language = languageOf(i18n);
  const text = (name: string) => ({ name, value: values[name], error: errorOf(name) });
  const both = (name: string) => ({
    name,
    value: { en: values[`${name}.en`], ru: values[`${name}.ru`] },
    error: { en: errorOf(`${name}.en`), ru: errorOf(`${name}.ru`) },
  });
  const signers = (side: 'in' | 'ru') =>
    institutions
      .filter((one) => one.side === side)
      .map((one) => ({ value: one.id, label: inLanguage(one.shortName, language) }));
  return (
    <PortalForm hidden={{ hash }}>
      {/* What Enter presses: the form has another button before the one that saves. */}
      <button type="submit" hidden />
      <Card title={t('draft.text')}>
        <BilingualField {...both('title')} label={t('draft.title')} maxLength={200} />
        <BilingualField {...both('summary')} label={t('draft.summary')} rows={4} />
        <BilingualField {...both('areas')} label={t('draft.areas')} hint={t('draft.areasHint')} rows={4} />
        <BilingualField {...both('conditions')} label={t('draft.conditions')} rows={8} />
        <Checkboxes
          name="eligible"
          label={t('draft.eligible')}
          values={values.eligible?.split(',')}
          error={errorOf('eligible')}
          options={APPLICANT_KINDS.map((kind) => ({
            value: kind,
            label: capitalised(t(`eligible.${kind}`)),
          }))}
        />
      </Card>
      <Card title={t('draft.dates')}>
        <Radios
          {...text('deadlineZone')}
          label={t('draft.zone')}
          inline
          options={(['Europe/Moscow', 'Asia/Kolkata'] as const).map((zone) => ({
            value: zone,
            label: t(`draft.zones.${zone}`),
          }))}
        />
        <div className="grid gap-x-6 md:grid-cols-2">
          <Field {...text('opensAt')} type="datetime-local" label={t('draft.opensAt')} />
          <Field
            {...text('deadline')}
            type="datetime-local"
            label={t('draft.deadline')}
            readOnly={deadlineFixed}
            hint={deadlineFixed ? t('draft.deadlineFixed') : undefined}
          />
          <Field {...text('nominateBy')} type="datetime-local" label={t('draft.nominateBy')} />
          <Field {...text('answerBy')} type="datetime-local" label={t('draft.answerBy')} />
          <Field {...text('stayFrom')} type="date" label={t('draft.stayFrom')} />
          <Field {...text('stayUntil')} type="date" label={t('draft.stayUntil')} />
          <Field
            {...text('weeksMin')}
            type="number"
            min={1}
            max={104}
            width="short"
            label={t('draft.weeksMin')}
          />
          <Field
            {...text('weeksMax')}
            type="number"
            min={1}
            max={104}
            width="short"
            label={t('draft.weeksMax')}
          />
        </div>
      </Card>
      <Card title={t('draft.places')}>
        <Radios
          {...text('direction')}
          label={t('draft.direction')}
          options={DIRECTIONS.map((direction) => ({ value: direction, label: t(`direction.${direction}`) }))}
        />
        <div className="grid gap-x-6 md:grid-cols-2">
          <Field {...text('placesToRu')} type="number" min={0} width="short" label={t('draft.placesToRu')} />
          <Field {...text('placesToIn')} type="number" min={0} width="short" label={t('draft.placesToIn')} />
        </div>
        <BilingualField {...both('costsIn')} label={t('draft.costsIn')} rows={2} />
        <BilingualField {...both('costsRu')} label={t('draft.costsRu')} rows={2} />
      </Card>
      <DocumentFields text={text} both={both} />
      <RubricFields text={text} both={both} values={values} />
      <Card title={t('draft.signing')}>
        <Select {...text('signerIn')} label={t('draft.signerIn')} options={signers('in')} />
        <Select {...text('signerRu')} label={t('draft.signerRu')} options={signers('ru')} />
      </Card>
      <FormActions>
        <SubmitButton>{t('draft.save')}</SubmitButton>
      </FormActions>
    </PortalForm>
  );
}
