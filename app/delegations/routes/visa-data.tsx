import { useTranslation } from 'react-i18next';
import { fileForForm, headOf } from '#app/delegations/arranged-queries.ts';
import { keepVisaData } from '#app/delegations/keep-visa-data.ts';
import { visaData } from '#app/delegations/schemas.ts';
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
import { residencesKept } from '#app/travel/keep-residence.ts';
import { Card } from '#app/ui/card.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { Field } from '#app/ui/field.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { fieldProps } from '../field-props.ts';
import { FormHeader } from '../form-head.tsx';
import type { Route } from './+types/visa-data';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { db } = platform();
  const where = { reference: params.ref, delegateId: params.id };
  const found = await shown(context, () => fileForForm(db, actor, where, 'keep'));
  const { consulateCity, employerAddress, file } = found.one;
  return {
    title: words(context)('delegations:visaData.title'),
    of: headOf(found, state(context).locale),
    kept: (await residencesKept(db, [file.trip.id])).size > 0,
    stands: { consulateCity, employerAddress },
  };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const form = await sentForm(context, request);
  return answer(context, typed(form), async () => {
    const { db, vaults } = platform();
    const where = { reference: params.ref, delegateId: params.id };
    await fileForForm(db, actor, where, 'keep');
    await keepVisaData(db, vaults, actor, { ...where, ...read(visaData, form) });
    return done(`/delegations/${params.ref}/people/${params.id}`, 'delegations:visaData.kept');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** What hosts ask for in an invitation besides the passport. */
export default function VisaDataPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation(['delegations', 'common']);
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  const { of, kept } = loaderData;
  const labels = {
    residence: t('papers.column.residence'),
    consulateCity: t('papers.column.consulate'),
    employerAddress: t('papers.column.employerAddress'),
  };
  const at = fieldProps(labels, refused, loaderData.stands);
  return (
    <>
      <FormHeader of={of} title={t('visaData.title')} lede={t('visaData.lede')} />
      <ErrorSummary errors={formErrors(refused, labels)} />
      <Card>
        <PortalForm>
          <Field
            {...at('residence')}
            hint={kept ? t('visaData.residenceKept') : t('visaData.residenceHint')}
            autoComplete="off"
            maxLength={300}
            optional
          />
          <Field {...at('consulateCity')} hint={t('visaData.consulateHint')} width="medium" optional />
          <Field {...at('employerAddress')} hint={t('visaData.addressHint')} maxLength={300} optional />
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
