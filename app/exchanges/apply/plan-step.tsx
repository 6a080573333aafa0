import { useTranslation } from 'react-i18next';
import { lengthOf } from '#app/platform/plain-text.ts';
import { Card } from '#app/ui/card.tsx';
import { Radios } from '#app/ui/choices.tsx';
import { Field } from '#app/ui/field.tsx';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { TextArea } from '#app/ui/text-area.tsx';
import { StepActions } from './step-actions.tsx';
import type { StepProps } from './step-props.ts';

/** What the applicant wants to do, in one language. */
export function PlanStep({ values, errorOf, revision, here }: StepProps) {
  const { t } = useTranslation(['exchanges', 'common']);
  const text = (name: string) => ({ name, value: values[name], error: errorOf(name) });
  const used = lengthOf(values.workPlan ?? '');
  return (
    <Card>
      <PortalForm hidden={{ revision }} autosave={`${here}/plan/draft`}>
        <Radios
          {...text('workPlanLocale')}
          label={t('apply.field.workPlanLocale')}
          inline
          options={(['en', 'ru'] as const).map((locale) => ({
            value: locale,
            label: t(`common:languageName.${locale}`),
          }))}
        />
        {/* No maxLength: a text that was pasted is refused with a sentence, never cut off in silence. */}
        <Field {...text('title')} label={t('apply.field.title')} hint={t('apply.field.titleHint')} />
        <TextArea
          {...text('workPlan')}
          label={t('apply.field.workPlan')}
          hint={
            <>
              {t('apply.field.workPlanHint')} {used > 0 && t('apply.field.workPlanCount', { count: used })}
            </>
          }
          rows={14}
        />
        <StepActions />
      </PortalForm>
    </Card>
  );
}
