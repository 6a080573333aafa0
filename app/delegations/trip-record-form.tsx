import { useTranslation } from 'react-i18next';
import { fieldError } from '#app/platform/form-errors.ts';
import type { Refused } from '#app/platform/request.server.ts';
import { Card } from '#app/ui/card.tsx';
import { Field } from '#app/ui/field.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { languageOf } from '#app/ui/language.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { Select } from '#app/ui/select.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import type { TravelFile } from './routes/person.tsx';

const STATES = ['asked', 'done', 'refused', 'not-needed'] as const;

/** Writing down how far a requirement has come; only what the reader's party sees to is offered. */
export function TripRecordForm({
  file,
  refused,
}: {
  file: Pick<TravelFile, 'recordable' | 'titles' | 'revision'>;
  refused?: Refused;
}) {
  const { t, i18n } = useTranslation(['delegations', 'travel']);
  const language = languageOf(i18n);
  const at = (name: string) => {
    const error = fieldError(refused, name);
    return { name, value: refused?.values[name] ?? '', ...(error && { error }) };
  };
  return (
    <Card title={t('file.recordTitle')}>
      <p className="note">{t('file.recordHint')}</p>
      <PortalForm hidden={{ intent: 'record', version: file.revision }}>
        <Select
          {...at('requirement')}
          label={t('file.requirement')}
          options={file.recordable.map((value) => ({
            value,
            label: file.titles[value]?.[language] ?? value,
          }))}
          width="medium"
        />
        <Select
          {...at('state')}
          label={t('file.state')}
          options={STATES.map((value) => ({ value, label: t(`travel:itemState.${value}`) }))}
          width="medium"
        />
        <Field {...at('on')} type="date" label={t('file.on')} hint={t('file.onHint')} optional />
        <Field {...at('validUntil')} type="date" label={t('file.validUntil')} optional />
        <FormActions>
          <SubmitButton kind="quiet">{t('file.record')}</SubmitButton>
        </FormActions>
      </PortalForm>
    </Card>
  );
}
