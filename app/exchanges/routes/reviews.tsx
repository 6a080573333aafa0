import { useTranslation } from 'react-i18next';
import { shown, signedIn, state, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Card } from '#app/ui/card.tsx';
import { Chip } from '#app/ui/chip.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { WaitingList } from '#app/ui/waiting-list.tsx';
import { When } from '#app/ui/when.tsx';
import { inLanguage } from '../localized.ts';
import { reviewQueue } from '../reviews/review-queries.ts';
import { REVIEW_TONES } from '../reviews/review-tones.ts';
import type { Route } from './+types/reviews';

export async function loader({ context }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { now } = state(context);
  const queue = await shown(context, () => reviewQueue(platform().db, actor));
  return { ...queue, now, title: words(context)('reviews:queue.title') };
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** A reviewer's queue: what waits, the nearest date first, and what is done. */
export default function ReviewsPage({ loaderData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation('reviews');
  const language = languageOf(i18n);
  const { waiting, past, now } = loaderData;
  return (
    <>
      <PageHeader title={t('queue.title')} lede={t('queue.lede')} />
      <Card title={t('queue.waiting')} id="waiting">
        {waiting.length === 0 ? (
          <EmptyState title={t('queue.none')}>{t('queue.noneText')}</EmptyState>
        ) : (
          <WaitingList
            now={now}
            tasks={waiting.map((row) => ({
              title: row.title,
              href: `/reviews/${row.id}`,
              detail: t('queue.detail', {
                reference: row.reference,
                call: inLanguage(row.call.title, language),
              }),
              due: row.dueAt,
              tone: row.dueAt < now ? 'stop' : undefined,
            }))}
          />
        )}
      </Card>
      {past.length > 0 && (
        <Card title={t('queue.past')}>
          <DataTable
            caption={t('queue.past')}
            rows={past}
            rowKey={(row) => row.id}
            columns={[
              {
                key: 'application',
                head: t('queue.application'),
                cell: (row) => (
                  <>
                    <a href={`/reviews/${row.id}`}>{row.state === 'recused' ? row.reference : row.title}</a>
                    {row.state !== 'recused' && <span className="note"> {row.reference}</span>}
                  </>
                ),
              },
              { key: 'call', head: t('queue.call'), cell: (row) => inLanguage(row.call.title, language) },
              {
                key: 'state',
                head: t('queue.state'),
                cell: (row) => <Chip tone={REVIEW_TONES[row.state]}>{t(`state.${row.state}`)}</Chip>,
              },
              {
                key: 'when',
                head: t('queue.when'),
                cell: (row) => (row.submittedAt ? <When at={row.submittedAt} /> : '—'),
              },
            ]}
          />
        </Card>
      )}
    </>
  );
}
