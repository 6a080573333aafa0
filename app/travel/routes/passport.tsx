import { useTranslation } from 'react-i18next';
import { createContext, data } from 'react-router';
import { fieldError, formErrors } from '#app/platform/form-errors.ts';
import { forbidden, invalid } from '#app/platform/outcome.ts';
import {
  answer,
  done,
  freshlySignedIn,
  isFresh,
  refusalResponse,
  refused,
  sentForm,
  signedIn,
  state,
  typed,
  words,
} from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { keepPassport } from '#app/travel/keep-passport.ts';
import { Card } from '#app/ui/card.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { Field } from '#app/ui/field.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import type { Route } from './+types/passport';

/** Whether this request brought a filled form, which the question for the password must not throw away. */
const formSent = createContext(false);

// The password is asked before the form is shown; after that only in words, above what was typed.
export async function loader({ context }: Route.LoaderArgs) {
  const actor = context.get(formSent) ? signedIn(context) : freshlySignedIn(context);
  if (actor.side === null) throw refusalResponse(context, invalid('travel.noSide'));
  return { title: words(context)('travel:form.title') };
}

export async function action({ context, request }: Route.ActionArgs) {
  const actor = signedIn(context);
  context.set(formSent, true);
  const { db, vaults } = platform();
  const values = typed(await sentForm(context, request));
  if (!isFresh(context)) {
    return data({ ...refused(context, forbidden('confirmAgain'), values), confirm: true }, { status: 403 });
  }
  return answer(context, values, async () => {
    await keepPassport(db, vaults, actor, values, state(context).now);
    return done('/travel', 'travel:kept');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

export default function PassportForm({ actionData }: Route.ComponentProps) {
  const { t } = useTranslation(['travel', 'common']);
  const answered = actionData && 'refused' in actionData ? actionData : undefined;
  const labels = {
    number: t('passport.number'),
    nationality: t('passport.nationality'),
    issued: t('passport.issued'),
    validUntil: t('passport.validUntil'),
  };
  const field = (name: keyof typeof labels) => {
    const error = fieldError(answered, name);
    return {
      name,
      label: labels[name],
      value: answered?.values[name] ?? '',
      ...(error && { error }),
    };
  };
  return (
    <>
      <PageHeader
        title={t('form.title')}
        lede={t('form.lede')}
        crumbs={[{ label: t('title'), href: '/travel' }, { label: t('form.title') }]}
      />
      <ErrorSummary errors={formErrors(answered, labels)} />
      {answered && 'confirm' in answered && (
        <p className="actions">
          <a className="btn quiet" href="/account/confirm?next=/travel" target="_blank" rel="noopener">
            {t('form.confirm')}
          </a>
        </p>
      )}
      <Card>
        <PortalForm>
          <Field
            {...field('number')}
            hint={t('form.numberHint')}
            width="medium"
            autoComplete="off"
            spellCheck={false}
          />
          <Field {...field('nationality')} hint={t('form.nationalityHint')} width="medium" />
          <Field {...field('issued')} type="date" />
          <Field {...field('validUntil')} type="date" />
          <FormActions>
            <SubmitButton>{t('form.act')}</SubmitButton>
            <a className="btn quiet" href="/travel">
              {t('common:button.cancel')}
            </a>
          </FormActions>
        </PortalForm>
      </Card>
    </>
  );
}
