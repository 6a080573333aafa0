import { useTranslation } from 'react-i18next';
import { fieldError } from '#app/platform/form-errors.ts';
import type { Refused } from '#app/platform/request.server.ts';
import { Field } from '#app/ui/field.tsx';
import { Select } from '#app/ui/select.tsx';
import { TextArea } from '#app/ui/text-area.tsx';
import { CURRENCIES } from './money.ts';
import { COST_HEADINGS, PAYERS } from './programme-content.ts';

type Props = { values: Record<string, string>; refused: Refused | undefined };

const atField =
  ({ values, refused }: Props) =>
  (name: string) => {
    const error = fieldError(refused, name);
    return { name, value: values[name] ?? '', optional: true, ...(error ? { error } : {}) };
  };

/** Tasks by week: those there are, and empty rows; rows left empty are dropped. */
export function TaskFields({ rows, ...props }: Props & { rows: number }) {
  const { t } = useTranslation('placements');
  const at = atField(props);
  const sent = Object.keys(props.values).filter((name) => /^tasks\.\d+\.text$/.test(name)).length;
  return (
    <div className="rows">
      {Array.from({ length: Math.max(rows, sent) }, (_, row) => String(row)).map((row) => (
        <fieldset key={row} className="row grid gap-x-4 sm:grid-cols-[5rem_5rem_1fr]">
          <legend className="sr-only">{t('programme.taskNumber', { number: Number(row) + 1 })}</legend>
          <Field
            {...at(`tasks.${row}.from`)}
            label={t('programme.fromWeek')}
            inputMode="numeric"
            width="short"
          />
          <Field {...at(`tasks.${row}.to`)} label={t('programme.toWeek')} inputMode="numeric" width="short" />
          <TextArea {...at(`tasks.${row}.text`)} label={t('programme.task')} rows={2} />
        </fieldset>
      ))}
    </div>
  );
}

/** The costs by heading: amount, currency, who pays; headings left empty cost nothing. */
export function CostFields(props: Props) {
  const { t } = useTranslation('placements');
  const at = atField(props);
  return (
    <div className="rows">
      {COST_HEADINGS.map((heading) => (
        <fieldset key={heading} className="mb-3 grid gap-x-4 sm:grid-cols-[9rem_6rem_1fr]">
          <legend className="pt-2 font-semibold">{t(`programme.cost.${heading}`)}</legend>
          <Field
            {...at(`costs.${heading}.amount`)}
            label={t('programme.amount')}
            inputMode="decimal"
            width="short"
          />
          <Select
            {...at(`costs.${heading}.currency`)}
            label={t('programme.currency')}
            options={CURRENCIES.map((value) => ({ value, label: value }))}
            empty={false}
            width="short"
          />
          <Select
            {...at(`costs.${heading}.payer`)}
            label={t('programme.payer')}
            options={PAYERS.map((value) => ({ value, label: t(`payer.${value}`) }))}
            empty={false}
            width="medium"
          />
        </fieldset>
      ))}
    </div>
  );
}
