import { useTranslation } from 'react-i18next';
import { redirect } from 'react-router';
import { formErrors } from '#app/platform/form-errors.ts';
import { invalid } from '#app/platform/outcome.ts';
import { answer, done, sentForm, shown, signedIn, state, typed } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Card } from '#app/ui/card.tsx';
import { Chip } from '#app/ui/chip.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { Facts } from '#app/ui/facts.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { When } from '#app/ui/when.tsx';
import { accountOf } from '../account-of.ts';
import { PreferencesForm } from '../account-preferences-form.tsx';
import { ProfileForm } from '../account-profile-form.tsx';
import { SessionTable } from '../account-session-table.tsx';
import { changePreferences } from '../change-preferences.ts';
import { changeProfile } from '../change-profile.ts';
import { revokeSession } from '../revoke-session.ts';
import { preferencesForm, profileForm, readForm } from '../schemas-account.ts';
import type { Route } from './+types/account';

export async function loader({ context }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { sessionId } = state(context);
  return shown(context, () => accountOf(platform().db, actor, sessionId));
}

export async function action({ request, context }: Route.ActionArgs) {
  const actor = signedIn(context);
  const form = await sentForm(context, request);
  const { db } = platform();
  return answer(context, typed(form), async () => {
    switch (form.get('intent')) {
      case 'profile': {
        const { revision, ...names } = readForm(profileForm, form);
        await changeProfile(db, actor, names, revision);
        return done('/account', 'account:flash.profile');
      }
      case 'preferences': {
        const wanted = readForm(preferencesForm, form);
        await changePreferences(db, actor, wanted);
        // Through the switch, so that the language chosen here is also the one of this browser.
        return done(`/account?lng=${wanted.locale}`, 'account:flash.preferences');
      }
      case 'revoke': {
        await revokeSession(db, actor, { sessionId: String(form.get('session')) });
        return done('/account', 'account:flash.revoked');
      }
      case 'revoke-others': {
        const { sessionId } = state(context);
        if (!sessionId) throw redirect('/sign-in', 303);
        await revokeSession(db, actor, { allBut: sessionId });
        return done('/account', 'account:flash.revoked');
      }
      default:
        throw invalid('choice');
    }
  });
}

export default function AccountPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation(['account', 'common']);
  const account = loaderData;
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  const intent = refused?.values.intent;
  const labels = {
    givenName: t('field.givenName'),
    familyName: t('field.familyName'),
    givenNameRu: t('field.givenNameRu'),
    familyNameRu: t('field.familyNameRu'),
    patronymicRu: t('field.patronymicRu'),
    locale: t('field.language'),
    timeZone: t('field.timeZone'),
  };
  const organisation = account.organisation ?? account.institution?.[i18n.language === 'ru' ? 'ru' : 'en'];
  return (
    <>
      <title>{`${t('account.title')} · ${t('common:product')}`}</title>
      <PageHeader title={t('account.title')} lede={organisation} />
      <ErrorSummary errors={formErrors(refused, labels)} />
      <Card title={t('account.profile')} id="profile">
        <ProfileForm account={account} refused={intent === 'profile' ? refused : undefined} />
      </Card>
      <Card title={t('account.preferences')} id="preferences">
        <PreferencesForm account={account} refused={intent === 'preferences' ? refused : undefined} />
      </Card>
      <Card title={t('account.signIn')} id="door">
        <Facts
          facts={[
            { term: t('field.email'), value: account.email },
            {
              term: t('twoFactor.title'),
              value: account.twoFactor ? (
                <Chip tone="ok">{t('twoFactor.on')}</Chip>
              ) : (
                <Chip tone="idle">{t('twoFactor.off')}</Chip>
              ),
            },
          ]}
        />
        <p className="actions">
          <ButtonLink href="/account/two-factor" kind="quiet">
            {account.twoFactor ? t('twoFactor.manage') : t('twoFactor.setUp')}
          </ButtonLink>
          <ButtonLink href="/forgot-password" kind="quiet">
            {t('account.newPassword')}
          </ButtonLink>
        </p>
      </Card>
      <Card title={t('account.sessions')}>
        <SessionTable sessions={account.sessions} />
      </Card>
      <Card title={t('account.consent')} id="consent">
        {account.consents.length === 0 ? (
          <p>{t('consent.none')}</p>
        ) : (
          <ul>
            {account.consents.map((given) => (
              <li key={given.id}>
                {t('consent.given', { version: given.textVersion })} <When at={given.givenAt} year />
              </li>
            ))}
          </ul>
        )}
        <p className="note">
          {t('consent.withdraw')} <a href="/privacy">{t('consent.more')}</a>
        </p>
      </Card>
    </>
  );
}
