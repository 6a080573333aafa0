import { useTranslation } from 'react-i18next';
import { fieldError } from '#app/platform/form-errors.ts';
import type { Refused } from '#app/platform/request.server.ts';
import { Field } from '#app/ui/field.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { typedAmount } from './money.ts';
import type { PlacementPage } from './placement-queries.ts';
import type { Payer } from './programme-content.ts';

/** What the reader's institution has spent under each heading it pays. */
export function CostForm({
  page,
  payers,
  refused,
}: {
  page: PlacementPage;
  payers: readonly Payer[];
  refused: Refused | undefined;
}) {
  const { t } = useTranslation('placements');
  const rows = page.costs.filter((one) => payers.includes(one.payer));
  if (rows.length === 0) return <p className="note mt-3">{t('costs.notYours')}</p>;
  return (
    <PortalForm
      hidden={{ intent: 'costs', revision: refused?.values.revision ?? page.record.revision }}
      label={t('costs.record')}
    >
      <h3 className="mt-5">{t('costs.record')}</h3>
      {rows.map(({ heading, currency, spent }) => {
        const name = `amount.${heading}`;
        const error = fieldError(refused, name);
        return (
          <Field
            key={heading}
            name={name}
            label={t('costs.spentOn', { heading: t(`programme.cost.${heading}`), currency })}
            value={refused?.values[name] ?? (spent === null ? '' : typedAmount(spent))}
            inputMode="decimal"
            width="short"
            {...(error ? { error } : {})}
          />
        );
      })}
      <FormActions>
        <SubmitButton kind="quiet">{t('costs.save')}</SubmitButton>
      </FormActions>
    </PortalForm>
  );
}
