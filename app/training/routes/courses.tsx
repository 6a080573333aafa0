import { useTranslation } from 'react-i18next';
import { state, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Card } from '#app/ui/card.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { Pagination } from '#app/ui/pagination.tsx';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { Select } from '#app/ui/select.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { areas } from '../areas.ts';
import { listRuns } from '../catalogue-queries.ts';
import { FreeSeats } from '../free-seats.tsx';
import { stageOf } from '../run-clock.ts';
import { RunList } from '../run-list.tsx';
import { catalogueFilter } from '../schemas.ts';
import type { Route } from './+types/courses';

export async function loader({ context }: Route.LoaderArgs) {
  const { url, now } = state(context);
  const t = words(context);
  const filter = catalogueFilter.parse(Object.fromEntries(url.searchParams));
  const list = await listRuns(platform().db, filter, now.toISOString().slice(0, 10));
  const query = new URLSearchParams();
  if (filter.area) query.set('area', filter.area);
  if (filter.when) query.set('when', filter.when);
  if (list.next) query.set('after', list.next);
  return {
    ...list,
    rows: list.rows.map((row) => ({ ...row, stage: stageOf(row, row.timeZone, now) })),
    filter,
    nextHref: list.next ? `/courses?${query}` : undefined,
    title: t('training:catalogue.title'),
    description: t('training:catalogue.lede'),
  };
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title),
  { name: 'description', content: loaderData?.description },
];

/** The public catalogue: courses by their dates, with the seats that are free. */
export default function Courses({ loaderData }: Route.ComponentProps) {
  const { t } = useTranslation(['training', 'common']);
  const { rows, filter, nextHref } = loaderData;
  const past = filter.when === 'past';
  return (
    <>
      <PageHeader
        title={t('catalogue.title')}
        lede={t('catalogue.lede')}
        action={
          <ButtonLink kind="quiet" href={past ? '/courses' : '/courses?when=past'}>
            {t(past ? 'catalogue.showUpcoming' : 'catalogue.showPast')}
          </ButtonLink>
        }
      />
      <PortalForm method="get" inline label={t('catalogue.filter')} hidden={{ when: filter.when }}>
        <Select
          name="area"
          label={t('course.area')}
          optional
          value={filter.area ?? ''}
          empty={t('catalogue.anyArea')}
          options={areas.map((area) => ({ value: area, label: t(`area.${area}`) }))}
          width="medium"
        />
        <SubmitButton kind="quiet">{t('common:button.filter')}</SubmitButton>
      </PortalForm>
      <Card title={t(past ? 'catalogue.past' : 'catalogue.upcoming')}>
        {rows.length > 0 ? (
          <RunList
            caption={t(past ? 'catalogue.past' : 'catalogue.upcoming')}
            rows={rows}
            href={(row) => `/courses/${row.code}`}
            head={t('list.seats')}
            cell={(row) =>
              past ? (
                row.seats
              ) : row.stage === 'open' ? (
                <FreeSeats free={row.free} />
              ) : (
                t(`stage.${row.stage}`)
              )
            }
          />
        ) : (
          <EmptyState title={t('catalogue.none')}>{t('catalogue.noneText')}</EmptyState>
        )}
        <Pagination nextHref={nextHref} />
      </Card>
    </>
  );
}
