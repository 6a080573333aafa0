import { useTranslation } from 'react-i18next';
import { sentForm, state } from '#app/platform/request.server.ts';
import { mailLink } from '../mail-link.server.ts';
import { MailLinkPage } from '../mail-link-page.tsx';
import type { Route } from './+types/forgot';

export async function loader({ context }: Route.LoaderArgs) {
  return { sent: state(context).url.searchParams.has('sent') };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await sentForm(context, request);
  return mailLink({ request, context }, form, { ask: '/request-password-reset', page: '/forgot-password' });
}

/** A password is forgotten: a link to a new one goes by mail. */
export default function ForgotPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation('account');
  return (
    <MailLinkPage
      title={t('forgot.title')}
      lede={t('forgot.lede')}
      submit={t('forgot.submit')}
      sent={loaderData.sent ? t('forgot.sent') : null}
      action="/forgot-password"
      answer={actionData}
    />
  );
}
