import { useTranslation } from 'react-i18next';
import { mayPlanEvent, publicEvent } from '#app/delegations/queries.ts';
import { shown, state } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Card } from '#app/ui/card.tsx';
import { Columns } from '#app/ui/columns.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Facts } from '#app/ui/facts.tsx';
import { Flash } from '#app/ui/flash.tsx';
import { formatDateRange } from '#app/ui/format-when.ts';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { When } from '#app/ui/when.tsx';
import type { Route } from './+types/event';

export async function loader({ context, params }: Route.LoaderArgs) {
  const { locale, now, actor } = state(context);
  const found = await shown(context, () => publicEvent(platform().db, params.ref.toUpperCase()));
  const { event, host, sessions } = found;
  return {
    title: event.title[locale] || event.title.en,
    summary: event.summary[locale] || event.summary.en,
    reference: event.reference,
    startsOn: event.startsOn,
    endsOn: event.endsOn,
    place: [event.venue[locale], event.city[locale]].filter(Boolean).join(', '),
    host: host[locale],
    over: event.endsOn < now.toISOString().slice(0, 10),
    mayImport: mayPlanEvent(actor, event),
    sessions: sessions.map((one) => ({
      code: one.code,
      title: one.title[locale] || one.title.en,
      kind: one.kind,
      hall: one.hall,
      startsAt: one.startsAt,
    })),
  };
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** An event for anybody to read: where, when, and its programme in both cities' time. */
export default function EventPage({ loaderData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation('delegations');
  const { title, summary, sessions, reference, over, mayImport } = loaderData;
  const dates = formatDateRange(loaderData.startsOn, loaderData.endsOn, languageOf(i18n));
  return (
    <>
      <PageHeader
        title={title}
        lede={summary}
        action={
          mayImport && (
            <ButtonLink kind="quiet" href={`/events/${reference}/programme`}>
              {t('event.import')}
            </ButtonLink>
          )
        }
      />
      {over && <Flash tone="idle" title={t('event.over')} />}
      <Columns
        asideLabel={t('event.facts')}
        aside={
          <Card title={t('event.facts')}>
            <Facts
              facts={[
                { term: t('event.dates'), value: dates },
                { term: t('event.place'), value: loaderData.place },
                { term: t('event.host'), value: loaderData.host },
              ]}
            />
          </Card>
        }
      >
        <Card title={t('event.programme')}>
          <DataTable
            caption={t('event.programme')}
            rows={sessions}
            rowKey={(one) => one.code}
            columns={[
              { key: 'when', head: t('event.when'), cell: (one) => <When at={one.startsAt} /> },
              { key: 'title', head: t('event.session'), rowHeader: true, cell: (one) => one.title },
              { key: 'kind', head: t('event.kind'), cell: (one) => t(`kind.${one.kind}`) },
              { key: 'hall', head: t('event.hall'), cell: (one) => one.hall || '—' },
            ]}
            empty={<EmptyState title={t('event.programmeNone')}>{t('event.programmeNoneHint')}</EmptyState>}
          />
        </Card>
      </Columns>
    </>
  );
}
