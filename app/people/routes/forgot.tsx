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
import { askAuth } from '../ask-auth.server.ts';
import { DoorPage } from '../door-page.tsx';
import { sameTime } from '../same-time.ts';
import { addressForm, readForm } from '../schemas-account.ts';
import type { Route } from './+types/forgot';

export async function loader({ context }: Route.LoaderArgs) {
  return { sent: state(context).url.searchParams.has('sent') };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await sentForm(context, request);
  const { address } = state(context);
  return answer(context, typed(form), async () => {
    const { email } = readForm(addressForm, form);
    await passDoor(platform().db, 'forgot', { address, account: email });
    // Whatever the library answers, the page says the same.
    await sameTime(() => askAuth({ request, address }, '/request-password-reset', { email }));
    throw redirect('/forgot-password?sent=1', 303);
  });
}

export default function ForgotPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation(['account', 'common']);
  if (loaderData.sent && !actionData) {
    return (
      <DoorPage title={t('mailed.title')} aside={<a href="/forgot-password">{t('mailed.again')}</a>}>
        <p>{t('forgot.sent')}</p>
        <p className="note">{t('mailed.hint')}</p>
      </DoorPage>
    );
  }
  return (
    <DoorPage
      title={t('forgot.title')}
      lede={t('forgot.lede')}
      errors={formErrors(actionData, { email: t('field.email') })}
      aside={<a href="/sign-in">{t('signIn.submit')}</a>}
    >
      <PortalForm action="/forgot-password">
        <Field
          name="email"
          type="email"
          label={t('field.email')}
          value={actionData?.values.email}
          error={fieldError(actionData, 'email')}
          autoComplete="username"
          spellCheck={false}
        />
        <FormActions>
          <SubmitButton>{t('forgot.submit')}</SubmitButton>
        </FormActions>
      </PortalForm>
    </DoorPage>
  );
}
