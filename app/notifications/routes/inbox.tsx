import { useTranslation } from 'react-i18next';
import { messagesByCode } from '#app/platform/compose-message.server.ts';
import { signedIn, state, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Card } from '#app/ui/card.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { Pagination } from '#app/ui/pagination.tsx';
import { When } from '#app/ui/when.tsx';
import { inboxSubjects } from '../inbox-subjects.ts';
import { listInbox } from '../queries.ts';
import { pageAfter } from '../schemas.ts';
import type { Route } from './+types/inbox';

export async function loader({ context }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { url, locale } = state(context);
  const { db, rooms } = platform();
  const { rows, next } = await listInbox(db, actor, pageAfter(url));
  const subjects = await inboxSubjects(db, messagesByCode(rooms), rows, locale);
  const t = words(context);
  return {
    title: t('notifications:inbox.title'),
    topic: `inbox:${actor.personId}`,
    entries: rows.map(({ id, createdAt, readAt }) => ({
      id,
      createdAt,
      unread: readAt === null,
      subject: subjects.get(id) ?? t('notifications:inbox.gone'),
    })),
    nextHref: next ? `/inbox?after=${next}` : undefined,
  };
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** Everything the portal has told this person, newest first. */
export default function Inbox({ loaderData }: Route.ComponentProps) {
  const { t } = useTranslation('notifications');
  const { entries, topic, nextHref } = loaderData;
  return (
    <>
      <PageHeader title={t('inbox.title')} lede={t('inbox.lede')} />
      <Card live={topic}>
        {entries.length === 0 ? (
          <EmptyState title={t('inbox.empty')}>{t('inbox.emptyHint')}</EmptyState>
        ) : (
          <ul className="tasks">
            {entries.map((entry) => (
              <li key={entry.id}>
                <div className="what">
                  <a href={`/inbox/${entry.id}`}>{entry.unread ? <b>{entry.subject}</b> : entry.subject}</a>
                </div>
                {entry.unread && <span className="count">{t('inbox.unread')}</span>}
                <div className="due">
                  <When at={entry.createdAt} year={false} />
                </div>
              </li>
            ))}
          </ul>
        )}
        <Pagination nextHref={nextHref} />
      </Card>
    </>
  );
}
