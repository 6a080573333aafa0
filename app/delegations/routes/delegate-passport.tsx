import { useTranslation } from 'react-i18next';
import { fileForForm, headOf } from '#app/delegations/arranged-queries.ts';
import { keepPassport } from '#app/delegations/keep-passport.ts';
import { passportData } from '#app/delegations/schemas.ts';
import { formErrors } from '#app/platform/form-errors.ts';
import { read } from '#app/platform/forms.ts';
import {
  answer,
  done,
  sentForm,
  shown,
  signedIn,
  state,
  typed,
  words,
} from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Card } from '#app/ui/card.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { Field } from '#app/ui/field.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { fieldProps } from '../field-props.ts';
import { FormHeader } from '../form-head.tsx';
import type { Route } from './+types/delegate-passport';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const where = { reference: params.ref, delegateId: params.id };
  const found = await shown(context, () => fileForForm(platform().db, actor, where, 'keep'));
  return {
    title: words(context)('delegations:passport.title'),
    of: headOf(found, state(context).locale),
    kept: found.one.file.papers !== null,
  };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const form = await sentForm(context, request);
  return answer(context, typed(form), async () => {
    const { db, vaults } = platform();
    const where = { reference: params.ref, delegateId: params.id };
    await fileForForm(db, actor, where, 'keep');
    const today = state(context).now.toISOString().slice(0, 10);
    await keepPassport(db, vaults, actor, { ...where, passport: read(passportData, form) }, today);
    return done(`/delegations/${params.ref}/people/${params.id}`, 'delegations:passport.kept');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** A passport that no list brought, or a new one. */
export default function DelegatePassport({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation(['delegations', 'common']);
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
      <ErrorSummary errors={formErrors(refused, labels)} />
      <Card>
        <PortalForm>
          <Field {...at('number')} width="medium" autoComplete="off" spellCheck={false} maxLength={40} />
          <Field {...at('issued')} type="date" />
          <Field {...at('validUntil')} type="date" />
          <Field {...at('birthDate')} type="date" optional />
          <Field {...at('birthPlace')} width="medium" autoComplete="off" spellCheck={false} optional />
          <FormActions>
            <SubmitButton>{t('common:button.save')}</SubmitButton>
            <a className="btn quiet" href={`/delegations/${of.reference}/people/${of.id}`}>
              {t('common:button.cancel')}
            </a>
          </FormActions>
        </PortalForm>
      </Card>
    </>
  );
}
