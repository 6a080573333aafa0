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
import { DoorPage } from '../door-page.tsx';
import { safeNext, withNext } from '../safe-next.ts';
import { readForm, signInForm } from '../schemas-account.ts';
import type { Route } from './+types/sign-in';

export async function loader({ context }: Route.LoaderArgs) {
  const { url, actor, demo } = state(context);
  const next = safeNext(url.searchParams.get('next'));
  if (actor) throw redirect(next, 303);
  return { next, demo };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await sentForm(context, request);
  const next = safeNext(form.get('next'));
  const { address } = state(context);
  return answer(context, typed(form), async () => {
    const { email, password } = readForm(signInForm, form);
    const door = await passDoor(platform().db, 'sign-in', { address, account: email });
    const answered = await askAuth({ request, address }, '/sign-in/email', {
      email,
      password,
      callbackURL: next,
    });
    if (!answered.ok) throw authRefusal(answered);
    await door.succeeded();
    const to = answered.body.twoFactorRedirect ? withNext('/sign-in/two-factor', next) : next;
    throw redirect(to, { status: 303, headers: settingCookies(answered) });
  });
}

export default function SignInPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation(['account', 'common']);
  const next = actionData?.values.next ?? loaderData.next;
  return (
    <DoorPage
      title={t('signIn.title')}
      lede={t('signIn.lede')}
      errors={formErrors(actionData, { email: t('field.email'), password: t('field.password') })}
      aside={
        <>
          <p>
            {t('signIn.noAccount')} <a href={withNext('/sign-up', next)}>{t('signUp.title')}</a>
          </p>
          <p>
            <a href="/forgot-password">{t('signIn.forgot')}</a>
          </p>
          <p>
            <a href="/verify-email">{t('verify.again.title')}</a>
          </p>
          {loaderData.demo && <p className="note">{t('signIn.demo')}</p>}
        </>
      }
    >
      <PortalForm hidden={{ next }}>
        <Field
          name="email"
          type="email"
          label={t('field.email')}
          value={actionData?.values.email}
          error={fieldError(actionData, 'email')}
          autoComplete="username"
          spellCheck={false}
        />
        <Field
          name="password"
          type="password"
          label={t('field.password')}
          error={fieldError(actionData, 'password')}
          autoComplete="current-password"
        />
        <FormActions>
          <SubmitButton>{t('signIn.submit')}</SubmitButton>
        </FormActions>
      </PortalForm>
    </DoorPage>
  );
}
