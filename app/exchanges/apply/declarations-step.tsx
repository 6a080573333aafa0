import { useTranslation } from 'react-i18next';
import { Card } from '#app/ui/card.tsx';
import { Checkbox } from '#app/ui/choices.tsx';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { StepActions } from './step-actions.tsx';
import type { StepProps } from './step-props.ts';

/** What the applicant declares and consents to. */
export function DeclarationsStep({ values, errorOf }: StepProps) {
  const { t } = useTranslation('exchanges');
  return (
    <Card>
      <PortalForm>
        <Checkbox
          name="declared"
          label={t('declaration.declared')}
          checked={values.declared === 'on'}
          error={errorOf('declared')}
        />
        <Checkbox
          name="consent"
          label={t('declaration.consent')}
          hint={
            <>
              {t('declaration.note')} <a href="/privacy">{t('declaration.privacy')}</a>
            </>
          }
          checked={values.consent === 'on'}
          error={errorOf('consent')}
        />
        <StepActions />
      </PortalForm>
    </Card>
  );
}
