import { useTranslation } from 'react-i18next';
import { data, redirect } from 'react-router';
import { formErrors } from '#app/platform/form-errors.ts';
import { passDoor } from '#app/platform/limiter.server.ts';
import { invalid } from '#app/platform/outcome.ts';
import { answer, done, sentForm, shown, signedIn, state, typed } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Flash } from '#app/ui/flash.tsx';
import { accountOf } from '../account-of.ts';
import { askAuth, authRefusal, settingCookies } from '../ask-auth.server.ts';
import { auth } from '../auth.server.ts';
import { DoorPage } from '../door-page.tsx';
import { codeForm, passwordForm, readForm } from '../schemas-account.ts';
import { BackupCodes, Enrolling, SetUp, SwitchedOn } from '../two-factor-steps.tsx';
import type { Route } from './+types/account-two-factor';

type Arguments = Pick<Route.ActionArgs, 'request' | 'context'>;

export async function loader({ context }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { sessionId, secondFactorDue } = state(context);
  const { twoFactor } = await shown(context, () => accountOf(platform().db, actor, sessionId));
  return { twoFactor, due: secondFactorDue };
}

export async function action({ request, context }: Route.ActionArgs) {
  signedIn(context);
  const form = await sentForm(context, request);
  return answer(context, typed(form), async () => {
    switch (form.get('intent')) {
      case 'start':
        return start({ request, context }, form);
      case 'verify':
        return verify({ request, context }, form);
      case 'renew':
        return renew({ request, context }, form);
      case 'disable':
        return disable({ request, context }, form);
      default:
        throw invalid('choice');
    }
  });
}

/** A new secret, shown until a code made from it comes back. */
async function start(from: Arguments, form: FormData) {
  const answered = await askWithPassword(from, form, '/two-factor/enable');
  return { uri: String(answered.body.totpURI), codes: null };
}

/** The first code: the second factor is on, the session is a new one, the backup codes are shown this once. */
async function verify({ request, context }: Arguments, form: FormData) {
  const { accountId } = signedIn(context);
  const { address } = state(context);
  const { code } = readForm(codeForm, form);
  const door = await passDoor(platform().db, 'second-factor', { address, account: accountId });
  const answered = await askAuth({ request, address }, '/two-factor/verify-totp', { code });
  if (!answered.ok) throw authRefusal(answered, 'code');
  await door.succeeded();
  // Only whoever has just switched it on sees the codes: their session was replaced.
  if (answered.cookies.length === 0) throw redirect('/account/two-factor', 303);
  const { backupCodes } = await auth().api.viewBackupCodes({ body: { userId: accountId } });
  return data({ uri: null, codes: backupCodes }, { headers: settingCookies(answered) });
}

async function renew(from: Arguments, form: FormData) {
  const answered = await askWithPassword(from, form, '/two-factor/generate-backup-codes');
  return { uri: null, codes: answered.body.backupCodes as string[] };
}

async function disable(from: Arguments, form: FormData) {
  const answered = await askWithPassword(from, form, '/two-factor/disable');
  const response = await done('/account', 'account:flash.twoFactorOff');
  settingCookies(answered, response.headers);
  return response;
}

async function askWithPassword({ request, context }: Arguments, form: FormData, path: string) {
  const { accountId } = signedIn(context);
  const { address } = state(context);
  const { password } = readForm(passwordForm, form);
  const door = await passDoor(platform().db, 'confirm', { address, account: accountId });
  const answered = await askAuth({ request, address }, path, { password });
  if (!answered.ok) throw authRefusal(answered, 'password');
  await door.succeeded();
  return answered;
}

export default function TwoFactorSettingsPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation(['account', 'common']);
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  const given = actionData && 'codes' in actionData ? actionData : undefined;
  const uri = given?.uri ?? refused?.values.uri;
  return (
    <DoorPage
      title={t('twoFactor.title')}
      lede={t('twoFactor.lede')}
      errors={formErrors(refused, { code: t('twoFactor.code'), password: t('field.password') })}
      aside={loaderData.due ? undefined : <a href="/account">{t('account.title')}</a>}
    >
      {loaderData.due && !given?.codes && (
        <Flash tone="risk" title={t('twoFactor.due')}>
          {t('twoFactor.dueWhy')}
        </Flash>
      )}
      {given?.codes ? (
        <BackupCodes codes={given.codes} />
      ) : uri?.startsWith('otpauth://totp/') ? (
        <Enrolling uri={uri} refused={refused} />
      ) : loaderData.twoFactor ? (
        <SwitchedOn refused={refused} />
      ) : (
        <SetUp refused={refused} />
      )}
    </DoorPage>
  );
}
