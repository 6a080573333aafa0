import { useTranslation } from 'react-i18next';
import { Radios } from '#app/ui/choices.tsx';
import { REPORT_OUTCOMES } from '#db/schema/supervision.ts';

interface OutcomeFieldProps {
  label: string;
  value: string | undefined;
  error?: string;
}

/** One of the three outcomes of a half-year. */
export function OutcomeField({ label, value, error }: OutcomeFieldProps) {
  const { t } = useTranslation('supervision');
  return (
    <Radios
      name="outcome"
      label={label}
      options={REPORT_OUTCOMES.map((outcome) => ({ value: outcome, label: t(`outcome.${outcome}`) }))}
      {...(value === undefined ? {} : { value })}
      {...(error ? { error } : {})}
    />
  );
}
