import { useTranslation } from 'react-i18next';
import { holds } from '#app/people/access.ts';
import { state, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Card } from '#app/ui/card.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { CallList } from '../calls/call-list.tsx';
import { callsInPreparation, listCalls } from '../calls/call-queries.ts';
import type { Route } from './+types/calls';

export async function loader({ context }: Route.LoaderArgs) {
  const { actor, now } = state(context);
  const t = words(context);
  const { db } = platform();
  const [calls, preparation] = await Promise.all([
    listCalls(db, now),
    actor ? callsInPreparation(db, actor) : [],
  ]);
  return {
    ...calls,
    preparation,
    now,
    coordinates: actor !== null && holds('coordinator')(actor, null),
    title: t('exchanges:calls.title'),
    description: t('exchanges:calls.lede'),
  };
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title),
  { name: 'description', content: loaderData?.description },
];

/** The public list of calls: open ones first, then those to come and past ones. */
export default function CallsPage({ loaderData }: Route.ComponentProps) {
  const { t } = useTranslation('exchanges');
  const { open, upcoming, past, preparation, now, coordinates } = loaderData;
  return (
    <>
      <PageHeader
        title={t('calls.title')}
        lede={t('calls.lede')}
        action={coordinates && <ButtonLink href="/exchanges/calls/new">{t('calls.draft')}</ButtonLink>}
      />
      {preparation.length > 0 && (
        <Card title={t('calls.preparation')} tone="act">
          <p className="note">{t('calls.preparationNote')}</p>
          <CallList calls={preparation} kind="preparation" now={now} />
        </Card>
      )}
      <Card title={t('calls.open')} id="open">
        {open.length > 0 ? (
          <CallList calls={open} kind="open" now={now} />
        ) : (
          <EmptyState title={t('calls.none')}>
            {t(past.length > 0 ? 'calls.noneText' : 'calls.noneTextOnly')}
          </EmptyState>
        )}
      </Card>
      {upcoming.length > 0 && (
        <Card title={t('calls.upcoming')} id="upcoming">
          <CallList calls={upcoming} kind="upcoming" now={now} />
        </Card>
      )}
      {past.length > 0 && (
        <Card title={t('calls.past')} id="past">
          <CallList calls={past} kind="past" now={now} />
        </Card>
      )}
    </>
  );
}
