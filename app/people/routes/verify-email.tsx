import { useTranslation } from 'react-i18next';
import { fieldError, formErrors } from '#app/platform/form-errors.ts';
import { passDoor } from '#app/platform/limiter.server.ts';
import { answer, done, sentForm, state, typed } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Field } from '#app/ui/field.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { askAuth, settingCookies } from '../ask-auth.server.ts';
import { DoorPage } from '../door-page.tsx';
import { mailLink } from '../mail-link.server.ts';
import { MailLinkPage } from '../mail-link-page.tsx';
import { safeNext, withNext } from '../safe-next.ts';
import { readForm, verifyForm } from '../schemas-account.ts';
import { claimIn, verifyAddress } from '../verify-address.ts';
import type { Route } from './+types/verify-email';

/** Opening the link verifies nothing: scanners of mail open links too. */
export async function loader({ context }: Route.LoaderArgs) {
  const { url } = state(context);
  const token = url.searchParams.get('token') ?? '';
  return {
    token,
    email: claimIn(token)?.email ?? null,
    next: safeNext(url.searchParams.get('next')),
    sent: url.searchParams.has('sent'),
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await sentForm(context, request);
  return form.has('token')
    ? verify(request, context, form)
    : mailLink({ request, context }, form, { ask: '/send-verification-email', page: '/verify-email' });
}

type Context = Route.ActionArgs['context'];

function verify(request: Request, context: Context, form: FormData) {
  const { address } = state(context);
  const next = safeNext(form.get('next'));
  const { db } = platform();
  return answer(context, typed(form), async () => {
    const { token, password } = readForm(verifyForm, form);
    const account = claimIn(token)?.email ?? token;
    const door = await passDoor(db, 'verify', { address, account });
    const ask = (path: string, body?: Record<string, unknown>) => askAuth({ request, address }, path, body);
    const signedIn = await verifyAddress(db, ask, token, password);
    await door.succeeded();
    const to = signedIn.body.twoFactorRedirect ? withNext('/sign-in/two-factor', next) : next;
    const response = await done(to, 'account:flash.verified');
    settingCookies(signedIn, response.headers);
    throw response;
  });
}

export default function VerifyPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation(['account', 'common']);
  const { email, sent } = loaderData;
  const token = actionData?.values.token ?? loaderData.token;
  const next = actionData?.values.next ?? loaderData.next;
  if (token) {
    return (
      <DoorPage
        title={t('verify.title')}
        lede={email ? t('verify.lede', { email }) : undefined}
        errors={formErrors(actionData, { email: t('field.email'), password: t('field.password') })}
        aside={
          <>
            <p>{t('verify.notYou')}</p>
            <p>
              <a href="/verify-email">{t('verify.again.title')}</a>
            </p>
          </>
        }
      >
        <PortalForm hidden={{ token, next }}>
          <Field
            name="password"
            type="password"
            label={t('field.password')}
            hint={t('verify.passwordHint')}
            error={fieldError(actionData, 'password')}
            autoComplete="current-password"
          />
          <FormActions>
            <SubmitButton>{t('verify.submit')}</SubmitButton>
          </FormActions>
        </PortalForm>
      </DoorPage>
    );
  }
  return (
    <MailLinkPage
      title={t('verify.again.title')}
      lede={t('verify.again.lede')}
      submit={t('verify.again.submit')}
      sent={sent ? t('verify.sent') : null}
      action="/verify-email"
      answer={actionData}
    />
  );
}
