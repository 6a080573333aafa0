import { useTranslation } from 'react-i18next';
import { Card } from '#app/ui/card.tsx';
import { EligibilityList } from '../eligibility-list.tsx';
import { StepLinks } from './step-actions.tsx';
import type { StepProps } from './step-props.ts';

/** What the portal can say by itself before anybody decides. */
export function EligibilityStep({ form, here }: StepProps) {
  const { t } = useTranslation('exchanges');
  return (
    <>
      <Card>
        <p className="mb-3">{t('eligibility.note')}</p>
        <EligibilityList checks={form.checks} />
        <p className="note mt-3">{t('eligibility.passport')}</p>
      </Card>
      <StepLinks next="plan" here={here} />
    </>
  );
}
