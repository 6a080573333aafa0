import { useTranslation } from 'react-i18next';
import { readMailbox } from '#app/platform/mailer-mailbox.server.ts';
import { notFound } from '#app/platform/outcome.ts';
import { refusalResponse } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Card } from '#app/ui/card.tsx';
import { Facts } from '#app/ui/facts.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { When } from '#app/ui/when.tsx';
import type { Route } from './+types/mailbox-letter';

export async function loader({ context, params }: Route.LoaderArgs) {
  const { config } = platform();
  const letter = config.mail.transport === 'mailbox' ? await readMailbox(config.dataDir, params.id) : null;
  if (!letter) throw refusalResponse(context, notFound());
  const { html: _, ...shown } = letter;
  return shown;
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.subject)];

/** One message: as a mail program shows it, as text, and its headers. */
export default function MailboxLetter({ loaderData: letter }: Route.ComponentProps) {
  const { t } = useTranslation('mail');
  return (
    <>
      <PageHeader crumbs={[{ label: t('mailbox.back'), href: '/dev/mailbox' }]} title={letter.subject} />
      <Card>
        <Facts
          facts={[
            { term: t('mailbox.from'), value: letter.from },
            { term: t('mailbox.to'), value: letter.to },
            { term: t('mailbox.at'), value: <When at={letter.at} /> },
          ]}
        />
      </Card>
      <Card title={t('mailbox.html')}>
        <iframe
          className="h-[48rem] w-full border-0"
          sandbox=""
          title={letter.subject}
          src={`/dev/mailbox/${letter.id}/html`}
        />
        <p className="note">
          <a href={`/dev/mailbox/${letter.id}/html`}>{t('mailbox.alone')}</a>
        </p>
      </Card>
      <Card title={t('mailbox.text')}>
        <pre className="whitespace-pre-wrap">{letter.text}</pre>
      </Card>
      <Card title={t('mailbox.headers')}>
        <Facts facts={Object.entries(letter.headers).map(([term, value]) => ({ term, value }))} />
      </Card>
    </>
  );
}
