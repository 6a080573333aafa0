import { useTranslation } from 'react-i18next';
import { fieldError } from '#app/platform/form-errors.ts';
import type { Refused } from '#app/platform/request.server.ts';
import { Radios } from '#app/ui/choices.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { Select } from '#app/ui/select.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { TIME_ZONES } from './time-zones.ts';

interface PreferencesFormProps {
  account: { locale: string; timeZone: string };
  refused?: Refused;
}

/** The language of pages and mail, and the zone in which times are shown beside the two cities. */
export function PreferencesForm({ account, refused }: PreferencesFormProps) {
  const { t } = useTranslation(['account', 'common']);
  return (
    <PortalForm hidden={{ intent: 'preferences' }}>
      <Radios
        name="locale"
        label={t('field.language')}
        hint={t('field.languageHint')}
        options={[
          { value: 'en', label: t('common:languageName.en') },
          { value: 'ru', label: t('common:languageName.ru') },
        ]}
        value={refused?.values.locale ?? account.locale}
        error={fieldError(refused, 'locale')}
        inline
      />
      <Select
        name="timeZone"
        label={t('field.timeZone')}
        options={TIME_ZONES.map((zone) => ({ value: zone, label: t(`zone.${zone}`) }))}
        value={refused?.values.timeZone ?? account.timeZone}
        error={fieldError(refused, 'timeZone')}
        width="medium"
      />
      <FormActions>
        <SubmitButton>{t('common:button.save')}</SubmitButton>
      </FormActions>
    </PortalForm>
  );
}
