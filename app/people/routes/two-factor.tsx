import { useTranslation } from 'react-i18next';
import { redirect } from 'react-router';
import { fieldError, formErrors } from '#app/platform/form-errors.ts';
import { passDoor } from '#app/platform/limiter.server.ts';
import { answer, sentForm, state, typed } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Field } from '#app/ui/field.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { askAuth, authRefusal, settingCookies } from '../ask-auth.server.ts';
import { challengeCookieName } from '../auth-cookies.ts';
import { cookieValue } from '../cookie-value.ts';
import { DoorPage } from '../door-page.tsx';
import { safeNext, withNext } from '../safe-next.ts';
import { codeForm, readForm } from '../schemas-account.ts';
import type { Route } from './+types/two-factor';

export async function loader({ request, context }: Route.LoaderArgs) {
  const { url, actor } = state(context);
  const next = safeNext(url.searchParams.get('next'));
  if (actor) throw redirect(next, 303);
  // Without a challenge there is nothing to answer: the password comes first.
  if (!challengeOf(request)) throw redirect(withNext('/sign-in', next), 303);
  return { next };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await sentForm(context, request);
  const next = safeNext(form.get('next'));
  const { address } = state(context);
  return answer(context, typed(form), async () => {
    const { code } = readForm(codeForm, form);
    const challenge = challengeOf(request) ?? 'none';
    const door = await passDoor(platform().db, 'second-factor', { address, account: challenge });
    const path = /^\d{6}$/.test(code) ? '/two-factor/verify-totp' : '/two-factor/verify-backup-code';
    const answered = await askAuth({ request, address }, path, { code });
    if (!answered.ok) throw authRefusal(answered, 'code');
    await door.succeeded();
    throw redirect(next, { status: 303, headers: settingCookies(answered) });
  });
}

function challengeOf(request: Request): string | null {
  return cookieValue(request, challengeCookieName(platform().config.appUrl));
}

export default function TwoFactorPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation(['account', 'common']);
  return (
    <DoorPage
      title={t('challenge.title')}
      lede={t('challenge.lede')}
      errors={formErrors(actionData, { code: t('challenge.code') })}
      aside={
        <>
          <p>{t('challenge.lost')}</p>
          <p>
            <a href="/sign-in">{t('challenge.again')}</a>
          </p>
        </>
      }
    >
      <PortalForm hidden={{ next: actionData?.values.next ?? loaderData.next }}>
        <Field
          name="code"
          label={t('challenge.code')}
          hint={t('challenge.hint')}
          error={fieldError(actionData, 'code')}
          autoComplete="one-time-code"
          width="medium"
          spellCheck={false}
        />
        <FormActions>
          <SubmitButton>{t('signIn.submit')}</SubmitButton>
        </FormActions>
      </PortalForm>
    </DoorPage>
  );
}
