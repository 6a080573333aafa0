import { useTranslation } from 'react-i18next';
import { data } from 'react-router';
import { words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { readUnsubscribeToken } from '#app/platform/unsubscribe.server.ts';
import { Card } from '#app/ui/card.tsx';
import { Flash } from '#app/ui/flash.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { unsubscribe } from '../unsubscribe.ts';
import type { Route } from './+types/unsubscribe';

const read = (token: string) => readUnsubscribeToken(platform().config.authSecret, token);

export function loader({ context, params }: Route.LoaderArgs) {
  const title = words(context)('notifications:unsubscribe.title');
  return data({ title, known: read(params.token) !== null }, { status: read(params.token) ? 200 : 404 });
}

/** Also the one-click address of RFC 8058: the token proves it, so no sign-in and no origin is asked. */
export async function action({ params }: Route.ActionArgs) {
  const wish = read(params.token);
  if (!wish) return data({ stopped: false }, { status: 404 });
  await unsubscribe(platform().db, wish);
  return { stopped: true };
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title),
  { name: 'robots', content: 'noindex' },
];

export default function Unsubscribe({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation('notifications');
  return (
    <>
      <PageHeader title={t('unsubscribe.title')} />
      {!loaderData.known && (
        <Flash tone="stop" title={t('unsubscribe.bad')}>
          {t('unsubscribe.badText')}
        </Flash>
      )}
      {loaderData.known && actionData?.stopped && <Flash>{t('unsubscribe.done')}</Flash>}
      {loaderData.known && !actionData?.stopped && (
        <Card>
          <p>{t('unsubscribe.ask')}</p>
          <PortalForm>
            <SubmitButton>{t('unsubscribe.do')}</SubmitButton>
          </PortalForm>
        </Card>
      )}
    </>
  );
}
