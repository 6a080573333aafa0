import { useTranslation } from 'react-i18next';
import { fieldError, formErrors } from '#app/platform/form-errors.ts';
import { passDoor } from '#app/platform/limiter.server.ts';
import { answer, done, sentForm, state, typed } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Field } from '#app/ui/field.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { askAuth, authRefusal } from '../ask-auth.server.ts';
import { DoorPage } from '../door-page.tsx';
import { newPasswordForm, readForm } from '../schemas-account.ts';
import type { Route } from './+types/reset';

/** Opening the link uses nothing up: scanners of mail open links too. */
export async function loader({ context }: Route.LoaderArgs) {
  return { token: state(context).url.searchParams.get('token') ?? '' };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await sentForm(context, request);
  const { address } = state(context);
  return answer(context, typed(form), async () => {
    const { token, newPassword } = readForm(newPasswordForm, form);
    const door = await passDoor(platform().db, 'reset', { address, account: token });
    const answered = await askAuth({ request, address }, '/reset-password', { token, newPassword });
    if (!answered.ok) {
      throw answered.code?.startsWith('PASSWORD')
        ? authRefusal(answered, 'newPassword')
        : authRefusal(answered);
    }
    await door.succeeded();
    throw await done('/sign-in', 'account:flash.passwordSet');
  });
}

export default function ResetPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation(['account', 'common']);
  const token = actionData?.values.token ?? loaderData.token;
  if (!token) {
    return (
      <DoorPage title={t('reset.title')}>
        <p>
          {t('reset.noToken')} <a href="/forgot-password">{t('reset.newLink')}</a>
        </p>
      </DoorPage>
    );
  }
  return (
    <DoorPage
      title={t('reset.title')}
      lede={t('reset.lede')}
      errors={formErrors(actionData, { newPassword: t('field.newPassword') })}
      aside={<a href="/forgot-password">{t('reset.newLink')}</a>}
    >
      <PortalForm hidden={{ token }}>
        <Field
          name="newPassword"
          type="password"
          label={t('field.newPassword')}
          hint={t('field.passwordHint')}
          error={fieldError(actionData, 'newPassword')}
          autoComplete="new-password"
        />
        <FormActions>
          <SubmitButton>{t('reset.submit')}</SubmitButton>
        </FormActions>
      </PortalForm>
    </DoorPage>
  );
}
