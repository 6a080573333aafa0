import { useTranslation } from 'react-i18next';
import { listMailbox } from '#app/platform/mailer-mailbox.server.ts';
import { notFound } from '#app/platform/outcome.ts';
import { refusalResponse, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { When } from '#app/ui/when.tsx';
import type { Route } from './+types/mailbox';

export async function loader({ context }: Route.LoaderArgs) {
  const { config } = platform();
  if (config.mail.transport !== 'mailbox') throw refusalResponse(context, notFound());
  const letters = await listMailbox(config.dataDir);
  return {
    title: words(context)('mail:mailbox.title'),
    letters: letters.map(({ id, at, to, subject }) => ({ id, at, to, subject })),
  };
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** Every message that would have been sent, the newest first. */
export default function Mailbox({ loaderData }: Route.ComponentProps) {
  const { t } = useTranslation('mail');
  return (
    <>
      <PageHeader title={t('mailbox.title')} lede={t('mailbox.lede')} />
      <DataTable
        caption={t('mailbox.title')}
        columns={[
          {
            key: 'subject',
            head: t('mailbox.subject'),
            cell: ({ id, subject }) => <a href={`/dev/mailbox/${id}`}>{subject}</a>,
          },
          { key: 'to', head: t('mailbox.to'), cell: ({ to }) => to },
          { key: 'at', head: t('mailbox.at'), cell: ({ at }) => <When at={at} /> },
        ]}
        rows={loaderData.letters}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t('mailbox.title')}>{t('mailbox.none')}</EmptyState>}
      />
    </>
  );
}
