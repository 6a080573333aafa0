import { useTranslation } from 'react-i18next';
import { Checkbox } from '#app/ui/choices.tsx';
import { Field } from '#app/ui/field.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { Select } from '#app/ui/select.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import type { PageFilter } from './list-filter.ts';

/** The filters over the coordinator's list: a form that is sent by GET, so that the URL says what is shown. */
export function ListFilters({ filter, filtered }: { filter: PageFilter; filtered: boolean }) {
  const { t } = useTranslation('exchanges');
  return (
    <PortalForm method="get" inline label={t('list.filters')} hidden={{ state: filter.state }}>
      <Field
        name="search"
        type="search"
        label={t('list.search')}
        value={filter.search}
        width="medium"
        optional
      />
      <Select
        name="party"
        label={t('list.party')}
        value={filter.party}
        empty={t('list.parties.all')}
        width="medium"
        optional
        options={(['home', 'host'] as const).map((party) => ({
          value: party,
          label: t(`list.parties.${party}`),
        }))}
      />
      <Checkbox name="ours" value="1" label={t('list.ours')} checked={filter.ours ?? false} optional />
      <FormActions>
        <SubmitButton kind="quiet">{t('list.apply')}</SubmitButton>
        {filtered && <a href="/exchanges">{t('list.reset')}</a>}
      </FormActions>
    </PortalForm>
  );
}
