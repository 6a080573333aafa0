import { useTranslation } from 'react-i18next';
import { fieldError } from '#app/platform/form-errors.ts';
import type { Refused } from '#app/platform/request.server.ts';
import { Field } from '#app/ui/field.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';

type Names = 'givenName' | 'familyName' | 'givenNameRu' | 'familyNameRu' | 'patronymicRu' | 'laboratory';

interface ProfileFormProps {
  account: Record<Names, string | null> & {
    revision: string;
    latinSpelling: 'confirmed' | 'proposed';
    cyrillicSpelling: 'confirmed' | 'proposed' | 'missing';
  };
  refused?: Refused;
}

/** One's own names in both scripts, and where one works; a proposed spelling says so until it is saved. */
export function ProfileForm({ account, refused }: ProfileFormProps) {
  const { t } = useTranslation(['account', 'common']);
  const text = (name: Names) => ({
    name,
    value: refused?.values[name] ?? account[name] ?? '',
    error: fieldError(refused, name),
  });
  const proposed = t('field.proposedHint');
  const latinHint = account.latinSpelling === 'proposed' ? proposed : t('field.latinHint');
  const cyrillicHint = account.cyrillicSpelling === 'proposed' ? proposed : t('field.cyrillicHint');
  return (
    <PortalForm hidden={{ intent: 'profile', revision: refused?.values.revision ?? account.revision }}>
      <Field
        {...text('givenName')}
        label={t('field.givenName')}
        hint={latinHint}
        autoComplete="given-name"
        spellCheck={false}
      />
      <Field
        {...text('familyName')}
        label={t('field.familyName')}
        autoComplete="family-name"
        spellCheck={false}
      />
      <Field
        {...text('familyNameRu')}
        label={t('field.familyNameRu')}
        hint={cyrillicHint}
        lang="ru"
        optional
        spellCheck={false}
      />
      <Field {...text('givenNameRu')} label={t('field.givenNameRu')} lang="ru" optional spellCheck={false} />
      <Field
        {...text('patronymicRu')}
        label={t('field.patronymicRu')}
        hint={t('field.patronymicHint')}
        lang="ru"
        optional
        spellCheck={false}
      />
      <Field
        {...text('laboratory')}
        label={t('field.laboratory')}
        hint={t('field.laboratoryHint')}
        optional
      />
      <FormActions>
        <SubmitButton>{t('common:button.save')}</SubmitButton>
      </FormActions>
    </PortalForm>
  );
}
