import { useTranslation } from 'react-i18next';
import { institutionsOf } from '#app/people/access.ts';
import { personName } from '#app/people/person-name.ts';
import { signedIn, state, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Card } from '#app/ui/card.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { formatCount } from '#app/ui/format-count.ts';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { Pagination } from '#app/ui/pagination.tsx';
import { Pipe } from '#app/ui/pipe.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { ApplicationTable, type ShownRow } from '../application-table.tsx';
import type { BulkAct } from '../bulk-decisions.ts';
import { listHref, type PageFilter, queryOf, readListFilter } from '../list-filter.ts';
import { ListFilters } from '../list-filters.tsx';
import { countByStage, type ListRow, listApplications, ownApplications } from '../list-queries.ts';
import type { PipelineStage } from '../stages.ts';
import type { Route } from './+types/exchanges';

export async function loader({ context }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { locale, now, url } = state(context);
  const { db } = platform();
  const title = words(context)('exchanges:title');
  const coordinates = institutionsOf(actor, 'coordinator').length > 0;
  const filter = readListFilter(url.searchParams);
  if (!coordinates || filter.view === 'own') {
    const rows = await ownApplications(db, actor, locale);
    return { view: 'own' as const, title, coordinates, filter, now, rows: rows.map(named(locale)) };
  }
  const [page, counts] = await Promise.all([
    listApplications(db, actor, filter, locale),
    countByStage(db, actor, filter),
  ]);
  return {
    view: 'institution' as const,
    title,
    coordinates,
    filter,
    now,
    counts,
    ...page,
    rows: page.rows.map(named(locale)),
  };
}

/** The row as it is shown: the name in the reader's script, without the parts it is made of. */
const named =
  (locale: 'en' | 'ru') =>
  (row: ListRow): ShownRow => {
    const {
      givenName: _g,
      familyName: _f,
      givenNameRu: _gr,
      familyNameRu: _fr,
      patronymicRu: _p,
      ...shown
    } = row;
    return { ...shown, name: personName(row, locale) };
  };

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** Applications: the applicant's own, or the pipeline of the institutions one coordinates. */
export default function ExchangesPage({ loaderData }: Route.ComponentProps) {
  const { t } = useTranslation('exchanges');
  const { view, coordinates } = loaderData;
  return (
    <>
      <PageHeader
        title={t(`list.${view}`)}
        lede={t(`list.${view}Lede`)}
        action={
          <ButtonLink href="/calls" kind={view === 'own' ? 'act' : 'quiet'}>
            {t('list.calls')}
          </ButtonLink>
        }
      />
      {coordinates && (
        <nav className="tabs" aria-label={t('list.views')}>
          <a href="/exchanges" aria-current={view === 'institution' ? 'page' : undefined}>
            {t('list.viewInstitution')}
          </a>
          <a href="/exchanges?view=own" aria-current={view === 'own' ? 'page' : undefined}>
            {t('list.viewOwn')}
          </a>
        </nav>
      )}
      {loaderData.view === 'own' ? <Own data={loaderData} /> : <Pipeline data={loaderData} />}
    </>
  );
}

type Data = Awaited<ReturnType<typeof loader>>;

function Own({ data }: { data: Extract<Data, { view: 'own' }> }) {
  const { t } = useTranslation('exchanges');
  if (data.rows.length === 0) {
    return (
      <Card>
        <EmptyState
          title={t('list.ownNone')}
          action={<ButtonLink href="/calls">{t('list.findCall')}</ButtonLink>}
        >
          {t('list.ownNoneText')}
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card>
      <ApplicationTable caption={t('list.own')} rows={data.rows} now={data.now} own />
    </Card>
  );
}

function Pipeline({ data }: { data: Extract<Data, { view: 'institution' }> }) {
  const { t, i18n } = useTranslation('exchanges');
  const language = languageOf(i18n);
  const { filter, counts, rows } = data;
  const all = counts.reduce((sum, one) => sum + one.count, 0);
  const capped = counts.some((one) => one.capped);
  const chosen = filter.stage ? counts.find((one) => one.stage === filter.stage) : null;
  const filtered = Boolean(filter.stage || filter.search || filter.party || filter.ours || filter.call);
  const acts = filter.stage ? ACTS[filter.stage] : undefined;
  const number = (one: { count: number; capped: boolean }) => formatCount(one.count, language, one.capped);
  return (
    <>
      <Pipe
        label={t('list.pipeline')}
        items={[
          {
            label: t('list.all'),
            count: Math.min(all, 1000),
            capped: capped || all > 1000,
            href: listHref(filter, { stage: undefined, ours: false }),
            current: !filter.stage && !filter.ours,
          },
          ...counts.map(({ stage, count, capped: more, home, host }) => ({
            label: t(`pipeline.${stage}`),
            count,
            capped: more,
            note: count > 0 ? t('pipeline.sides', { home: number(home), host: number(host) }) : undefined,
            href: listHref(filter, { stage, ours: false }),
            current: filter.stage === stage,
          })),
        ]}
      />
      <Card>
        <ListFilters filter={filter} filtered={filtered} />
        {rows.length === 0 && (
          <EmptyState title={t(filtered ? 'list.empty' : 'list.none')}>
            {t(filtered ? 'list.emptyText' : 'list.noneText')}
          </EmptyState>
        )}
        {rows.length > 0 && acts && (
          <form action="/exchanges/bulk" data-portal="">
            <ApplicationTable caption={t('list.institution')} rows={rows} now={data.now} selectable />
            <div className="form-inline mt-4">
              <div className="field">
                <label htmlFor="act">{t('bulk.act')}</label>
                <select id="act" name="act" className="input medium">
                  {acts.map((act) => (
                    <option key={act} value={act}>
                      {t(`bulk.acts.${act}`)}
                    </option>
                  ))}
                </select>
              </div>
              <div className="actions items-center">
                <SubmitButton kind="quiet">{t('bulk.preview')}</SubmitButton>
              </div>
            </div>
          </form>
        )}
        {rows.length > 0 && !acts && (
          <ApplicationTable caption={t('list.institution')} rows={rows} now={data.now} />
        )}
        <Pagination
          count={filter.ours ? undefined : (chosen?.count ?? Math.min(all, 1000))}
          capped={chosen ? chosen.capped : capped || all > 1000}
          previousHref={data.previous ? listHref(filter, { before: data.previous }) : undefined}
          nextHref={data.next ? listHref(filter, { after: data.next }) : undefined}
        />
        {rows.length > 0 && (
          <p className="actions note">
            <a href={`/exchanges/export.xlsx${exportQuery(filter)}`}>{t('list.exportXlsx')}</a>
            <a href={`/exchanges/export.csv${exportQuery(filter)}`}>{t('list.exportCsv')}</a>
          </p>
        )}
      </Card>
    </>
  );
}

/** In which stages several can be decided at once, and how. */
const ACTS: Partial<Record<PipelineStage, readonly BulkAct[]>> = {
  check: ['eligible'],
  review: ['nominate'],
  nominate: ['nominate'],
};

/** A file holds the whole filtered list, not the page of it that is shown. */
const exportQuery = (filter: PageFilter) => queryOf({ ...filter, after: undefined, before: undefined });
