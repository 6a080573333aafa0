import { useTranslation } from 'react-i18next';
import { redirect } from 'react-router';
import { fieldError, formErrors } from '#app/platform/form-errors.ts';
import { passDoor } from '#app/platform/limiter.server.ts';
import { answer, sentForm, state, typed } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Checkbox, Radios } from '#app/ui/choices.tsx';
import { Field } from '#app/ui/field.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { askAuth } from '../ask-auth.server.ts';
import { DoorPage } from '../door-page.tsx';
import { institutionChoices } from '../institution-choices.ts';
import { safeNext, withNext } from '../safe-next.ts';
import { sameTime } from '../same-time.ts';
import { readForm, signUpForm } from '../schemas-account.ts';
import { signUp } from '../sign-up.ts';
import type { Route } from './+types/sign-up';

export async function loader({ context }: Route.LoaderArgs) {
  const { url, actor, locale } = state(context);
  const next = safeNext(url.searchParams.get('next'));
  if (actor) throw redirect(next, 303);
  return { next, locale, institutions: await institutionChoices(platform().db, locale) };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await sentForm(context, request);
  const next = safeNext(form.get('next'));
  const { address, now } = state(context);
  const { db } = platform();
  return answer(context, typed(form), async () => {
    const input = readForm(signUpForm, form);
    await passDoor(db, 'sign-up', { address, account: input.email });
    const ask = (path: string, body: Record<string, unknown>) => askAuth({ request, address }, path, body);
    await sameTime(() => signUp(db, ask, input, next, now));
    throw redirect('/verify-email?sent=1', 303);
  });
}

export default function SignUpPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation(['account', 'common']);
  const values: Record<string, string | undefined> = actionData?.values ?? {};
  const next = values.next ?? loaderData.next;
  const labels = {
    givenName: t('field.givenName'),
    familyName: t('field.familyName'),
    givenNameRu: t('field.givenNameRu'),
    familyNameRu: t('field.familyNameRu'),
    patronymicRu: t('field.patronymicRu'),
    institution: t('field.institution'),
    organisation: t('field.organisation'),
    email: t('field.email'),
    password: t('field.password'),
    locale: t('field.language'),
    consent: t('account.consent'),
  };
  const text = (name: string) => ({ name, value: values[name], error: fieldError(actionData, name) });
  return (
    <DoorPage
      title={t('signUp.title')}
      lede={t('signUp.lede')}
      errors={formErrors(actionData, labels)}
      aside={
        <>
          <p>
            {t('signUp.known')} <a href={withNext('/sign-in', next)}>{t('signIn.submit')}</a>
          </p>
          <p className="note">{t('signUp.why')}</p>
        </>
      }
    >
      <PortalForm hidden={{ next }}>
        <Field
          {...text('givenName')}
          label={t('field.givenName')}
          hint={t('field.latinHint')}
          autoComplete="given-name"
        />
        <Field {...text('familyName')} label={t('field.familyName')} autoComplete="family-name" />
        <Field
          {...text('familyNameRu')}
          label={t('field.familyNameRu')}
          hint={t('field.cyrillicHint')}
          lang="ru"
          optional
        />
        <Field {...text('givenNameRu')} label={t('field.givenNameRu')} lang="ru" optional />
        <Field
          {...text('patronymicRu')}
          label={t('field.patronymicRu')}
          hint={t('field.patronymicHint')}
          lang="ru"
          optional
        />
        <Radios {...text('institution')} label={t('field.institution')} options={loaderData.institutions} />
        <Field
          {...text('organisation')}
          label={t('field.organisation')}
          hint={t('field.organisationHint')}
          optional
        />
        <Field
          {...text('email')}
          type="email"
          label={t('field.email')}
          hint={t('field.emailHint')}
          autoComplete="email"
          spellCheck={false}
        />
        <Field
          name="password"
          type="password"
          label={t('field.password')}
          hint={t('field.passwordHint')}
          error={fieldError(actionData, 'password')}
          autoComplete="new-password"
        />
        <Radios
          name="locale"
          label={t('field.language')}
          hint={t('field.languageHint')}
          options={[
            { value: 'en', label: t('common:languageName.en') },
            { value: 'ru', label: t('common:languageName.ru') },
          ]}
          value={values.locale ?? loaderData.locale}
          error={fieldError(actionData, 'locale')}
          inline
        />
        <Checkbox
          name="consent"
          label={t('consent.text')}
          hint={<a href="/privacy">{t('consent.more')}</a>}
          checked={values.consent === 'on'}
          error={fieldError(actionData, 'consent')}
        />
        <FormActions>
          <SubmitButton>{t('signUp.submit')}</SubmitButton>
        </FormActions>
      </PortalForm>
    </DoorPage>
  );
}
