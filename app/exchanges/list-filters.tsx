import { useTranslation } from 'react-i18next';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import type { PageFilter } from './list-filter.ts';

/**
 * The filters over the coordinator's list: a form that is sent by GET, so that the URL says what is shown.
 * Plain fields, because every one of them may stay empty and none needs to say so.
 */
export function ListFilters({ filter, filtered }: { filter: PageFilter; filtered: boolean }) {
  const { t } = useTranslation('exchanges');
  return (
    <form method="get" className="form-inline" aria-label={t('list.filters')} data-portal="">
      {filter.stage && <input type="hidden" name="stage" value={filter.stage} />}
      {filter.call && (
        <div className="choice pb-2">
          <input id="call" name="call" type="checkbox" value={filter.call} defaultChecked />
          <label htmlFor="call">{t('list.callFilter', { call: filter.call })}</label>
        </div>
      )}
      <div className="field">
        <label htmlFor="search">{t('list.search')}</label>
        <input
          id="search"
          name="search"
          type="search"
          className="input medium"
          defaultValue={filter.search}
        />
      </div>
      <div className="field">
        <label htmlFor="party">{t('list.party')}</label>
        <select id="party" name="party" className="input medium" defaultValue={filter.party ?? ''}>
          <option value="">{t('list.parties.all')}</option>
          <option value="home">{t('list.parties.home')}</option>
          <option value="host">{t('list.parties.host')}</option>
        </select>
      </div>
      <div className="choice pb-2">
        <input id="ours" name="ours" type="checkbox" value="1" defaultChecked={filter.ours} />
        <label htmlFor="ours">{t('list.ours')}</label>
      </div>
      <div className="actions items-center">
        <SubmitButton kind="quiet">{t('list.apply')}</SubmitButton>
        {filtered && <a href="/exchanges">{t('list.reset')}</a>}
      </div>
    </form>
  );
}
