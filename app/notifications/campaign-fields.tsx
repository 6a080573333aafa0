import { useTranslation } from 'react-i18next';
import { BilingualField } from '#app/ui/bilingual-field.tsx';
import { Checkboxes } from '#app/ui/choices.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { LOCALES, SIDES } from '#db/schema/shared.ts';
import { AUDIENCE_ROLES, BODY_MAX, SUBJECT_MAX } from './schemas.ts';

type Values = Record<string, string>;
type Errors = Record<string, string[]>;

/** A campaign's form: the text in both languages, and whom it is for. Values are as typed. */
export function CampaignFields(props: { values: Values; errors: Errors; hidden?: Record<string, string> }) {
  const { values, errors, hidden } = props;
  const { t } = useTranslation('notifications');
  const both = (field: string) => ({ en: values[`${field}.en`] ?? '', ru: values[`${field}.ru`] ?? '' });
  const wrong = (field: string) =>
    Object.fromEntries(
      LOCALES.flatMap((locale) => {
        const reasons = errors[`${field}.${locale}`];
        return reasons ? [[locale, reasons.join(' ')]] : [];
      }),
    );
  const list = (field: string) => (values[field] ?? '').split(',').filter(Boolean);
  return (
    <PortalForm {...(hidden && { hidden })}>
      <BilingualField
        name="subject"
        label={t('form.subject')}
        value={both('subject')}
        error={wrong('subject')}
        maxLength={SUBJECT_MAX}
        optional
      />
      <BilingualField
        name="body"
        label={t('form.body')}
        hint={t('form.bodyHint')}
        value={both('body')}
        error={wrong('body')}
        rows={9}
        maxLength={BODY_MAX}
        optional
      />
      <Checkboxes
        name="sides"
        label={t('form.sides')}
        hint={t('form.sidesHint')}
        options={SIDES.map((side) => ({ value: side, label: t(`side.${side}`) }))}
        values={list('sides')}
        error={errors.sides?.join(' ')}
        inline
      />
      <Checkboxes
        name="roles"
        label={t('form.roles')}
        hint={t('form.rolesHint')}
        options={AUDIENCE_ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))}
        values={list('roles')}
        error={errors.roles?.join(' ')}
        optional
        inline
      />
      <Checkboxes
        name="locales"
        label={t('form.locales')}
        options={LOCALES.map((locale) => ({ value: locale, label: t(`locale.${locale}`) }))}
        values={list('locales')}
        error={errors.locales?.join(' ')}
        inline
      />
      <FormActions>
        <SubmitButton>{t('form.save')}</SubmitButton>
      </FormActions>
    </PortalForm>
  );
}
