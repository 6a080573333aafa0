import { useTranslation } from 'react-i18next';
import { redirect } from 'react-router';
import { done, state } from '#app/platform/request.server.ts';
import { FormActions } from '#app/ui/form-actions.tsx';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { askAuth, settingCookies } from '../ask-auth.server.ts';
import { DoorPage } from '../door-page.tsx';
import { forgetAccount } from '../session.server.ts';
import type { Route } from './+types/sign-out';

/** Opening the address signs nobody out: it asks. */
export async function loader({ context }: Route.LoaderArgs) {
  if (!state(context).accountId) throw redirect('/', 303);
  return null;
}

export async function action({ request, context }: Route.ActionArgs) {
  const { address, accountId } = state(context);
  const answered = await askAuth({ request, address }, '/sign-out', {});
  if (accountId) forgetAccount(accountId);
  const response = await done('/', 'account:flash.signedOut');
  settingCookies(answered, response.headers);
  return response;
}

export default function SignOutPage() {
  const { t } = useTranslation(['account', 'common']);
  return (
    <DoorPage title={t('signOut.title')} lede={t('signOut.lede')}>
      <PortalForm>
        <FormActions>
          <SubmitButton>{t('signOut.submit')}</SubmitButton>
        </FormActions>
      </PortalForm>
    </DoorPage>
  );
}
