import { useTranslation } from 'react-i18next';
import { fieldError } from '#app/platform/form-errors.ts';
import type { Refused } from '#app/platform/request.server.ts';
import type { Recorded } from '#app/travel/record-item.ts';
import { Card } from '#app/ui/card.tsx';
import { Field } from '#app/ui/field.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { Select } from '#app/ui/select.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';

const STATES = ['asked', 'done', 'refused', 'not-needed'] as const;

/** Writing down how far a requirement has come; only what the reader's party sees to is offered. */
export function TripRecordForm({
  recordable,
  refused,
}: {
  recordable: readonly Recorded[];
  refused?: Refused;
}) {
  const { t } = useTranslation(['delegations', 'travel']);
  const at = (name: string) => {
    const error = fieldError(refused, name);
    return { name, value: refused?.values[name] ?? '', ...(error && { error }) };
  };
  return (
    <Card title={t('file.recordTitle')}>
      <p className="note">{t('file.recordHint')}</p>
      <PortalForm hidden={{ intent: 'record' }}>
        <Select
          {...at('requirement')}
          label={t('file.requirement')}
          options={recordable.map((value) => ({ value, label: t(`travel:requirement.${value}`) }))}
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
