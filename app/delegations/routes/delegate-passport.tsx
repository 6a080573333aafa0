import { useTranslation } from 'react-i18next';
import { keepPassport } from '#app/delegations/keep-passport.ts';
import { passportData } from '#app/delegations/schemas.ts';
import { read } from '#app/platform/forms.ts';
import { done, state, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Field } from '#app/ui/field.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { fieldProps } from '../field-props.ts';
import { FormCard } from '../form-card.tsx';
import { FormHeader } from '../form-head.tsx';
import { showPersonForm, takePersonForm } from '../person-form.ts';
import { personPage } from '../person-page.ts';
import type { Route } from './+types/delegate-passport';

export async function loader({ context, params }: Route.LoaderArgs) {
  const { found, of } = await showPersonForm(context, params, 'keep');
  return {
    title: words(context)('delegations:passport.title'),
    of,
    kept: found.one.file.papers !== null,
  };
}

export async function action(args: Route.ActionArgs) {
  const { context } = args;
  return takePersonForm(args, 'keep', async ({ actor, form, where, page }) => {
    const { db, vaults } = platform();
    const today = state(context).now.toISOString().slice(0, 10);
    await keepPassport(db, vaults, actor, { ...where, passport: read(passportData, form) }, today);
    return done(page, 'delegations:passport.kept');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** A passport that no list brought, or a new one. */
export default function DelegatePassport({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation('delegations');
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  const { of, kept } = loaderData;
  const labels = {
    number: t('papers.column.passport'),
    issued: t('papers.column.issued'),
    validUntil: t('papers.column.expires'),
    birthDate: t('papers.column.birthDate'),
    birthPlace: t('papers.column.birthPlace'),
  };
  const at = fieldProps(labels, refused);
  return (
    <>
      <FormHeader
        of={of}
        title={t('passport.title')}
        lede={kept ? t('passport.ledeKept') : t('passport.lede')}
      />
      <FormCard refused={refused} labels={labels} back={personPage(of)}>
        <Field {...at('number')} width="medium" autoComplete="off" spellCheck={false} maxLength={40} />
        <Field {...at('issued')} type="date" />
        <Field {...at('validUntil')} type="date" />
        <Field {...at('birthDate')} type="date" optional />
        <Field {...at('birthPlace')} width="medium" autoComplete="off" spellCheck={false} optional />
      </FormCard>
    </>
  );
}
