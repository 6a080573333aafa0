import { useTranslation } from 'react-i18next';
import { fieldError } from '#app/platform/form-errors.ts';
import type { Refused } from '#app/platform/request.server.ts';
import { BilingualField } from '#app/ui/bilingual-field.tsx';
import { Checkbox, Checkboxes, Radios } from '#app/ui/choices.tsx';
import { Field } from '#app/ui/field.tsx';
import { LEAD_UNITS, OWNERS, PURPOSES, type Requirement } from './trip-requirement.ts';

type Shown = Pick<
  Requirement,
  'title' | 'owner' | 'leadDays' | 'leadUnit' | 'applies' | 'source' | 'sourceOn' | 'active'
>;

/** The fields of a definition: as it stands, or as they were typed. */
export function RequirementFields({
  definition,
  party,
  refused,
}: {
  definition?: Shown;
  /** Whose the definition is; absent while it is being chosen. */
  party?: 'home' | 'host';
  refused?: Refused;
}) {
  const { t } = useTranslation(['travel', 'common']);
  const values = refused?.values;
  const at = (name: string, standing: string) => {
    const error = fieldError(refused, name);
    return { name, value: values ? (values[name] ?? '') : standing, ...(error && { error }) };
  };
  const both = (name: 'title' | 'source') => ({
    name,
    value: {
      en: values?.[`${name}.en`] ?? definition?.[name]?.en ?? '',
      ru: values?.[`${name}.ru`] ?? definition?.[name]?.ru ?? '',
    },
    error: Object.fromEntries(
      ['en', 'ru'].flatMap((locale) => {
        const error = fieldError(refused, `${name}.${locale}`);
        return error ? [[locale, error]] : [];
      }),
    ),
  });
  const purposes = values ? (values.purposes ?? '').split(',') : (definition?.applies.purposes ?? PURPOSES);
  const purposesError = fieldError(refused, 'purposes');
  const owners = party ? OWNERS.filter((owner) => owner === 'traveller' || owner === party) : OWNERS;
  return (
    <>
      <BilingualField
        {...both('title')}
        label={t('definition.title')}
        hint={t('definition.titleHint')}
        maxLength={60}
      />
      <Radios
        {...at('owner', definition?.owner ?? '')}
        label={t('definition.owner')}
        hint={t('definition.ownerHint')}
        options={owners.map((owner) => ({ value: owner, label: t(`owner.${owner}`) }))}
      />
      <Field
        {...at('leadDays', definition ? String(definition.leadDays) : '')}
        label={t('definition.leadDays')}
        hint={t('definition.leadDaysHint')}
        inputMode="numeric"
        width="short"
      />
      <Radios
        {...at('leadUnit', definition?.leadUnit ?? 'calendar')}
        label={t('definition.leadUnit')}
        inline
        options={LEAD_UNITS.map((unit) => ({ value: unit, label: t(`definition.unit.${unit}`) }))}
      />
      <Checkboxes
        name="purposes"
        label={t('definition.purposes')}
        values={purposes}
        options={PURPOSES.map((purpose) => ({ value: purpose, label: t(`definition.purpose.${purpose}`) }))}
        {...(purposesError && { error: purposesError })}
      />
      <Field
        {...at('minDays', definition?.applies.minDays ? String(definition.applies.minDays) : '')}
        label={t('definition.minDays')}
        hint={t('definition.minDaysHint')}
        inputMode="numeric"
        width="short"
        optional
      />
      <BilingualField
        {...both('source')}
        label={t('definition.source')}
        hint={t('definition.sourceHint')}
        rows={3}
        maxLength={500}
        optional
      />
      <Field
        {...at('sourceOn', definition?.sourceOn ?? '')}
        type="date"
        label={t('definition.sourceOn')}
        optional
      />
      <Checkbox
        name="active"
        label={t('definition.active')}
        checked={values ? values.active === 'on' : (definition?.active ?? true)}
      />
    </>
  );
}
