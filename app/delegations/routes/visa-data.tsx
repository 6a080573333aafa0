import { useTranslation } from 'react-i18next';
import { keepVisaData } from '#app/delegations/keep-visa-data.ts';
import { visaData } from '#app/delegations/schemas.ts';
import { read } from '#app/platform/forms.ts';
import { done, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { residencesKept } from '#app/travel/keep-residence.ts';
import { Field } from '#app/ui/field.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { fieldProps } from '../field-props.ts';
import { FormCard } from '../form-card.tsx';
import { FormHeader } from '../form-head.tsx';
import { showPersonForm, takePersonForm } from '../person-form.ts';
import { personPage } from '../person-page.ts';
import type { Route } from './+types/visa-data';

export async function loader({ context, params }: Route.LoaderArgs) {
  const { db } = platform();
  const { found, of } = await showPersonForm(context, params, 'keep');
  const { consulateCity, employerAddress, file } = found.one;
  return {
    title: words(context)('delegations:visaData.title'),
    of,
    kept: (await residencesKept(db, [file.trip.id])).size > 0,
    stands: { consulateCity, employerAddress },
  };
}

export async function action(args: Route.ActionArgs) {
  return takePersonForm(args, 'keep', async ({ actor, form, where, page }) => {
    const { db, vaults } = platform();
    await keepVisaData(db, vaults, actor, { ...where, ...read(visaData, form) });
    return done(page, 'delegations:visaData.kept');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** What hosts ask for in an invitation besides the passport. */
export default function VisaDataPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation('delegations');
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
      <FormCard refused={refused} labels={labels} back={personPage(of)}>
        <Field
          {...at('residence')}
          hint={kept ? t('visaData.residenceKept') : t('visaData.residenceHint')}
          autoComplete="off"
          maxLength={300}
          optional
        />
        <Field {...at('consulateCity')} hint={t('visaData.consulateHint')} width="medium" optional />
        <Field {...at('employerAddress')} hint={t('visaData.addressHint')} maxLength={300} optional />
      </FormCard>
    </>
  );
}
