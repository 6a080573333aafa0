import { useTranslation } from 'react-i18next';
import { fieldError } from '#app/platform/form-errors.ts';
import type { Refused } from '#app/platform/request.server.ts';
import { Field } from '#app/ui/field.tsx';
import { Select } from '#app/ui/select.tsx';
import { OUTPUT_KINDS } from '#db/schema/placements.ts';

/** What came out of a stay: the rows there are, and empty ones; rows without a title are dropped. */
export function OutputFields({
  rows,
  values,
  refused,
}: {
  rows: number;
  values: Record<string, string>;
  refused: Refused | undefined;
}) {
  const { t } = useTranslation('placements');
  const sent = Object.keys(values).filter((name) => /^outputs\.\d+\.title$/.test(name)).length;
  const at = (name: string) => {
    const error = fieldError(refused, name);
    return { name, value: values[name] ?? '', optional: true, ...(error ? { error } : {}) };
  };
  return (
    <div className="rows">
      {Array.from({ length: Math.max(sent, rows) }, (_, row) => String(row)).map((row) => (
        <fieldset key={row} className="row grid gap-x-4 sm:grid-cols-[10rem_1fr_1fr]">
          <legend className="sr-only">{t('outputs.number', { number: Number(row) + 1 })}</legend>
          <Select
            {...at(`outputs.${row}.kind`)}
            label={t('outputs.kind')}
            options={OUTPUT_KINDS.map((value) => ({ value, label: t(`outputs.of.${value}`) }))}
          />
          <Field {...at(`outputs.${row}.title`)} label={t('outputs.name')} />
          <Field {...at(`outputs.${row}.identifier`)} label={t('outputs.identifier')} spellCheck={false} />
        </fieldset>
      ))}
    </div>
  );
}
