import { useTranslation } from 'react-i18next';
import { redirect } from 'react-router';
import { fieldError, formErrors } from '#app/platform/form-errors.ts';
import { passDoor } from '#app/platform/limiter.server.ts';
import { answer, sentForm, signedIn, state, typed } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Field } from '#app/ui/field.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { confirmSession } from '../confirm-session.ts';
import { DoorPage } from '../door-page.tsx';
import { safeNext } from '../safe-next.ts';
import { passwordForm, readForm } from '../schemas-account.ts';
import type { Route } from './+types/account-confirm';

export async function loader({ context }: Route.LoaderArgs) {
  signedIn(context);
  return { next: safeNext(state(context).url.searchParams.get('next'), '/account') };
}

export async function action({ request, context }: Route.ActionArgs) {
  const { accountId } = signedIn(context);
  const form = await sentForm(context, request);
  const next = safeNext(form.get('next'), '/account');
  const { address, sessionId } = state(context);
  const { db } = platform();
  return answer(context, typed(form), async () => {
    const { password } = readForm(passwordForm, form);
    if (!sessionId) throw redirect('/sign-in', 303);
    const door = await passDoor(db, 'confirm', { address, account: accountId });
    await confirmSession(db, { accountId, sessionId }, password);
    await door.succeeded();
    throw redirect(next, 303);
  });
}

export default function ConfirmPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation(['account', 'common']);
  return (
    <DoorPage
      title={t('confirm.title')}
      lede={t('confirm.lede')}
      errors={formErrors(actionData, { password: t('field.password') })}
      aside={<a href="/forgot-password">{t('signIn.forgot')}</a>}
    >
      <PortalForm hidden={{ next: actionData?.values.next ?? loaderData.next }}>
        <Field
          name="password"
          type="password"
          label={t('field.password')}
          error={fieldError(actionData, 'password')}
          autoComplete="current-password"
        />
        <FormActions>
          <SubmitButton>{t('common:button.continue')}</SubmitButton>
        </FormActions>
      </PortalForm>
    </DoorPage>
  );
}
