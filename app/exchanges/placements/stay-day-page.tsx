import { useTranslation } from 'react-i18next';
import { fieldError } from '#app/platform/form-errors.ts';
import type { Refused } from '#app/platform/request.server.ts';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Field } from '#app/ui/field.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { TextArea } from '#app/ui/text-area.tsx';
import { DateOn } from '#app/ui/when.tsx';
import { DecisionPage } from '../decision-page.tsx';
import type { showStayDay } from './show-stay-day.ts';
import { STAY_DAYS, type StayDay } from './stay-day.ts';

/** The form of a day: what was planned, the day, and the reason for another one. */
export function StayDayPage({
  which,
  data,
  refused,
}: {
  which: StayDay;
  data: Awaited<ReturnType<typeof showStayDay>>;
  refused: Refused | undefined;
}) {
  const { t } = useTranslation('placements');
  const { page, title } = data;
  const { record } = page;
  const { field, during } = STAY_DAYS[which];
  const at = (name: string) => {
    const error = fieldError(refused, name);
    return { name, value: refused?.values[name] ?? '', ...(error ? { error } : {}) };
  };
  return (
    <DecisionPage
      reference={record.reference}
      title={title}
      name={page.participant}
      subject={page.title}
      who={t(`${which}.who`)}
      answer={refused}
      over={record.state !== during}
    >
      <p className="note">
        {t('stay.planned')}: <DateOn on={record.startsOn} to={record.endsOn} />
      </p>
      <PortalForm hidden={{ revision: refused?.values.revision ?? record.revision }}>
        <Field
          {...at(field)}
          type="date"
          label={t(`${which}.date`)}
          hint={t(`${which}.dateHint`)}
          max={page.today}
        />
        <TextArea
          {...at('reason')}
          label={t(`${which}.reason`)}
          hint={t(`${which}.reasonHint`)}
          rows={3}
          optional
        />
        <FormActions>
          <SubmitButton>{t(`${which}.submit`)}</SubmitButton>
          <ButtonLink href={`/exchanges/${record.reference}`} kind="quiet">
            {t('back')}
          </ButtonLink>
        </FormActions>
      </PortalForm>
    </DecisionPage>
  );
}
