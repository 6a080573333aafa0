import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { listDelegations } from '#app/delegations/queries.ts';
import { institutionsOf } from '#app/people/access.ts';
import { signedIn, state, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Card } from '#app/ui/card.tsx';
import { Chip } from '#app/ui/chip.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { Pagination } from '#app/ui/pagination.tsx';
import { DateOn } from '#app/ui/when.tsx';
import { useWords } from '#app/ui/words.ts';
import type { Route } from './+types/delegations';

const TONES = { planned: 'risk', shared: 'ok', closed: 'idle' } as const;

export async function loader({ context }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { locale, url } = state(context);
  const after = z
    .uuid()
    .optional()
    .catch(undefined)
    .parse(url.searchParams.get('after') ?? undefined);
  const { rows, next } = await listDelegations(platform().db, actor, after);
  return {
    title: words(context)('delegations:list.title'),
    mayPlan: institutionsOf(actor, 'coordinator', 'protocol').length > 0,
    nextHref: next ? `/delegations?after=${next}` : undefined,
    rows: rows.map(({ title, home, ...row }) => ({
      ...row,
      title: title[locale] || title.en,
      home: home[locale],
      href: row.board
        ? `/delegations/${row.reference}`
        : `/delegations/${row.reference}/people/${row.ownFile}`,
    })),
  };
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** The delegations a person sees to or travels with. */
export default function Delegations({ loaderData }: Route.ComponentProps) {
  const { t } = useTranslation('delegations');
  const { city } = useWords();
  const { rows, mayPlan, nextHref } = loaderData;
  const begin = mayPlan && (
    <div className="actions">
      <ButtonLink href="/delegations/new">{t('list.new')}</ButtonLink>
      <ButtonLink href="/delegations/events/new" kind="quiet">
        {t('newEvent.open')}
      </ButtonLink>
    </div>
  );
  return (
    <>
      <PageHeader title={t('list.title')} lede={t('list.lede')} action={rows.length > 0 && begin} />
      <Card>
        <DataTable
          caption={t('list.caption')}
          rows={rows}
          rowKey={(row) => row.id}
          columns={[
            {
              key: 'event',
              head: t('list.event'),
              rowHeader: true,
              cell: (row) => (
                <>
                  <a href={row.href}>{row.title}</a>
                  <div className="note">{row.reference}</div>
                </>
              ),
            },
            {
              key: 'home',
              head: t('list.home'),
              cell: (row) => `${row.home}, ${city[row.homeSide]}`,
            },
            {
              key: 'dates',
              head: t('list.dates'),
              cell: (row) => <DateOn on={row.startsOn} to={row.endsOn} />,
            },
            { key: 'people', head: t('list.people'), align: 'end', cell: (row) => row.people },
            {
              key: 'state',
              head: t('list.state'),
              cell: (row) => <Chip tone={TONES[row.state]}>{t(`state.${row.state}`)}</Chip>,
            },
          ]}
          empty={
            <EmptyState title={t('list.emptyTitle')} action={begin || undefined}>
              {mayPlan ? t('list.empty') : t('list.emptyOwn')}
            </EmptyState>
          }
        />
        {nextHref && <Pagination nextHref={nextHref} />}
      </Card>
    </>
  );
}
