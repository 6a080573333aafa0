import { useTranslation } from 'react-i18next';
import { composeMessage, messagesByCode } from '#app/platform/compose-message.server.ts';
import { answer, done, shown, signedIn, state, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Card } from '#app/ui/card.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { Paragraphs } from '#app/ui/paragraphs.tsx';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { When } from '#app/ui/when.tsx';
import { inboxEntry } from '../queries.ts';
import { readEntry } from '../read-entry.ts';
import type { Route } from './+types/inbox-message';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { locale } = state(context);
  const { db, rooms } = platform();
  const entry = await shown(context, () => inboxEntry(db, actor, params.id));
  const composed = await composeMessage(db, messagesByCode(rooms), entry, {
    locale,
    personId: actor.personId,
  });
  const t = words(context);
  return {
    subject: composed?.subject ?? t('notifications:inbox.gone'),
    body: composed?.body ?? '',
    action: composed?.action ?? t('notifications:inbox.open'),
    path: composed?.path ?? null,
    createdAt: entry.createdAt,
    unread: entry.readAt === null,
  };
}

export async function action({ context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  return answer(context, {}, async () => {
    await inboxEntry(platform().db, actor, params.id);
    await readEntry(platform().db, actor, params.id);
    return done('/inbox', 'notifications:flash.read');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.subject)];

/** One message. Opening it changes nothing; marking it as read is a form of its own. */
export default function InboxMessage({ loaderData }: Route.ComponentProps) {
  const { t } = useTranslation('notifications');
  const { subject, body, action: label, path, createdAt, unread } = loaderData;
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('inbox.title'), href: '/inbox' }, { label: subject }]}
        title={subject}
        lede={<When at={createdAt} />}
      />
      <Card>
        <div className="prose">
          <Paragraphs text={body} />
        </div>
        <div className="actions">
          {path && <ButtonLink href={path}>{label}</ButtonLink>}
          {unread && (
            <PortalForm inline label={t('inbox.markRead')}>
              <SubmitButton kind="quiet">{t('inbox.markRead')}</SubmitButton>
            </PortalForm>
          )}
        </div>
      </Card>
    </>
  );
}
