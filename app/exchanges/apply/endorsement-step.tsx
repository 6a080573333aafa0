import { useTranslation } from 'react-i18next';
import { personName } from '#app/people/person-name.ts';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Card } from '#app/ui/card.tsx';
import { Field } from '#app/ui/field.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { formatDate, formatWhen } from '#app/ui/format-when.ts';
import { languageOf } from '#app/ui/language.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { Select } from '#app/ui/select.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { NOT_LISTED } from '../schemas.ts';
import { StepLinks } from './step-actions.tsx';
import type { StepProps } from './step-props.ts';

/** The home supervisor's word: asked, awaited, given, or refused and asked of somebody else. */
export function EndorsementStep(props: StepProps) {
  const { t } = useTranslation('exchanges');
  const { form, here } = props;
  if (!form.draft?.homeInstitutionId)
    return (
      <Card>
        <p>{t('endorsement.first')}</p>
        <ButtonLink href={`${here}/${form.sponsored ? 'person' : 'plan'}`}>
          {t(form.sponsored ? 'endorsement.firstPerson' : 'endorsement.firstPlan')}
        </ButtonLink>
      </Card>
    );
  const open = form.endorsement && form.endorsement.state !== 'refused';
  return (
    <>
      {form.endorsement && <Asked {...props} endorsement={form.endorsement} />}
      {open ? <StepLinks next="documents" here={here} /> : <Ask {...props} />}
    </>
  );
}

function Asked({
  form,
  here,
  endorsement,
}: StepProps & { endorsement: NonNullable<StepProps['form']['endorsement']> }) {
  const { t, i18n } = useTranslation('exchanges');
  const language = languageOf(i18n);
  const { state, words, locale, askedAt, answeredAt } = endorsement;
  if (state === 'taken-back') return null;
  return (
    <Card
      title={form.draft?.homeSupervisor ?? ''}
      tone={state === 'given' ? 'ok' : state === 'refused' ? 'stop' : 'risk'}
    >
      <p>
        {state === 'asked'
          ? t('endorsement.asked', { when: formatWhen(askedAt, language) })
          : t(`endorsement.${state}`, { when: answeredAt ? formatWhen(answeredAt, language) : '' })}
      </p>
      {state === 'refused' && (
        <p className="why whitespace-pre-line" lang={locale ?? undefined}>
          {words}
        </p>
      )}
      {state === 'given' && (
        <blockquote className="whitespace-pre-line" lang={locale ?? undefined}>
          {words}
        </blockquote>
      )}
      {state !== 'refused' && (
        <>
          <p className="note">{t('endorsement.takeBackNote')}</p>
          <PortalForm action={`${here}/endorsement`} hidden={{ intent: 'take-back' }}>
            <FormActions>
              <SubmitButton kind="quiet">{t('endorsement.takeBack')}</SubmitButton>
            </FormActions>
          </PortalForm>
        </>
      )}
    </Card>
  );
}

function Ask({ form, extras, values, errorOf }: StepProps) {
  const { t, i18n } = useTranslation('exchanges');
  const language = languageOf(i18n);
  const text = (name: string) => ({ name, value: values[name], error: errorOf(name) });
  return (
    <Card title={t('endorsement.ask')}>
      <PortalForm hidden={{ intent: 'ask' }}>
        <p>
          {t('endorsement.askNote', { date: formatDate(form.until.toISOString().slice(0, 10), language) })}
        </p>
        {extras.supervisors.length > 0 && (
          <Select
            {...text('supervisorId')}
            label={t('endorsement.supervisor')}
            hint={t('endorsement.supervisorHint')}
            options={[
              ...extras.supervisors.map((one) => ({ value: one.id, label: personName(one, language) })),
              { value: NOT_LISTED, label: t('endorsement.notListed') },
            ]}
          />
        )}
        <fieldset className="field">
          <legend>{t('endorsement.other')}</legend>
          <div className="hint">{t('endorsement.otherHint')}</div>
          <Field {...text('givenName')} label={t('endorsement.givenName')} />
          <Field {...text('familyName')} label={t('endorsement.familyName')} />
          <Field {...text('email')} type="email" label={t('endorsement.email')} />
        </fieldset>
        <FormActions>
          <SubmitButton>{t('endorsement.send')}</SubmitButton>
        </FormActions>
      </PortalForm>
    </Card>
  );
}
