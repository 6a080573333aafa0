import { useTranslation } from 'react-i18next';
import { permits } from '#app/people/access.ts';
import { fieldError } from '#app/platform/form-errors.ts';
import { forbidden } from '#app/platform/outcome.ts';
import {
  answer,
  done,
  type Refused,
  sentForm,
  shown,
  signedIn,
  state,
  typed,
  words,
} from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Field } from '#app/ui/field.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { TextArea } from '#app/ui/text-area.tsx';
import { DateOn } from '#app/ui/when.tsx';
import { DecisionPage } from '../decision-page.tsx';
import { confirmArrival } from '../placements/confirm-arrival.ts';
import { stayPage } from '../placements/placement-queries.ts';
import { placementRules } from '../placements/policy.ts';
import type { Route } from './+types/arrival';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  return shown(context, async () => {
    const page = await stayPage(platform().db, actor, params.ref, state(context).now);
    if (!permits(placementRules['placements.confirmArrival'], actor, page.record)) throw forbidden();
    return { page, title: words(context)('placements:arrival.title') };
  });
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const values = typed(await sentForm(context, request));
  return answer(context, values, async () => {
    await confirmArrival(
      platform().db,
      actor,
      {
        reference: params.ref,
        revision: values.revision ?? '',
        arrivedOn: values.arrivedOn ?? '',
        reason: values.reason,
      },
      state(context).now,
    );
    return done(`/exchanges/${params.ref}`, 'placements:flash.arrived');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title, loaderData?.page.record.reference),
];

/** The host's coordinator confirms on which day the participant arrived. */
export default function ArrivalPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation('placements');
  const { page, title } = loaderData;
  const { record } = page;
  const refused = actionData && 'values' in actionData ? (actionData as Refused) : undefined;
  const at = (name: string, initial = '') => {
    const error = fieldError(refused, name);
    return { name, value: refused?.values[name] ?? initial, ...(error ? { error } : {}) };
  };
  return (
    <DecisionPage
      reference={record.reference}
      title={title}
      name={page.participant}
      subject={page.title}
      who={t('arrival.who')}
      answer={refused}
      over={record.state !== 'preparing'}
    >
      <p className="note">
        {t('stay.planned')}: <DateOn on={record.startsOn} to={record.endsOn} />
      </p>
      <PortalForm hidden={{ revision: refused?.values.revision ?? record.revision }}>
        <Field
          {...at('arrivedOn')}
          type="date"
          label={t('arrival.date')}
          hint={t('arrival.dateHint')}
          max={page.today}
        />
        <TextArea
          {...at('reason')}
          label={t('arrival.reason')}
          hint={t('arrival.reasonHint')}
          rows={3}
          optional
        />
        <FormActions>
          <SubmitButton>{t('arrival.submit')}</SubmitButton>
          <ButtonLink href={`/exchanges/${record.reference}`} kind="quiet">
            {t('back')}
          </ButtonLink>
        </FormActions>
      </PortalForm>
    </DecisionPage>
  );
}
