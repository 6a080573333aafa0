import { useTranslation } from 'react-i18next';
import { Card } from '#app/ui/card.tsx';
import { Field } from '#app/ui/field.tsx';
import { formatDateRange } from '#app/ui/format-when.ts';
import { languageOf } from '#app/ui/language.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { Select } from '#app/ui/select.tsx';
import { inLanguage } from '../localized.ts';
import { WISHES } from '../schemas.ts';
import { StepActions } from './step-actions.tsx';
import type { StepProps } from './step-props.ts';

/** Where to and when: the host, its laboratories in the order of wish, the first day and the length of the stay. */
export function HostStep({ form, values, errorOf, revision, here }: StepProps) {
  const { t, i18n } = useTranslation('exchanges');
  const language = languageOf(i18n);
  const { call, hosts } = form;
  const [host] = hosts;
  const text = (name: string) => ({ name, value: values[name], error: errorOf(name) });
  return (
    <Card>
      <PortalForm hidden={{ revision }} autosave={`${here}/host/draft`}>
        {hosts.length === 1 && host ? (
          <p>
            {t('apply.hostOnly')}: <b>{inLanguage(host.shortName, language)}</b>
          </p>
        ) : (
          <Select
            {...text('hostInstitutionId')}
            label={t('apply.field.hostInstitutionId')}
            options={hosts.map((one) => ({ value: one.id, label: inLanguage(one.shortName, language) }))}
            empty={t('apply.chooseInstitution')}
          />
        )}
        {WISHES.map((name, index) => (
          <Field
            key={name}
            {...text(name)}
            label={t(`apply.field.${name}`)}
            {...(index === 0 && { hint: t('apply.field.wishHint') })}
            optional
          />
        ))}
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
        <StepActions />
      </PortalForm>
    </Card>
  );
}
